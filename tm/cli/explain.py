"""`tm explain`."""

from __future__ import annotations

import inspect
from gettext import gettext as _

import click

from tm.checks import RULES
from tm.checks.explain import explain as manual_page
from tm.cli.base import command
from tm.cli.output import print_text, table
from tm.cli.words import level_name, severity_name
from tm.formats.tmx_rules import RULES as TMX_RULES


@command(epilog="tm explain\ntm explain T101\ntm explain term-missing")
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Show the manual page of a rule.

    RULE is an id or a name. Without it: the list of rules.
    """
    if rule is not None:
        print_text(manual_page(rule).rstrip())
        return
    heads = [_("rule"), _("name"), _("severity"), _("finds")]
    checks = [(r.id, r.name, severity_name(r.severity), _first_line(r.manual)) for r in RULES]
    faults = [(r.id, r.name, level_name(r.level.value), _first_line(r.manual)) for r in TMX_RULES]
    print_text(table(heads, [*checks, *faults]))


def _first_line(manual: str) -> str:
    return _(inspect.cleandoc(manual)).split("\n", maxsplit=1)[0]
