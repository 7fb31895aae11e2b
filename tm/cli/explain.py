"""`tm explain`."""

from __future__ import annotations

import difflib
import inspect
from gettext import gettext as _

import click

from tm.checks import RULES
from tm.checks.rule import Rule
from tm.cli.base import command
from tm.cli.output import print_text, table
from tm.errors import ConfigError


@command(epilog="tm explain\ntm explain T101\ntm explain term-missing")
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Show the manual page of a rule.

    RULE is an id or a name. Without it: the list of rules.
    """
    if rule is None:
        heads = [_("rule"), _("name"), _("severity"), _("finds")]
        print_text(table(heads, [(r.id, r.name, r.severity.value, _first_line(r)) for r in RULES]))
        return
    found = _rule(rule)
    print_text(f"{found.id} {found.name} ({found.severity.value}, {found.family}; MQM: {found.mqm})\n")
    print_text(_(inspect.cleandoc(found.manual)))


def _rule(name: str) -> Rule:
    names = {one.id.casefold(): one for one in RULES} | {one.name: one for one in RULES}
    if name.casefold() not in names:
        near = difflib.get_close_matches(name.casefold(), names, n=1)
        raise ConfigError(
            _("there is no rule “{name}”").format(name=name),
            hint=_("Did you mean “{near}”?").format(near=names[near[0]].id)
            if near
            else _("`tm explain` lists the rules."),
        )
    return names[name.casefold()]


def _first_line(rule: Rule) -> str:
    return _(inspect.cleandoc(rule.manual)).split("\n", maxsplit=1)[0]
