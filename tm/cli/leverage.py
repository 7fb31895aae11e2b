"""`tm leverage`."""

from __future__ import annotations

import io
import itertools
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from gettext import gettext as _
from pathlib import Path
from typing import NamedTuple

import click

from tm.checks.reports import failing
from tm.cli.bands import bands_table, files_table
from tm.cli.base import command, option
from tm.cli.findings import findings_text
from tm.cli.language import speak, spoken
from tm.cli.options import (
    fail_on_option,
    jobs_option,
    refuse_version,
    source_options,
    warn_unknown,
    xliff_option,
)
from tm.cli.output import binary_input, note, print_json, print_text, progress, warn, write_result
from tm.cli.projects import project_option
from tm.drafting import Scored, draft_units, merged
from tm.errors import ConfigError, InputError, TMError
from tm.formats.base import Format
from tm.formats.draft_json import leverage_json
from tm.formats.registry import format_for
from tm.model import DraftDocument, Finding, Severity
from tm.project.drafting import Sources, read_segments
from tm.project.folder import Project
from tm.project.many import Work, drafts_of, together
from tm.segment import PlacedSegment

_FINDINGS = 1
_ENDINGS = ("xlf", "docx", "html", "po", "tmx", "txt", "json")


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
@jobs_option
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
    jobs: int,
    fail_on: str | None,
) -> int:
    """Make an English draft of a new Chinese release.

    Every segment gets the best translation that was published before, with its score and origin; the term
    and number checks run on the draft. OUT ends in .xlf, .docx, .html, .po, .tmx, .txt or .json; `-` is
    standard output (JSON). Without -o only the band table and the findings are printed.

    Several SOURCE are worked on by all cores. What repeats between them gets the translation it has in the
    first of them, in the order given. A source that cannot be read is named, and the others are written.
    """
    targets = _targets(sources, output, to)
    forms = [_form(target, xliff) for target in targets]
    _refuse_own_sources(sources, targets)
    _make_folders(targets)
    warn_unknown(project, chosen)
    _one_document(sources, as_json=as_json)
    work = Work(project=project, sources=chosen, jobs=jobs, setup=partial(speak, spoken()))
    texts, failed = _texts(project, sources, segmented=segmented)
    read = [Asked(sources[place], targets[place], forms[place], as_json) for place in texts]
    found = _written(work, read, list(texts.values()))
    _fail(failed, len(sources))
    return _FINDINGS if fail_on and failing(found, Severity(fail_on)) else 0


class Asked(NamedTuple):
    """What is to be done with one source: where its draft goes, and in what format."""

    source: str
    target: str | None
    form: Format | None
    as_json: bool


def _one_document(sources: Sequence[str], *, as_json: bool) -> None:
    if as_json and len(sources) > 1:
        raise ConfigError(
            _("--json prints one document, and there are several sources"),
            hint=_("Write a JSON file each: -o DIR/, or call the command for each source."),
        )


def _texts(
    project: Project, sources: Sequence[str], *, segmented: bool
) -> tuple[dict[int, list[PlacedSegment]], list[TMError]]:
    """The segments of the sources by position, and what is wrong with those that cannot be read."""
    texts: dict[int, list[PlacedSegment]] = {}
    failed: list[TMError] = []
    for place, source in enumerate(sources):
        try:
            with binary_input(source) as stream:
                texts[place] = read_segments(project, source, stream.read(), segmented=segmented)
        except InputError as error:
            if len(sources) == 1:
                raise
            failed.append(error)
            warn(_("{error}\nThere is no draft of this source.").format(error=error))
    return texts, failed


def _fail(failed: Sequence[TMError], count: int) -> None:
    """Raise an error when there is a source without a draft; which, was said."""
    if failed:
        raise InputError(
            _("{failed} of {count} sources could not be read").format(failed=len(failed), count=count),
            hint=_("The drafts of the others are made. Mend these and call the command for them."),
        )


def _written(work: Work, asked: Sequence[Asked], texts: Sequence[list[PlacedSegment]]) -> list[Finding]:
    """The findings in the drafts, each of which is written as soon as it is made; then all are shown."""
    scored: list[Scored] = []
    found: list[Finding] = []
    later: list[Callable[[], None]] = []  # what is said would run into the progress bar
    try:
        with (
            progress(_("Matching"), sum(map(len, texts))) as step,
            closing(drafts_of(work, texts, progress=step)) as drafts,
        ):
            for one, made in zip(asked, drafts, strict=True):
                later += _deliver(made.document, one, alone=len(asked) == 1)
                found += [finding for draft in made.document.drafts for finding in draft.findings]
                scored.append(made.scored)
    finally:
        for say in later:
            say()
    if len(asked) > 1:
        analyses = together(work, scored)
        print_text(files_table(zip([one.source for one in asked], analyses, strict=True)))
        print_text("\n" + bands_table(merged(analyses)))
    return found


def _deliver(document: DraftDocument, asked: Asked, *, alone: bool) -> Iterator[Callable[[], None]]:
    """Write a draft; what is to be said of it when the work is done."""
    if asked.target and asked.form:
        yield from _write(document, asked.target, asked.form)
    if asked.as_json:
        yield partial(print_json, leverage_json(document))
    elif asked.target != "-":
        shown = _shown(document, alone=alone)
        yield from [partial(print_text, shown)] if shown else []


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
    """A name without ending for each source's draft, all different, on systems that ignore capitals too.

    As many folders go into it as are needed; the ending too, where nothing else differs.
    """
    if len({source.resolve() for source in sources}) < len(sources):
        raise ConfigError(_("the same source is named twice"), hint=_("Name every source once."))
    whole = [source.resolve() for source in sources]
    for ended in (whole, [source.with_suffix("") for source in whole])[::-1]:
        for parts in range(1, max(len(source.parts) for source in ended) + 1):
            stems = ["-".join(part.strip("/\\:") for part in source.parts[-parts:]) for source in ended]
            if len({stem.casefold() for stem in stems}) == len(stems):
                return stems
    return [f"{number}-{source.stem}" for number, source in enumerate(whole, start=1)]


def _make_folders(targets: Iterable[str | None]) -> None:
    """The folders of the drafts are there and can be written, before any work is done for them."""
    from tm.store.atomic import store_error  # noqa: PLC0415 - keeps `tm --help` light

    for folder in sorted({Path(target).parent for target in targets if target not in (None, "-")}):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            raise store_error(error, folder) from error


def _refuse_own_sources(sources: Sequence[str], targets: Sequence[str | None]) -> None:
    """Raise an error where a draft would replace its source."""
    kept = {Path(source).resolve() for source in sources}
    for target in targets:
        if target not in (None, "-") and Path(str(target)).resolve() in kept:
            raise ConfigError(
                _("the draft would overwrite its source"), path=target, hint=_("Name another file.")
            )


def _form(target: str | None, xliff: str | None) -> Format | None:
    """The format of a draft, where one is written."""
    refuse_version(xliff, target)
    if target is None:
        return None
    return format_for("-.json" if target == "-" else target, "write_draft").in_version(xliff)


def _write(document: DraftDocument, target: str, form: Format) -> Iterator[Callable[[], None]]:
    """Write a draft; what is to be said of it when the work is done."""
    stream = io.BytesIO()
    form.draft_writer(document, stream)
    if target == "-":
        yield partial(write_result, target, stream.getvalue())
        return
    kept = _keep_other(Path(target), stream.getvalue())
    write_result(target, stream.getvalue())
    if kept:
        yield partial(note, _("The file that was there is kept as {path}").format(path=kept))
    yield partial(note, _("Written: {path}").format(path=target))


def _keep_other(target: Path, content: bytes) -> Path | None:
    """Where a file is kept that stands there and says something else: somebody may have worked in it."""
    if not target.is_file() or target.read_bytes() == content:
        return None
    numbers = itertools.count(1)
    names = (target.with_name(f"{target.name}.{number}.bak") for number in numbers)
    kept = next(name for name in names if not name.exists())
    target.replace(kept)
    return kept


def _shown(document: DraftDocument, *, alone: bool) -> str:
    """The band table and the findings; of one among several sources only findings, under its name."""
    parts = [bands_table(document.analysis)] if alone and document.analysis else []
    findings = [finding for draft in document.drafts for finding in draft.findings]
    if findings:
        block = findings_text(findings, draft_units(document))
        parts.append(block if alone else f"{document.file}\n{block}\n")
    return "\n\n".join(parts)
