"""Translation memory, term checks and leveraged drafts for Chinese-English releases.

The promised names are those of `__all__`; they are imported when first used, so that `import tm` is
cheap. Nothing inside the package imports from here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from tm.version import __version__

if TYPE_CHECKING:
    from tm.model import Segment, Unit

__all__ = ["Segment", "Unit", "__version__"]

_HOMES = {"Segment": "tm.model", "Unit": "tm.model"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'tm' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
