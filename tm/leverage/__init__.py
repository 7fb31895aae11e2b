"""Leverage: a draft from matches, and the analysis of a document by match bands."""
