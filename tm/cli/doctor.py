"""`tm doctor`."""

from __future__ import annotations

from gettext import gettext as _

from tm.cli.base import command
from tm.cli.options import json_option
from tm.cli.output import print_json, print_text, table
from tm.cli.projects import project_option
from tm.project.condition import examine
from tm.project.folder import Project

_FOUND = 1


@command(epilog="tm doctor\ntm doctor --json")
@json_option
@project_option
def doctor(project: Project, *, as_json: bool) -> int:
    """Show what is installed and usable.

    Looks at Python and the packages, the optional ones with the command that installs them, the project's
    memories and term base, and the cache. Exits with 1 when something is broken.
    """
    facts = examine(project)
    if as_json:
        print_json({"schema": "tm.doctor/1", "facts": [fact.as_json() for fact in facts]})
    else:
        marks = {"ok": "✓", "absent": "–", "broken": "✗"}
        records = [(marks[fact.state], fact.name, fact.value, fact.advice) for fact in facts]
        print_text(table(["", _("what"), _("found"), _("advice")], records))
    return _FOUND if any(fact.state == "broken" for fact in facts) else 0
