"""`tm explain`."""

from __future__ import annotations

import inspect
from gettext import gettext as _

import click

from tm.checks import RULES
from tm.checks.explain import explain as manual_page
from tm.checks.rule import Rule
from tm.cli.base import command
from tm.cli.output import print_text, table
from tm.cli.words import severity_name


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
    print_text(table(heads, [(r.id, r.name, severity_name(r.severity), _first_line(r)) for r in RULES]))


def _first_line(rule: Rule) -> str:
    return _(inspect.cleandoc(rule.manual)).split("\n", maxsplit=1)[0]
