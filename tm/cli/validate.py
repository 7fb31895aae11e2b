"""`tm validate`."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import BinaryIO, cast

import click

from tm.cli.base import command, option
from tm.cli.output import binary_input, note, print_json, print_text, write_result
from tm.cli.words import level_name
from tm.errors import ConfigError, InputError, StoreError
from tm.formats.tmx_packed import members
from tm.formats.tmx_repair import Repaired, repair
from tm.formats.tmx_rules.rule import Level
from tm.formats.tmx_validate import Fault, Report, unreadable
from tm.formats.tmx_validate import validate as validated
from tm.formats.tmx_validate_report import as_json, as_sarif
from tm.store.atomic import replacing
from tm.version import __version__

_FINDINGS, _UNREADABLE = 1, 3
_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.INFO: "cyan"}
_SHOWN = 10
_HELD = 16 << 20
_PIECE = 1 << 20


@command(
    epilog="""
    tm validate memory.tmx
    tm validate delivered/*.tmx --format sarif > findings.sarif
    tm validate broken.tmx --repair mended.tmx
    """
)
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="Form of the report.",
)
@option("--repair", "out", metavar="OUT", help="Write a mended TMX, and list what was changed.")
@option("--all", "everything", is_flag=True, help="Show every finding, not the first ten of each rule.")
def validate(files: tuple[str, ...], *, form: str, out: str | None, everything: bool) -> int:
    """Show every fault of a TMX: where, what, and how to mend it.

    FILE is TMX, also in gzip or zip. All faults are found in one run, even in a file that is no longer XML;
    `tm explain V107` explains a rule. Exit code 1: there are errors; 3: errors, and not one whole unit.

    --repair changes only what is certain, in the text of the file, so that a comparison shows little else.
    The encoding stays; a packed file is written unpacked. What is left is reported. The units of a file that
    was cut off are recovered.
    """
    if out is not None:
        _refuse(files, out, form)
        repaired = _repaired(files[0], out)
        reports, shown = [repaired.after], repaired
    else:
        reports, shown = [report for file in files for report in _reports(file)], None
    if form == "json":
        print_json(as_json(reports, repaired=shown))
    elif form == "sarif":
        print_json(as_sarif(reports, version=__version__))
    else:
        _show(reports, shown, say=note if out == "-" else print_text, most=0 if everything else _SHOWN)
    return _exit_code(reports)


def _reports(file: str) -> list[Report]:
    """The report of a file, or of every TMX in a zip; what cannot be opened has that as its only finding."""
    reports = []
    try:
        with binary_input(file) as stream:
            for member in _members(stream, file):
                name = f"{file}/{member}" if member else file
                reports.append(validated(stream, path=name, member=member))
                if member:
                    stream.seek(0)
    except InputError as error:
        reports.append(unreadable(file, error))
    return reports


def _members(stream: BinaryIO, file: str) -> tuple[str, ...]:
    """The names of the TMX in a zip of several, else one empty name; a pipe is taken as one."""
    return members(stream, path=file) if stream.seekable() else ("",)


def _exit_code(reports: Sequence[Report]) -> int:
    if not all(report.readable for report in reports):
        return _UNREADABLE
    return 0 if all(report.valid for report in reports) else _FINDINGS


# --- Mending ----------------------------------------------------------------------------------------


def _refuse(files: Sequence[str], out: str, form: str) -> None:
    if len(files) > 1:
        raise ConfigError(_("--repair mends one file at a time"), hint=_("Name one FILE."))
    if out == "-" and form != "text":
        raise ConfigError(
            _("the mended file and the report cannot both go to standard output"),
            hint=_("Name a file: --repair OUT.tmx"),
        )
    if out != "-" and files[0] != "-" and Path(out).resolve() == Path(files[0]).resolve():
        raise ConfigError(
            _("the mended file would overwrite the broken one"), path=out, hint=_("Name another file.")
        )


def _refuse_several(stream: BinaryIO, file: str) -> None:
    try:
        count = len(_members(stream, file))
    except InputError:
        stream.seek(0)
        return  # it becomes a finding
    if count > 1:
        raise ConfigError(
            _("--repair mends one file at a time"),
            path=file,
            hint=_("The zip holds {count} TMX: unpack it, and mend them one by one.").format(count=count),
        )


def _repaired(file: str, out: str) -> Repaired:
    with tempfile.SpooledTemporaryFile(max_size=_HELD) as held:
        target = cast("BinaryIO", held)
        with binary_input(file) as stream:
            _refuse_several(stream, file)
            repaired = repair(stream, target, path=file)
        held.seek(0)
        if repaired.written:
            _write(target, out)
        else:
            note(_("Nothing is written: there is no whole unit to recover."))
    return repaired


def _write(content: BinaryIO, out: str) -> None:
    if out == "-":
        write_result(out, content.read())
        return
    if not Path(out).parent.is_dir():
        raise StoreError(_("there is no folder “{folder}”").format(folder=Path(out).parent), path=out)
    with replacing(out) as target:
        while piece := content.read(_PIECE):
            target.write(piece)
    note(_("Written: {path}").format(path=out))


# --- Text -------------------------------------------------------------------------------------------


def _show(
    reports: Sequence[Report], repaired: Repaired | None, *, say: Callable[[str], None], most: int
) -> None:
    if repaired is not None:
        for line in _changes(repaired, most):
            say(line)
    for report in reports:
        for line in _lines(report, most):
            say(line)
        say(_summary(report))
    if any(report.faults for report in reports):
        rule = next(report.faults[0].rule for report in reports if report.faults)
        note(_("`tm explain {rule}` explains a rule.").format(rule=rule))


def _lines(report: Report, most: int) -> Iterator[str]:
    """One line a finding, a second one with the way to mend it where that is not said just before."""
    seen: Counter[str] = Counter()
    said: dict[str, str] = {}
    for fault in report.faults:
        seen[fault.rule] += 1
        if most and seen[fault.rule] > most:
            continue
        yield _line(report.file, fault)
        if said.get(fault.rule) != fault.fix:
            yield f"    → {fault.fix}"
        said[fault.rule] = fault.fix
    for rule, count in report.counts.items():
        more = count - min(seen[rule], most or seen[rule])
        if more > 0:
            name = next((fault.name for fault in report.faults if fault.rule == rule), "")
            yield _("… and {count} more of {rule} {name}").format(count=more, rule=rule, name=name).rstrip()


def _line(file: str, fault: Fault) -> str:
    level = click.style(f"{level_name(fault.level.value)} {fault.rule}", fg=_COLOURS[fault.level], bold=True)
    unit = _(" (unit {unit})").format(unit=fault.unit) if fault.unit else ""
    return f"{file}:{fault.line}:{fault.column}: {level} {fault.message}{unit}"


def _changes(repaired: Repaired, most: int) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for change in repaired.changes:
        seen[change.rule] += 1
        if not most or seen[change.rule] <= most:
            unit = _(" (unit {unit})").format(unit=change.unit) if change.unit else ""
            mark = click.style(_("mended {rule}").format(rule=change.rule), fg="green", bold=True)
            yield f"{repaired.after.file}:{change.line}:{change.column}: {mark} {change.change}{unit}"
    for rule, count in sorted(seen.items()):
        if most and count > most:
            yield _("… and {count} more changes for {rule}").format(count=count - most, rule=rule)
    yield ngettext("{n} change", "{n} changes", repaired.mended).format(n=repaired.mended)
    yield _("Still there:") if repaired.after.faults else _("Nothing is left to mend.")


def _summary(report: Report) -> str:
    units = ngettext("{n} unit", "{n} units", report.units).format(n=report.units)
    languages = ", ".join(f"{lang} {count}" for lang, count in report.languages.items())
    found = report.levels
    errors = ngettext("{n} error", "{n} errors", found.get(Level.ERROR, 0))
    warnings = ngettext("{n} warning", "{n} warnings", found.get(Level.WARNING, 0))
    remarks = ngettext("{n} remark", "{n} remarks", found.get(Level.INFO, 0))
    texts = zip((errors, warnings, remarks), Level, strict=True)
    counts = ", ".join(text.format(n=found.get(level, 0)) for text, level in texts)
    facts = f"{units} ({languages})" if languages else units
    return _("{file}: {facts}; {counts}").format(file=report.file, facts=facts, counts=counts)
