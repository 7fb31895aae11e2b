"""T103: a rendering that was right once."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from tm.checks.alone import wrong_alone
from tm.checks.renderings import renderings
from tm.checks.replacement import replacement
from tm.checks.rule import Context, Problem, rule
from tm.model import Severity, TermStatus, Unit

__all__ = ["term_deprecated"]


@rule("T103", "term-deprecated", Severity.MINOR, family="term", mqm="terminology", needs_source=False)
def term_deprecated(unit: Unit, context: Context) -> Iterator[Problem]:
    """A deprecated rendering stands for a Chinese term.

    What it finds: a rendering that the term base calls deprecated, where its Chinese stands in the source
        and is not rendered otherwise. A forbidden rendering of the same concept is reported first.
    Why it matters: releases of several years lie side by side; the older form makes a new text look old.
    Example: 新发展理念 as "new development concept" instead of "new development philosophy".
    How to fix: write the preferred rendering.
    When to allow: in texts that quote the name as it was then.
    """
    if context.mono:
        yield from wrong_alone(unit, context, TermStatus.DEPRECATED)
        return
    for rendering in renderings(unit, context):
        if any(use.term.status is TermStatus.FORBIDDEN for use in rendering.wrong):
            continue
        for use in rendering.wrong[:1]:
            yield Problem(
                "target",
                use.start,
                use.end,
                _("“{found}” is deprecated for “{term}”; write “{preferred}”").format(
                    found=unit.target.text[use.start : use.end],
                    term=rendering.hits[0].term.text,
                    preferred=rendering.preferred.text,
                ),
                term=rendering.hits[0].term.text,
                suggestion=rendering.preferred.text,
                fix=replacement(unit.target.text, use, rendering.concept),
                severity=rendering.concept.severity,
                key=rendering.concept.id,
            )
