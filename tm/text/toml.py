"""TOML from strangers: a table, or a ValueError that says why it is none."""

from __future__ import annotations

import tomllib
from gettext import gettext as _
from typing import Any

__all__ = ["toml_table"]


def toml_table(text: str) -> dict[str, Any]:
    """The table that the text holds; ValueError, with `(at line 1, column 2)` where that is known."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except (ValueError, RecursionError):  # what the parser does not expect
        raise ValueError(_("a number of thousands of digits, or lists in lists without end")) from None
