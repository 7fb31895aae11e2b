"""`tm terms`."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext

import click

from tm.cli.base import Group, command, option
from tm.cli.options import fail_on_option, json_option
from tm.cli.output import note, print_json, print_text, table
from tm.cli.projects import project_option
from tm.model import Concept, Severity, Term, TermStatus
from tm.project.drafting import term_base
from tm.project.folder import Project
from tm.terms.lint import Fault, lint

_FINDINGS = 1


@click.group(cls=Group)
def terms() -> None:
    """Show and lint the term base."""


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
        ("|".join(zh.text for zh in concept.zh), term.text, term.status.value, concept.domain)
        for concept in found
        for term in _terms(concept, status)
    ]
    print_text(table([_("Chinese"), _("English"), _("status"), _("domain")], records))
    note(ngettext("{n} concept", "{n} concepts", len(found)).format(n=len(found)))


@command(terms, name="lint", epilog="tm terms lint\ntm terms lint --terms house.csv --json")
@option("--terms", "files", multiple=True, metavar="CSV", help="Term base (default: the project's).")
@fail_on_option("major")
@json_option
@project_option
def lint_(project: Project, *, files: tuple[str, ...], fail_on: str, as_json: bool) -> int:
    """Find faults of the term base itself.

    Duplicates, contradictions, forbidden forms that another concept prefers, terms inside terms, lines that
    can never apply, clashing acronyms, columns that look misspelt.
    """
    found = lint(term_base(project, files))
    if as_json:
        print_json({"schema": "tm.terms/1", "findings": [_fault_json(fault) for fault in found]})
    else:
        print_text("\n".join(_fault_text(fault) for fault in found))
        note(ngettext("{n} fault", "{n} faults", len(found)).format(n=len(found)))
    worst = Severity(fail_on).weight
    return _FINDINGS if any(fault.severity.weight >= worst for fault in found) else 0


def _terms(concept: Concept, status: str | None) -> Sequence[Term]:
    return concept.renderings(TermStatus(status)) if status else concept.en


def _holds(concept: Concept, text: str) -> bool:
    wanted = text.casefold()
    return any(wanted in term.text.casefold() for term in (*concept.zh, *concept.en))
