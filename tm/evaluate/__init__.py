"""Scores with signatures: drafts, alignments, and the floors they must hold."""
