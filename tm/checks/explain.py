"""The manual pages of the rules."""

from __future__ import annotations

import inspect
from difflib import get_close_matches
from gettext import gettext as _

from tm.checks import RULES
from tm.checks.rule import Rule
from tm.errors import ConfigError

__all__ = ["explain", "find_rule"]


def find_rule(name: str) -> Rule:
    """The rule with this id or name; ConfigError with the nearest one when there is none."""
    for rule in RULES:
        if name.upper() == rule.id or name.lower() == rule.name:
            return rule
    names = [known for rule in RULES for known in (rule.id, rule.name)]
    near = get_close_matches(name, names, 1, cutoff=0.5)
    hint = (
        _("Did you mean “{near}”?").format(near=near[0])
        if near
        else _("Rules: {ids}").format(ids=", ".join(rule.id for rule in RULES))
    )
    raise ConfigError(_("no rule is called “{selector}”").format(selector=name), hint=hint)


def explain(rule_id: str) -> str:
    """The manual page of a rule: a heading line with id, name, family and severity, then its text."""
    rule = find_rule(rule_id)
    head = f"{rule.id} {rule.name} ({rule.family}, {rule.severity.value}; MQM {rule.mqm})"
    return f"{head}\n\n{_(inspect.cleandoc(rule.manual))}\n"
