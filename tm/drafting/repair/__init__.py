"""Repair: the matched English with the new source's numbers, dates, names and terms put in.

repair(source, matched, english, kinds) -> Repair
"""

from tm.drafting.repair.mending import Repair, repair
from tm.drafting.repair.numbers import Numbers
from tm.drafting.repair.places import Places
from tm.drafting.repair.slots import Kind
from tm.drafting.repair.terms import Terms

__all__ = ["Kind", "Numbers", "Places", "Repair", "Terms", "repair"]
