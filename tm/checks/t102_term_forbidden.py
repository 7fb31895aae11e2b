"""T102: a rendering that the term base forbids."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from tm.checks.alone import wrong_alone
from tm.checks.renderings import renderings, severity_of
from tm.checks.replacement import replacement
from tm.checks.rule import Context, Problem, rule
from tm.model import Severity, TermStatus, Unit

__all__ = ["term_forbidden"]


@rule("T102", "term-forbidden", Severity.MAJOR, family="term", mqm="terminology", needs_source=False)
def term_forbidden(unit: Unit, context: Context) -> Iterator[Problem]:
    """A forbidden rendering stands for a Chinese term.

    What it finds: a rendering that the term base calls forbidden, inflected or not, where its Chinese
        stands in the source, outside approved renderings. Where the Chinese is rendered rightly as often as
        it stands, other words are taken to mean something else. In English alone only names and forms of
        several words count, unless the term base says `mono`.
    Why it matters: forbidden forms are wrong or were withdrawn; in titles of posts and of doctrines they
        are the errors that cost most.
    Example: 错位发展 as "dislocation development" instead of "differentiated development".
    How to fix: write the preferred rendering.
    When to allow: in a quotation of an older text; waive it with the reason.
    """
    if context.mono:
        yield from wrong_alone(unit, context, TermStatus.FORBIDDEN)
        return
    for rendering in renderings(unit, context):
        forbidden = [use for use in rendering.wrong if use.term.status is TermStatus.FORBIDDEN]
        for use in forbidden[:1]:
            yield Problem(
                "target",
                use.start,
                use.end,
                _("“{found}” is forbidden for “{term}”; write “{preferred}”").format(
                    found=unit.target.text[use.start : use.end],
                    term=rendering.hits[0].term.text,
                    preferred=rendering.preferred.text,
                ),
                term=rendering.hits[0].term.text,
                suggestion=rendering.preferred.text,
                fix=replacement(unit.target.text, use, rendering.concept),
                severity=severity_of(rendering.concept, use.term),
                key=rendering.concept.id,
            )
