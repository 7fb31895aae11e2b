"""Runs rules over the units of a document: what is found, in order, once for each concept and segment."""

from __future__ import annotations

import datetime
import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from gettext import gettext as _

from tm.checks import RULES
from tm.checks.rule import Context, Problem, Rule
from tm.checks.untranslated import is_untranslated
from tm.checks.waivers import apply_waivers
from tm.errors import ConfigError
from tm.model import Finding, Unit, Waiver
from tm.terms.base import TermBase

__all__ = ["check", "choose", "fingerprint", "run"]


def check(  # noqa: PLR0913 - all but the first two are options
    units: Iterable[Unit],
    terms: TermBase | None = None,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    waivers: Iterable[Waiver] = (),
    date: datetime.date | None = None,
    mono: bool = False,
) -> list[Finding]:
    """The findings in these units, taken as one document in order; every rule is on unless told otherwise.

    `select` and `ignore` name rules by id, name, family or letter. `date` is the release's: terms that are
    not valid on it, and waivers that have expired by it, do not count. With `mono` only the targets are
    looked at. Waived findings stay, marked with their waiver.
    """
    known = (terms or TermBase()).valid_on(date)
    rules = choose(RULES, select=select, ignore=ignore, mono=mono)
    found = run(rules, tuple(units), Context(terms=known, date=date, mono=mono))
    return apply_waivers(found, waivers, date=date)


def run(rules: Sequence[Rule], units: Sequence[Unit], context: Context) -> list[Finding]:
    """The findings of these rules, by unit, then place, then rule; one per rule, key and unit."""
    order = {id(unit): number for number, unit in enumerate(units)}
    found: dict[tuple[int, str, str], tuple[Unit, Rule, Problem]] = {}
    for rule, unit, problem in _problems(rules, units, context):
        key = problem.key or f"{problem.term}\0{problem.side}\0{problem.start}\0{problem.end}"
        found.setdefault((order[id(unit)], rule.id, key), (unit, rule, problem))
    context.forget()
    findings = [(at, _finding(*parts)) for (at, _rule, _key), parts in found.items()]
    return [finding for _at, finding in sorted(findings, key=lambda pair: (pair[0], *_place(pair[1])))]


def choose(
    rules: Sequence[Rule], *, select: Iterable[str] = (), ignore: Iterable[str] = (), mono: bool = False
) -> tuple[Rule, ...]:
    """The rules that ids, names, families or letters select, without those they ignore.

    ConfigError for a selector that names no rule.
    """
    chosen, left_out = tuple(select), tuple(ignore)
    for selector in (*chosen, *left_out):
        if not any(_named(rule, selector) for rule in rules):
            raise ConfigError(
                _("no rule is called “{selector}”").format(selector=selector),
                hint=_("Rules: {ids}").format(ids=", ".join(rule.id for rule in rules)),
            )
    return tuple(
        rule
        for rule in rules
        if (not chosen or any(_named(rule, selector) for selector in chosen))
        and not any(_named(rule, selector) for selector in left_out)
        and not (mono and rule.needs_source)
    )


def fingerprint(rule_id: str, unit: Unit, term: str) -> str:
    """A digest of what a finding is about: rule, both texts (white space and width folded), and term.

    It stays the same when the unit moves to another line or file.
    """
    parts = (rule_id, unit.source.text, unit.target.text, term)
    folded = "\0".join(" ".join(unicodedata.normalize("NFKC", part).split()) for part in parts)
    return hashlib.sha256(folded.encode()).hexdigest()[:16]


def _problems(
    rules: Sequence[Rule], units: Sequence[Unit], context: Context
) -> Iterator[tuple[Rule, Unit, Problem]]:
    whole = [unit for unit in units if not is_untranslated(unit)] if not context.mono else list(units)
    whole = [unit for unit in whole if unit.target.text.strip()]
    for rule in rules:
        fit = units if rule.family == "omission" else whole
        for unit in fit if rule.scope == "unit" else ():
            for problem in rule.on_unit(unit, context):
                yield rule, unit, problem
        for unit, problem in rule.on_document(fit, context):
            yield rule, unit, problem


def _finding(unit: Unit, rule: Rule, problem: Problem) -> Finding:
    return Finding(
        rule=rule.id,
        name=rule.name,
        family=rule.family,
        mqm=rule.mqm,
        severity=problem.severity or rule.severity,
        unit_id=unit.id,
        side=problem.side,
        start=problem.start,
        end=problem.end,
        message=problem.message,
        term=problem.term,
        suggestion=problem.suggestion,
        fix=problem.fix,
        fingerprint=fingerprint(rule.id, unit, problem.term),
    )


def _place(finding: Finding) -> tuple[str, int, int, str, str]:
    return finding.side, finding.start, finding.end, finding.rule, finding.term


def _named(rule: Rule, selector: str) -> bool:
    return selector in {rule.id, rule.name, rule.family, rule.id[:1]}
