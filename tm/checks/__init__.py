"""Checks of translations: one file per rule, run by one runner.

RULES is the explicit list of all rules, in the order of their ids.
"""

from __future__ import annotations

from tm.checks.c101_same_source import same_source
from tm.checks.n101_number_missing import number_missing
from tm.checks.n102_number_extra import number_extra
from tm.checks.n103_number_differs import number_differs
from tm.checks.n104_date import date_differs
from tm.checks.n105_unit import unit_differs
from tm.checks.n106_swapped import numbers_swapped
from tm.checks.n107_direction import direction_differs
from tm.checks.o101_untranslated import untranslated
from tm.checks.p101_unbalanced import unbalanced
from tm.checks.p102_full_width import full_width
from tm.checks.p103_mixed_quotes import mixed_quotes
from tm.checks.rule import Rule
from tm.checks.s101_han_left import han_left
from tm.checks.s102_doubled_word import doubled_word
from tm.checks.t101_term_missing import term_missing
from tm.checks.t102_term_forbidden import term_forbidden
from tm.checks.t103_term_deprecated import term_deprecated
from tm.checks.t104_one_form import one_form

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (
    same_source,
    number_missing,
    number_extra,
    number_differs,
    date_differs,
    unit_differs,
    numbers_swapped,
    direction_differs,
    untranslated,
    unbalanced,
    full_width,
    mixed_quotes,
    han_left,
    doubled_word,
    term_missing,
    term_forbidden,
    term_deprecated,
    one_form,
)
