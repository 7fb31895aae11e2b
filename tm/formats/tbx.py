"""TBX, the exchange format of term bases (ISO 30042): read in versions 2 and 3, written in either."""

from __future__ import annotations

from tm.formats.tbx_read import read
from tm.formats.tbx_write import write

__all__ = ["read", "write"]
