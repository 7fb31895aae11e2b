"""`tm terms`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from gettext import gettext as _
from gettext import ngettext

import click

from tm.cli.base import Group, command, common_options, option
from tm.cli.options import json_option
from tm.cli.output import note, print_json, print_text, table
from tm.cli.projects import project_option
from tm.cli.terms_exchange import add, export_, import_
from tm.cli.words import level_name, status_name
from tm.model import Concept, Term, TermStatus
from tm.project.drafting import term_base
from tm.project.folder import Project
from tm.terms.lint import Fault, lint

_FINDINGS = 1


@click.group(cls=Group)
@common_options
def terms() -> None:
    """Show, lint, extend and exchange the term base."""


for _command in (add, import_, export_):
    terms.add_command(_command)


@command(
    terms,
    name="list",
    epilog="""
tm terms list
tm terms list 省委
tm terms list --status forbidden --json
""",
)
@click.argument("text", required=False)
@option("--terms", "files", multiple=True, metavar="CSV", help="Term base (default: the project's).")
@option(
    "--status", type=click.Choice([status.value for status in TermStatus]), help="Only terms of this status."
)
@json_option
@project_option
def list_(
    project: Project, *, text: str | None, files: tuple[str, ...], status: str | None, as_json: bool
) -> None:
    """List the term base.

    With TEXT: the concepts that hold it in Chinese or English.
    """
    found = [concept for concept in term_base(project, files).concepts if _holds(concept, text or "")]
    if as_json:
        print_json({"schema": "tm.terms/1", "terms": [_json(c, t) for c in found for t in _terms(c, status)]})
        return
    records = [
        ("|".join(zh.text for zh in concept.zh), term.text, status_name(term.status), concept.domain)
        for concept in found
        for term in _terms(concept, status)
    ]
    print_text(table([_("Chinese"), _("English"), _("status"), _("domain")], records))
    note(ngettext("{n} concept", "{n} concepts", len(found)).format(n=len(found)))


@command(terms, name="lint", epilog="tm terms lint\ntm terms lint --terms house.csv --json")
@option("--terms", "files", multiple=True, metavar="CSV", help="Term base (default: the project's).")
@option("--all", "everything", is_flag=True, help="Show remarks too, not only errors and warnings.")
@json_option
@project_option
def lint_(project: Project, *, files: tuple[str, ...], everything: bool, as_json: bool) -> int:
    """Find faults of the term base itself.

    Duplicates, contradictions, forbidden forms that another concept prefers, terms inside terms, lines that
    can never apply, clashing acronyms, columns that look misspelt. Exits with 1 when there are errors.
    """
    found = lint(term_base(project, files))
    if as_json:
        print_json({"schema": "tm.terms/1", "findings": [asdict(fault) for fault in found]})
    else:
        heads = [_("line"), _("level"), _("fault"), _("concept"), _("what")]
        shown = [fault for fault in found if everything or fault.level != "info"]
        if shown:
            print_text(table(heads, [_fault_line(fault) for fault in shown], numbers=(0,)))
        note(ngettext("{n} fault", "{n} faults", len(shown)).format(n=len(shown)))
        if len(shown) < len(found):
            note(_("{n} remarks are not shown; --all shows them.").format(n=len(found) - len(shown)))
    return _FINDINGS if any(fault.level == "error" for fault in found) else 0


def _terms(concept: Concept, status: str | None) -> Sequence[Term]:
    return concept.renderings(TermStatus(status)) if status else concept.en


def _holds(concept: Concept, text: str) -> bool:
    wanted = text.casefold()
    return any(wanted in term.text.casefold() for term in (*concept.zh, *concept.en))


def _json(concept: Concept, term: Term) -> dict[str, object]:
    return {
        "concept": concept.id,
        "zh": [zh.text for zh in concept.zh],
        "en": term.text,
        "status": term.status.value,
        "case": term.case,
        "pos": term.pos,
        "acronym": term.acronym,
        "domain": concept.domain,
        "note": term.note,
        "source": term.source,
        "line": term.line,
    }


def _fault_line(fault: Fault) -> tuple[object, ...]:
    return (fault.line, level_name(fault.level), fault.name, fault.concept, fault.message)
