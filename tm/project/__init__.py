"""A project folder: its settings and the whole jobs that need several rooms."""
