"""`tm stats`."""

from __future__ import annotations

from gettext import gettext as _

from tm.cli.base import command, option
from tm.cli.output import note, print_json, print_text, table
from tm.cli.projects import project_option
from tm.cli.words import kind_name
from tm.project.folder import Project
from tm.project.statistics import MemoryStatistics, ReleaseStatistics, statistics


@command(epilog="tm stats\ntm stats --json")
@option("--json", "as_json", is_flag=True, help="Print JSON.")
@project_option
def stats(project: Project, *, as_json: bool) -> None:
    """Show what the project holds.

    Memories with their units, characters and dates; releases with their links; the term base.
    """
    found = statistics(project)
    if as_json:
        print_json(found.as_json())
        return
    if not project.found:
        note(_("This folder is in no project; `tm init` makes one."))
    print_text(_memories(found.memories))
    print_text("")
    print_text(_releases(found.releases))
    print_text("")
    print_text(
        _("Terms: {concepts} concepts, {terms} terms").format(concepts=found.concepts, terms=found.terms)
    )


def _memories(found: tuple[MemoryStatistics, ...]) -> str:
    heads = [_("memory"), _("kind"), _("units"), _("characters"), _("words"), _("from"), _("until")]
    records = [(m.name, kind_name(m.kind), m.units, m.characters, m.words, m.first, m.last) for m in found]
    return table(heads, records, numbers=(2, 3, 4))


def _releases(found: tuple[ReleaseStatistics, ...]) -> str:
    heads = [_("release"), _("office"), _("links"), _("reviewed"), _("state")]
    records = [(r.id, r.office, r.links, r.reviewed, _state(r)) for r in found]
    return table(heads, records, numbers=(2, 3))


def _state(release: ReleaseStatistics) -> str:
    if not release.links:
        return _("not aligned")
    return _("up to date") if release.current else _("texts changed since")
