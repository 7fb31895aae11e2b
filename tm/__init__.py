"""Translation memory, term checks and leveraged drafts for Chinese-English releases.

The promised names are those of `__all__`; they are imported when first used, so that `import tm` is
cheap. Nothing inside the package imports from here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from tm.version import __version__

if TYPE_CHECKING:
    from tm.alignment import Alignment, align
    from tm.checks.runner import check
    from tm.errors import TMError
    from tm.formats.tmx_validate import validate
    from tm.matching.index import Hit, MatchIndex
    from tm.model import Bead, Concept, Finding, Memory, Segment, Severity, Term, Unit
    from tm.project.library import leverage, read, write
    from tm.store.memory import open_memory
    from tm.terms.base import TermBase

__all__ = [
    "Alignment",
    "Bead",
    "Concept",
    "Finding",
    "Hit",
    "MatchIndex",
    "Memory",
    "Segment",
    "Severity",
    "TMError",
    "Term",
    "TermBase",
    "Unit",
    "__version__",
    "align",
    "check",
    "leverage",
    "open_memory",
    "read",
    "validate",
    "write",
]

_HOMES = {
    "Alignment": "tm.alignment",
    "align": "tm.alignment",
    "leverage": "tm.project.library",
    "Bead": "tm.model",
    "Concept": "tm.model",
    "Finding": "tm.model",
    "Hit": "tm.matching.index",
    "MatchIndex": "tm.matching.index",
    "Memory": "tm.model",
    "Segment": "tm.model",
    "Severity": "tm.model",
    "TMError": "tm.errors",
    "Term": "tm.model",
    "TermBase": "tm.terms.base",
    "Unit": "tm.model",
    "check": "tm.checks.runner",
    "open_memory": "tm.store.memory",
    "read": "tm.project.library",
    "validate": "tm.formats.tmx_validate",
    "write": "tm.project.library",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'tm' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
