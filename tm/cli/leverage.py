"""`tm leverage`."""

from __future__ import annotations

import io
import itertools
from collections.abc import Sequence
from gettext import gettext as _
from pathlib import Path

import click

from tm.checks.reports import failing
from tm.cli.bands import bands_table
from tm.cli.base import command, option
from tm.cli.findings import findings_text
from tm.cli.options import fail_on_option, source_options, warn_unknown, xliff_option
from tm.cli.output import binary_input, note, print_json, print_text, progress, write_result
from tm.cli.projects import project_option
from tm.drafting import draft_units
from tm.errors import ConfigError
from tm.formats.base import Format
from tm.formats.draft_json import leverage_json
from tm.formats.registry import format_for
from tm.model import DraftDocument, Finding, Severity
from tm.project.drafting import Sources, draft_text, read_segments
from tm.project.folder import Project

_FINDINGS = 1
_ENDINGS = ("xlf", "docx", "po", "tmx", "txt", "json")


@command(
    epilog="""
    tm leverage zh.txt -o draft.xlf
    tm leverage zh.txt -o draft.xlf --xliff 2.1
    tm leverage zh.txt -o draft.po --memory sichuan --threshold 80
    tm leverage a.txt b.txt -o drafts/
    tm leverage a.txt b.txt -o drafts/ --to docx
    cat zh.txt | tm leverage - --json
    """
)
@click.argument("sources", metavar="SOURCE…", nargs=-1, required=True)
@option("-o", "--output", metavar="OUT|DIR/", help="Draft to write; its ending is the format. DIR/ for many.")
@option("--to", type=click.Choice(_ENDINGS), help="Format of the drafts in DIR/ (default: xlf).")
@source_options
@option("--terms", multiple=True, metavar="CSV", help="Term base (default: the project's).")
@option("--threshold", type=click.FloatRange(1, 100), help="Lowest score of a match, in percent.")
@xliff_option
@option("--segmented", is_flag=True, help="One segment a line, blank line = paragraph.")
@option("--json", "as_json", is_flag=True, help="Print JSON.")
@fail_on_option(None)
@project_option
def leverage(  # noqa: PLR0913 - a command's options
    project: Project,
    *,
    sources: tuple[str, ...],
    output: str | None,
    to: str | None,
    chosen: Sources,
    xliff: str | None,
    segmented: bool,
    as_json: bool,
    fail_on: str | None,
) -> int:
    """Make an English draft of a new Chinese release.

    Every segment gets the best translation that was published before, with its score and origin; the term
    and number checks run on the draft. OUT ends in .xlf, .docx, .po, .tmx, .txt or .json; `-` is standard
    output (JSON). Without -o only the band table and the findings are printed.
    """
    targets = _targets(sources, output, to)
    forms = [_form(target, xliff) for target in targets]
    _refuse_own_sources(sources, targets)
    warn_unknown(project, chosen)
    _one_document(sources, as_json=as_json)
    found: list[Finding] = []
    for source, target, form in zip(sources, targets, forms, strict=True):
        document = _drafted(project, source, chosen, segmented=segmented)
        found += [finding for draft in document.drafts for finding in draft.findings]
        if target and form:
            _write(document, target, form)
        if as_json:
            print_json(leverage_json(document))
        elif target != "-":
            _show(document)
    return _FINDINGS if fail_on and failing(found, Severity(fail_on)) else 0


def _one_document(sources: Sequence[str], *, as_json: bool) -> None:
    if as_json and len(sources) > 1:
        raise ConfigError(
            _("--json prints one document, and there are several sources"),
            hint=_("Write a JSON file each: -o DIR/, or call the command for each source."),
        )


def _drafted(project: Project, source: str, chosen: Sources, *, segmented: bool) -> DraftDocument:
    with binary_input(source) as stream:
        content = stream.read()
    placed = read_segments(project, source, content, segmented=segmented)
    with progress(_("Matching"), len(placed)) as step:
        return draft_text(project, placed, chosen, progress=step)


def _targets(sources: Sequence[str], output: str | None, to: str | None) -> list[str | None]:
    """Where each draft goes; a folder gets one a source, in the format that is wanted."""
    if output and (output.endswith(("/", "\\")) or Path(output).is_dir()):
        names = _names([Path(source) for source in sources])
        return [str(Path(output) / f"{name}.{to or _ENDINGS[0]}") for name in names]
    if to:
        raise ConfigError(
            _("--to is for drafts that are written to a folder"),
            hint=_("Give a folder, -o DIR/, or the ending in the name: -o draft.{to}").format(to=to),
        )
    if output is None:
        return [None] * len(sources)
    if len(sources) > 1:
        raise ConfigError(
            _("several sources need a folder to write to"),
            hint=_("End the name with a slash: -o {name}/").format(name=output),
        )
    return [output]


def _names(sources: Sequence[Path]) -> list[str]:
    """A name without ending for each source's draft, all different: with as many folders as are needed."""
    for parts in range(1, max(len(source.parts) for source in sources) + 1):
        stems = ["-".join(source.with_suffix("").parts[-parts:]) for source in sources]
        if len(set(stems)) == len(stems):
            return stems
    raise ConfigError(_("the same source is named twice"), hint=_("Name every source once."))


def _refuse_own_sources(sources: Sequence[str], targets: Sequence[str | None]) -> None:
    """Raise an error where a draft would replace its source."""
    kept = {Path(source).resolve() for source in sources}
    for target in targets:
        if target not in (None, "-") and Path(str(target)).resolve() in kept:
            raise ConfigError(
                _("the draft would overwrite its source"), path=target, hint=_("Name another file.")
            )


def _form(target: str | None, xliff: str | None) -> Format | None:
    """The format of a draft; it is an error to choose a version of what is not written."""
    if target:
        return format_for("-.json" if target == "-" else target, "write_draft").in_version(xliff)
    if xliff:
        raise ConfigError(_("--xliff is for a draft that is written"), hint=_("Name it: -o draft.xlf"))
    return None


def _write(document: DraftDocument, target: str, form: Format) -> None:
    stream = io.BytesIO()
    form.draft_writer(document, stream)
    if target == "-":
        write_result(target, stream.getvalue())
        return
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    _keep_other(Path(target), stream.getvalue())
    write_result(target, stream.getvalue())
    note(_("Written: {path}").format(path=target))


def _keep_other(target: Path, content: bytes) -> None:
    """Keep a file that stands there and says something else: somebody may have worked in it."""
    if not target.is_file() or target.read_bytes() == content:
        return
    numbers = itertools.count(1)
    names = (target.with_name(f"{target.name}.{number}.bak") for number in numbers)
    kept = next(name for name in names if not name.exists())
    target.replace(kept)
    note(_("The file that was there is kept as {path}").format(path=kept))


def _show(document: DraftDocument) -> None:
    """Print the band table and the findings."""
    if document.analysis:
        print_text(bands_table(document.analysis))
    findings = [finding for draft in document.drafts for finding in draft.findings]
    if findings:
        print_text("")
        print_text(findings_text(findings, draft_units(document)))
