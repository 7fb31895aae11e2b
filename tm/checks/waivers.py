"""Waivers: findings that somebody accepted, with a reason, by content and not by line.

A waiver file is TOML (`[[waiver]]` tables) or CSV with the columns rule, fingerprint, reason, who, until.
A baseline is the set of fingerprints of an earlier run: only what is new counts.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path

from tm.errors import ConfigError
from tm.model import Finding, Waiver
from tm.text.decode import decode
from tm.text.toml import toml_table

__all__ = ["apply_waivers", "baseline", "expired", "new_since", "read_waivers", "stale", "write_waivers"]

_FIELDS = ("rule", "fingerprint", "reason", "who", "until")


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """The waivers of a TOML or CSV file; ConfigError with the line for one that is incomplete."""
    text = decode(path.read_bytes(), path=path).text
    tables = _toml(text, path) if path.suffix.lower() == ".toml" else _csv(text, path)
    return tuple(_waiver(table, path, line) for line, table in tables)


def write_waivers(waivers: Iterable[Waiver]) -> str:
    """The waivers as CSV text, sorted, with a header."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_FIELDS)
    for waiver in sorted(waivers, key=lambda w: (w.rule, w.fingerprint)):
        until = waiver.until.isoformat() if waiver.until else ""
        writer.writerow([waiver.rule, waiver.fingerprint, waiver.reason, waiver.who, until])
    return out.getvalue()


def apply_waivers(
    findings: Iterable[Finding], waivers: Iterable[Waiver], *, date: datetime.date | None = None
) -> list[Finding]:
    """The findings in order, marked with the waivers that cover them; expired waivers cover nothing."""
    known = {(waiver.rule, waiver.fingerprint): waiver for waiver in waivers if not _over(waiver, date)}
    if not known:
        return list(findings)
    return [replace(finding, waived=known.get((finding.rule, finding.fingerprint))) for finding in findings]


def expired(waivers: Iterable[Waiver], date: datetime.date) -> tuple[Waiver, ...]:
    """The waivers that no longer hold on a date."""
    return tuple(waiver for waiver in waivers if _over(waiver, date))


def stale(waivers: Iterable[Waiver], findings: Iterable[Finding]) -> tuple[Waiver, ...]:
    """The waivers that no finding needs any more: the text or the term base has changed."""
    needed = {(finding.rule, finding.fingerprint) for finding in findings}
    return tuple(waiver for waiver in waivers if (waiver.rule, waiver.fingerprint) not in needed)


def baseline(findings: Iterable[Finding]) -> frozenset[str]:
    """The fingerprints of findings, for `new_since`."""
    return frozenset(finding.fingerprint for finding in findings)


def new_since(findings: Iterable[Finding], known: frozenset[str]) -> list[Finding]:
    """The findings that an earlier run did not have."""
    return [finding for finding in findings if finding.fingerprint not in known]


def _over(waiver: Waiver, date: datetime.date | None) -> bool:
    return date is not None and waiver.until is not None and waiver.until < date


def _toml(text: str, path: Path) -> Iterator[tuple[int | None, Mapping[str, object]]]:
    try:
        tables = toml_table(text)
    except ValueError as error:
        raise ConfigError(_("not TOML: {reason}").format(reason=error), path=path) from error
    unknown = sorted(set(tables) - {"waiver"})
    found = tables.get("waiver", [])
    if unknown or not isinstance(found, list):
        raise ConfigError(
            _("unknown keys: {names}").format(names=", ".join(unknown or ["waiver"])),
            path=path,
            hint=_("A waiver file holds [[waiver]] tables and nothing else."),
        )
    return ((None, table) for table in found)


def _csv(text: str, path: Path) -> Iterator[tuple[int | None, Mapping[str, object]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        for cells in reader:
            if None in cells:
                raise ConfigError(_("more cells than columns"), path=path, line=reader.line_num)
            yield reader.line_num, {name: cell or "" for name, cell in cells.items()}
    except csv.Error as error:
        raise ConfigError(str(error), path=path, line=reader.line_num) from error


def _waiver(table: Mapping[str, object], path: Path, line: int | None) -> Waiver:
    unknown = sorted(set(table) - set(_FIELDS))
    if unknown:
        raise ConfigError(
            _("unknown fields of a waiver: {names}").format(names=", ".join(unknown)),
            path=path,
            line=line,
            hint=_("Known: {names}").format(names=", ".join(_FIELDS)),
        )
    missing = [name for name in _FIELDS[:4] if not str(table.get(name, "")).strip()]
    if missing:
        raise ConfigError(
            _("a waiver without: {names}").format(names=", ".join(missing)),
            path=path,
            line=line,
            hint=_("Say which rule and finding, why, and who decided."),
        )
    rule, fingerprint, reason, who = (str(table[name]).strip() for name in _FIELDS[:4])
    until = _date(table.get("until", ""), path, line)
    return Waiver(rule=rule, fingerprint=fingerprint, reason=reason, who=who, until=until)


def _date(cell: object, path: Path, line: int | None) -> datetime.date | None:
    if isinstance(cell, datetime.date):
        return cell
    try:
        return datetime.date.fromisoformat(str(cell)) if cell else None
    except ValueError:
        raise ConfigError(
            _("“{cell}” is no date").format(cell=cell),
            path=path,
            line=line,
            hint=_("Write dates as year-month-day, such as 2021-06-10."),
        ) from None
