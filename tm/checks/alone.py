"""Term problems in English whose Chinese is not at hand."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from tm.checks.renderings import Use, english, severity_of
from tm.checks.replacement import replacement
from tm.checks.rule import Context, Problem
from tm.model import TermStatus, Unit
from tm.terms.base import APPROVED

__all__ = ["wrong_alone"]


def wrong_alone(unit: Unit, context: Context, status: TermStatus) -> Iterator[Problem]:
    """The forms with this status in an English text alone, outside approved forms, once for each place."""
    for hit in context.once("wrong", unit.target.text, lambda _: context.terms.find_wrong(english(unit))):
        if hit.term.status is not status:
            continue
        good = hit.concept.renderings(*APPROVED)
        yield Problem(
            "target",
            hit.start,
            hit.end,
            _("“{found}” is {status}; write “{preferred}”").format(
                found=unit.target.text[hit.start : hit.end],
                status=_("forbidden") if status is TermStatus.FORBIDDEN else _("deprecated"),
                preferred=good[0].text if good else "",
            ),
            term=hit.term.text,
            suggestion=good[0].text if good else "",
            fix=None
            if hit.shared
            else replacement(unit.target.text, Use(hit.term, hit.start, hit.end), hit.concept),
            severity=severity_of(hit.concept, hit.term)
            if status is TermStatus.FORBIDDEN
            else hit.concept.severity,
        )
