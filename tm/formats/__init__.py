"""File formats: one module each, all reading and writing the one data model."""
