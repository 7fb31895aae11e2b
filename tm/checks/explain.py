"""The manual pages of the rules."""

from __future__ import annotations

import inspect
from difflib import get_close_matches
from gettext import gettext as _
from typing import Any

from tm.checks import RULES
from tm.checks.rule import Rule
from tm.errors import ConfigError
from tm.formats.tmx_rules import RULES as TMX_RULES
from tm.formats.tmx_rules.rule import Rule as TmxRule

__all__ = ["explain", "find_rule"]

_ALL: tuple[Rule | TmxRule[Any], ...] = (*RULES, *TMX_RULES)


def find_rule(name: str) -> Rule | TmxRule[Any]:
    """The rule with this id or name; ConfigError with the nearest one when there is none.

    Rules of translations, and those of the TMX validator (V).
    """
    for rule in _ALL:
        if name.upper() == rule.id or name.lower() == rule.name:
            return rule
    names = [known for rule in _ALL for known in (rule.id, rule.name)]
    near = get_close_matches(name, names, 1, cutoff=0.5)
    hint = (
        _("Did you mean “{near}”?").format(near=near[0])
        if near
        else _("Rules: {ids}").format(ids=", ".join(rule.id for rule in _ALL))
    )
    raise ConfigError(_("no rule is called “{selector}”").format(selector=name), hint=hint)


def explain(rule_id: str) -> str:
    """The manual page of a rule: a heading line with id, name, family and severity, then its text."""
    rule = find_rule(rule_id)
    facts = (
        f"structure, {rule.level.value}"
        if isinstance(rule, TmxRule)
        else f"{rule.family}, {rule.severity.value}; MQM {rule.mqm}"
    )
    head = f"{rule.id} {rule.name} ({facts})"
    return f"{head}\n\n{_(inspect.cleandoc(rule.manual))}\n"
