"""Values of the model as words for people; JSON keeps the values themselves."""

from __future__ import annotations

from gettext import gettext as _

from tm.model import Severity, TermStatus

__all__ = ["counter_name", "kind_name", "level_name", "severity_name", "status_name"]


def severity_name(severity: Severity) -> str:
    """The severity in the language of the messages."""
    names = {
        Severity.NEUTRAL: _("neutral"),
        Severity.MINOR: _("minor"),
        Severity.MAJOR: _("major"),
        Severity.CRITICAL: _("critical"),
    }
    return names[severity]


def status_name(status: TermStatus) -> str:
    """The status of a term in the language of the messages."""
    names = {
        TermStatus.PREFERRED: _("preferred"),
        TermStatus.ADMITTED: _("admitted"),
        TermStatus.DEPRECATED: _("deprecated"),
        TermStatus.FORBIDDEN: _("forbidden"),
    }
    return names[status]


def kind_name(kind: str) -> str:
    """The kind of a memory in the language of the messages."""
    return {"built": _("built"), "working": _("working")}.get(kind, kind)


def level_name(level: str) -> str:
    """The level of a term base's fault in the language of the messages."""
    return {"error": _("error"), "warning": _("warning"), "info": _("info")}.get(level, level)


def counter_name(name: str) -> str:
    """A counter of an import in the language of the messages."""
    names = {
        "read": _("read"),
        "added": _("added"),
        "updated": _("updated"),
        "unchanged": _("unchanged"),
        "skipped": _("skipped"),
        "failed": _("failed"),
    }
    return names[name]
