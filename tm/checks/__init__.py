"""Checks of translations: one file per rule, run by one runner."""
