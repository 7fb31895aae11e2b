"""Exact, context and fuzzy matching of segments against memories."""
