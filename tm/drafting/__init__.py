"""Leverage: a draft from matches, and the analysis of a document by match bands."""

from tm.drafting.analysis import Scored, analyse, analysed_together, match_scores, merged
from tm.drafting.draft import Leveraged, draft_units, leverage, leveraged, propagated
from tm.drafting.options import WEIGHTS, LeverageOptions

__all__ = [
    "WEIGHTS",
    "LeverageOptions",
    "Leveraged",
    "Scored",
    "analyse",
    "analysed_together",
    "draft_units",
    "leverage",
    "leveraged",
    "match_scores",
    "merged",
    "propagated",
]
