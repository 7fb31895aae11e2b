"""C101: one Chinese segment translated in two ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from gettext import gettext as _

from tm.checks.rule import Context, Problem, rule
from tm.model import Severity, Unit
from tm.text.folding import fold_chinese

__all__ = ["same_source"]

_LOOSE = re.compile(r"[\W_]+")


@rule("C101", "same-source", Severity.MINOR, family="consistency", mqm="inconsistency", scope="document")
def same_source(
    units: Sequence[Unit],
    context: Context,  # noqa: ARG001 - every rule takes both
) -> Iterator[tuple[Unit, Problem]]:
    """The same Chinese segment is translated differently within one document.

    What it finds: segments whose Chinese is the same and whose English differs in more than capitals,
        punctuation and white space. The form used most often, else first, counts as the model.
    Why it matters: lists, headings and formulas must read alike, or readers look for a difference.
    Example: 四大片区协同发展 as "coordinated development of the four major areas" and "joint growth of the
        four areas".
    How to fix: use one translation in both places.
    When to allow: where the same words mean different things in their contexts, such as short answers.
    """
    groups: dict[str, list[Unit]] = {}
    for unit in units:
        groups.setdefault(fold_chinese(unit.source.text).text.strip(), []).append(unit)
    for source, group in groups.items():
        counts = Counter(_loose(unit.target.text) for unit in group)
        if not source or len(counts) < 2:
            continue
        model = next(unit for unit in group if counts[_loose(unit.target.text)] == max(counts.values()))
        for unit in group:
            if _loose(unit.target.text) != _loose(model.target.text):
                yield unit, _problem(unit, model)


def _problem(unit: Unit, model: Unit) -> Problem:
    return Problem(
        "target",
        0,
        len(unit.target.text),
        _("translated otherwise in unit {id}: “{text}”").format(id=model.id, text=model.target.text),
        term=unit.source.text,
        suggestion=model.target.text,
    )


def _loose(text: str) -> str:
    return _LOOSE.sub(" ", text).strip().lower()
