"""`tm terms import`, `tm terms export` and `tm terms add`."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import click

from tm.cli.base import command, option
from tm.cli.options import json_option
from tm.cli.output import named_input, note, print_json, print_text, shown_path, table, write_result
from tm.cli.projects import project_option
from tm.cli.words import counter_name
from tm.errors import ConfigError
from tm.model import Concept, Term, TermStatus
from tm.project.drafting import term_base
from tm.project.folder import Project
from tm.project.terms import Exported, TermImport, TermIssue, add_term, export_terms, import_terms

__all__ = ["add", "export_", "import_", "write_term_file"]

_COUNTS = ("read", "added", "updated", "unchanged", "skipped")
_MOST = 20
"""So many remarks are shown to people; JSON has all."""


@command(
    name="import",
    epilog="""
tm terms import agency.tbx --dry-run
tm terms import house.xlsx glossary.txt --into corpora/terms/house.csv
""",
)
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@option("--into", metavar="CSV", help="Term base file for new concepts (default: the project's first).")
@option(
    "--on-conflict",
    type=click.Choice(["add", "overwrite", "keep"]),
    default="add",
    show_default=True,
    help="What to do where the term base has other renderings of a known concept.",
)
@option("--dry-run", is_flag=True, help="Count only, save nothing.")
@json_option
@project_option
def import_(  # noqa: PLR0913 - a command's options
    project: Project,
    *,
    files: tuple[str, ...],
    into: str | None,
    on_conflict: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Merge terms from files into the term base.

    FILE is TBX, CSV, TSV, XLSX or an OmegaT glossary (.txt, .utf8). All or nothing: a fault saves nothing.
    The same file twice adds nothing. A concept that is there gets the renderings it lacks; one that is right
    here and wrong there is a conflict and listed.
    """
    with contextlib.ExitStack() as stack:
        paths = [stack.enter_context(named_input(file)) for file in files]
        report = import_terms(project, paths, into=into, on_conflict=on_conflict, dry_run=dry_run)
    if as_json:
        print_json(_import_json(report))
        return
    print_text(_import_table(report))
    for name, count in report.lost:
        note(_("Not kept: {what} ({n})").format(what=_field_name(name), n=count))
    for path in report.into:
        note(_("Changed: {path}").format(path=shown_path(path)))
    if dry_run:
        note(_("Nothing was saved (--dry-run)."))


@command(
    name="export",
    epilog="""
tm terms export -o terms.tbx
tm terms export -o terms.tbx --tbx-version 3
tm terms export -o glossary.txt --approved
""",
)
@option("-o", "--output", required=True, metavar="OUT", help="File to write; its ending is the format.")
@option("--terms", "files", multiple=True, metavar="CSV", help="Term base (default: the project's).")
@option("--approved", is_flag=True, help="Leave deprecated and forbidden terms out.")
@option(
    "--tbx-version",
    type=click.Choice(["2", "3"]),
    default="2",
    show_default=True,
    help="Version of TBX; most programs read 2.",
)
@json_option
@project_option
def export_(  # noqa: PLR0913 - a command's options
    project: Project, *, output: str, files: tuple[str, ...], approved: bool, tbx_version: str, as_json: bool
) -> None:
    """Write the term base for another tool or for people.

    OUT ends in .csv, .tsv, .xlsx, .tbx, or in .txt or .utf8 for OmegaT. What OUT cannot carry is said.
    Programs that know no statuses, such as OmegaT, offer wrong terms too: --approved leaves them out.
    """
    write_term_file(project, output, files, approved=approved, version=int(tbx_version), as_json=as_json)


@command(
    epilog="""
tm terms add 县域经济 "county economy" --domain economy
tm terms add 省委 "provincial committee of the Party" --status admitted
""",
)
@click.argument("zh", metavar="ZH")
@click.argument("en", metavar="EN")
@option("--status", type=click.Choice([status.value for status in TermStatus]), default="preferred",
        show_default=True, help="What the term base says of the rendering.")  # fmt: skip
@option("--concept", default="", metavar="ID", help="Concept (default: the one of ZH, else a new one).")
@option("--case", type=click.Choice(["insensitive", "sensitive"]), default="insensitive",
        show_default=True, help="Whether capitals matter.")  # fmt: skip
@option(
    "--pos", default="", metavar="POS", help="noun, verb, adj, adv or proper (default: that of the concept)."
)
@option("--acronym", default="", metavar="TEXT", help="Acronym of EN.")
@option("--domain", default="", metavar="TEXT", help="Subject field of a new concept.")
@option("--note", "remark", default="", metavar="TEXT", help="Note on EN.")
@option("--source", default="", metavar="TEXT", help="Where EN comes from.")
@option("--into", metavar="CSV", help="Term base file for a new concept (default: the project's first).")
@option("--force", is_flag=True, help="Add the term in spite of warnings.")
@json_option
@project_option
def add(  # noqa: PLR0913 - a command's options
    project: Project,
    *,
    zh: str,
    en: str,
    status: str,
    concept: str,
    case: str,
    pos: str,
    acronym: str,
    domain: str,
    remark: str,
    source: str,
    into: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """Add a concept, or a rendering to a known one.

    What contradicts the term base is refused with the reason. Every other byte of the file stays.
    """
    chinese, english = zh.strip(), en.strip()
    if not chinese or not english:
        raise ConfigError(_("a term is empty"), hint=_("Give the Chinese and the English term."))
    rendering = Term(
        lang="en",
        text=english,
        status=TermStatus(status),
        case=case,
        pos=pos,
        acronym=acronym,
        note=remark,
        source=source,
    )
    term = Concept(
        id=concept, zh=(Term(lang="zh-CN", text=chinese, pos=pos),), en=(rendering,), domain=domain
    )
    added = add_term(project, term, into=into, force=force)
    if as_json:
        print_json(
            {
                "schema": "tm.terms/1",
                "concept": added.concept,
                "new": added.new,
                "rows": list(added.rows),
                "file": shown_path(added.path),
            }
        )
        return
    text = _("New concept {id}: {zh} = {en}") if added.new else _("Added to concept {id}: {zh} = {en}")
    print_text(text.format(id=added.concept, zh=chinese, en=english))
    note(_("Changed: {path}").format(path=shown_path(added.path)))


def write_term_file(  # noqa: PLR0913 - the options of a command
    project: Project,
    output: str,
    files: Sequence[str],
    *,
    approved: bool = False,
    version: int = 2,
    as_json: bool = False,
) -> None:
    """Write the term base to a file, and say what that cannot carry."""
    if as_json and output == "-":
        raise ConfigError(_("--json and -o - both want standard output"), hint=_("Name a file with -o."))
    stream = io.BytesIO()
    name = "-.tbx" if output == "-" else output
    concepts = term_base(project, files).concepts
    found = export_terms(concepts, name, stream, approved=approved, tbx_version=version)
    write_result(output, stream.getvalue())
    if as_json:
        print_json(_export_json(found, output))
        return
    if output != "-":
        note(_("Written: {path}").format(path=output))
    text = ngettext("{n} concept", "{n} concepts", found.concepts).format(n=found.concepts)
    note(_("{concepts}, {n} terms").format(concepts=text, n=found.terms))
    if found.left_out:
        note(_("Left out: {n} deprecated and forbidden terms").format(n=found.left_out))
    if found.lost:
        lost = ", ".join(f"{_field_name(name)} ({count})" for name, count in found.lost.items())
        note(_("{format} cannot carry: {what}").format(format=Path(name).suffix, what=lost))


def _export_json(found: Exported, output: str) -> dict[str, object]:
    return {
        "schema": "tm.terms/1",
        "written": output,
        "concepts": found.concepts,
        "terms": found.terms,
        "left_out": found.left_out,
        "lost": found.lost,
    }


def _import_table(report: TermImport) -> str:
    counts = table(
        [_("counter"), _("terms")],
        [(counter_name(name), getattr(report, name)) for name in _COUNTS],
        numbers=(1,),
    )
    concepts = _("Concepts: {read} read, {new} new").format(read=report.concepts, new=report.new_concepts)
    shown = [_issue_line(issue) for issue in report.issues[:_MOST]]
    if len(report.issues) > _MOST:
        shown.append(_("… and {n} more; --json has all").format(n=len(report.issues) - _MOST))
    return "\n".join([counts, concepts, *shown])


def _issue_line(issue: TermIssue) -> str:
    kinds = {
        "conflict": _("conflict"),
        "kept": _("not taken"),
        "left-out": _("left out"),
        "note": _("note"),
    }
    what = f"{issue.term} [{issue.concept}]" if issue.term not in ("", issue.concept) else issue.concept
    return f"{issue.file}:{issue.line}: {kinds[issue.kind]}: {issue.reason}: {what}"


def _field_name(name: str) -> str:
    """What a file or the term base cannot hold, in the language of the messages."""
    names = {
        "deprecated and forbidden terms": _("deprecated and forbidden terms"),
        "status of a Chinese form": _("status of a Chinese form"),
        "language region": _("regions of English"),
    }
    if name.startswith("status="):
        return _("status “{status}”, taken as admitted").format(status=name.removeprefix("status="))
    return names.get(name, name)


def _import_json(report: TermImport) -> dict[str, object]:
    return {
        "schema": "tm.terms/1",
        **{name: getattr(report, name) for name in _COUNTS},
        "concepts": report.concepts,
        "new_concepts": report.new_concepts,
        "into": [shown_path(path) for path in report.into],
        "issues": [
            {
                "kind": issue.kind,
                "file": issue.file,
                "line": issue.line,
                "concept": issue.concept,
                "term": issue.term,
                "reason": issue.reason,
            }
            for issue in report.issues
        ],
        "lost": dict(report.lost),
    }
