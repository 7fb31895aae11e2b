"""Leverage: a draft from matches, and the analysis of a document by match bands."""

from tm.drafting.analysis import analyse, merged
from tm.drafting.draft import draft_units, leverage
from tm.drafting.options import WEIGHTS, LeverageOptions

__all__ = ["WEIGHTS", "LeverageOptions", "analyse", "draft_units", "leverage", "merged"]
