"""Messages in the language of the user, looked up once: a file can have a hundred thousand faults."""

from __future__ import annotations

import gettext
import os
from functools import lru_cache

__all__ = ["_", "language", "ngettext"]


def language() -> str:
    """What the language of messages depends on; what is remembered must be remembered with it."""
    return os.environ.get("LANGUAGE", "")


def _(message: str) -> str:
    """The message in the language of the user."""
    return _found(message, language())


def ngettext(one: str, many: str, count: int) -> str:
    """The message for this number in the language of the user."""
    return gettext.ngettext(one, many, count)


@lru_cache(maxsize=1024)
def _found(message: str, _language: str) -> str:
    return gettext.gettext(message)
