"""Alignment: two documents to beads."""
