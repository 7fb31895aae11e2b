"""`tm analyse`."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from gettext import gettext as _
from pathlib import Path, PurePath

import click

from tm.cli.bands import bands_table, files_table
from tm.cli.base import command, option
from tm.cli.language import speak, spoken
from tm.cli.options import jobs_option, json_option, source_options, warn_unknown
from tm.cli.output import binary_input, note, print_text, progress, write_result
from tm.cli.projects import project_option
from tm.drafting import merged
from tm.errors import ConfigError
from tm.formats.analysis_csv import analysis_csv
from tm.formats.draft_json import analysis_json
from tm.model import Analysis
from tm.project.drafting import Sources, read_segments
from tm.project.folder import Project
from tm.project.many import Work, analyses_of

Files = Sequence[tuple[str, Analysis]]


@command(
    epilog="""
    tm analyse zh.txt
    tm analyse *.txt --json
    tm analyse *.txt -o analysis.html
    """
)
@click.argument("sources", metavar="SOURCE…", nargs=-1, required=True)
@option("-o", "--output", metavar="OUT", help="File to write; its ending is the format.")
@option("--format", "form", type=click.Choice(("text", "json", "csv", "html")), help="Form of the report.")
@source_options
@option("--segmented", is_flag=True, help="One segment a line, blank line = paragraph.")
@jobs_option
@json_option
@project_option
def analyse(  # noqa: PLR0913 - a command's options
    project: Project,
    *,
    sources: Sequence[str],
    output: str | None,
    form: str | None,
    chosen: Sources,
    segmented: bool,
    jobs: int,
    as_json: bool,
) -> None:
    """Count what the memories know of a text, by match bands.

    Several SOURCE are counted as one text in the order given: what stood in an earlier one counts as a
    repetition in a later one, and the parts add up to the total. Characters are counted as a word processor
    does; see `tm help bands`.
    """
    _refuse_own_sources(sources, output)
    report = _REPORTS[_form(output, form, as_json=as_json)]
    warn_unknown(project, chosen)
    texts = []
    for source in sources:
        with binary_input(source) as stream:
            texts.append(read_segments(project, source, stream.read(), segmented=segmented))
    work = Work(project=project, sources=chosen, jobs=jobs, setup=partial(speak, spoken()))
    with progress(_("Matching"), sum(map(len, texts))) as step:
        analyses = analyses_of(work, texts, progress=step)
    content = report(list(zip(sources, analyses, strict=True)), merged(analyses))
    _deliver(content, output)


def _form(output: str | None, form: str | None, *, as_json: bool) -> str:
    """The form that was asked for, else the one that the file's ending says."""
    ending = PurePath(output or "").suffix.lower().lstrip(".")
    asked = {"json"} if as_json else set()
    asked |= {form} if form else set()
    if len(asked) > 1:
        raise ConfigError(_("--json and another --format are asked for"), hint=_("Choose one of them."))
    found = next(iter(asked), {"txt": "text", "htm": "html"}.get(ending, ending) or "text")
    if found not in _REPORTS:
        raise ConfigError(
            _("no form of the report has this ending"),
            path=output,
            hint=_("Endings that can: {endings}").format(endings=".csv .html .json .txt"),
        )
    return found


def _refuse_own_sources(sources: Sequence[str], output: str | None) -> None:
    """Raise an error where the report would replace a source."""
    if output and output != "-" and Path(output).resolve() in {Path(source).resolve() for source in sources}:
        raise ConfigError(
            _("the report would overwrite its source"), path=output, hint=_("Name another file.")
        )


def _deliver(content: str | bytes, output: str | None) -> None:
    if output in (None, "-"):
        print_text(content) if isinstance(content, str) else write_result("-", content)
        return
    write_result(
        str(output), content if isinstance(content, bytes) else f"{content}\n".encode(errors="replace")
    )
    note(_("Written: {path}").format(path=output))


def _text(files: Files, total: Analysis) -> str:
    counted = _("{files} files, {segments} segments").format(files=len(files), segments=total.total.segments)
    tables = [files_table(files) + "\n"] if len(files) > 1 else []
    return "\n".join([counted, *tables, bands_table(total)])


def _json(files: Files, total: Analysis) -> bytes:
    return (
        json.dumps(analysis_json(total, files), ensure_ascii=False, indent=1).encode(errors="replace") + b"\n"
    )


def _html(files: Files, total: Analysis) -> bytes:
    from tm.formats.html_analysis import analysis_page  # noqa: PLC0415 - its templates are slow to import

    return analysis_page(files, total)


_REPORTS: dict[str, Callable[[Files, Analysis], str | bytes]] = {
    "text": _text,
    "json": _json,
    "csv": analysis_csv,
    "html": _html,
}
