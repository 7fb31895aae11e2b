"""C101: one Chinese segment translated in two ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from gettext import gettext as _

from tm.checks.renderings import renderings
from tm.checks.rule import Context, Problem, rule
from tm.checks.values import compared
from tm.model import Severity, Unit
from tm.text.folding import fold_chinese

__all__ = ["same_source"]

_LOOSE = re.compile(r"[\W_]+")


@rule("C101", "same-source", Severity.MINOR, family="consistency", mqm="inconsistency", scope="document")
def same_source(
    units: Sequence[Unit],
    context: Context,
) -> Iterator[tuple[Unit, Problem]]:
    """The same Chinese segment is translated differently within one document.

    What it finds: segments whose Chinese is the same and whose English differs in more than capitals,
        punctuation and white space. The model is the form whose numbers and terms are right, of these the one
        used most often, else first; it is suggested only where it is used most or alone is right.
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
        if source and len({_loose(unit.target.text) for unit in group}) > 1:
            yield from _others(group, context)


def _others(group: Sequence[Unit], context: Context) -> Iterator[tuple[Unit, Problem]]:
    """The units whose English is not the model's; the model is suggested only where it is surely better."""
    counts = Counter(_loose(unit.target.text) for unit in group)
    sound = {id(unit): _sound(unit, context) for unit in group}
    model = max(group, key=lambda unit: (sound[id(unit)], counts[_loose(unit.target.text)]))
    form = _loose(model.target.text)
    for unit in group:
        if _loose(unit.target.text) != form:
            usual = all(counts[form] > count for other, count in counts.items() if other != form)
            better = sound[id(model)] and (usual or not sound[id(unit)])
            yield unit, _problem(unit, model, suggestion=model.target.text if better else "")


def _sound(unit: Unit, context: Context) -> bool:
    """Whether the values and terms of a unit are right."""
    terms = renderings(unit, context)
    rendered = all(one.approved and not one.wrong for one in terms)
    return rendered and compared(unit, context).clean


def _problem(unit: Unit, model: Unit, *, suggestion: str) -> Problem:
    return Problem(
        "target",
        0,
        len(unit.target.text),
        _("translated otherwise in unit {id}: “{text}”").format(id=model.id, text=model.target.text),
        term=unit.source.text,
        suggestion=suggestion,
    )


def _loose(text: str) -> str:
    return _LOOSE.sub(" ", text).strip().lower()
