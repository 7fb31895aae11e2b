"""XLIFF: bilingual files for and from CAT tools.

Written is 1.2 here, and 2.1 in `tm.formats.xliff_2`; read are 1.x, also as Trados, memoQ and Phrase write it,
and 2.x.
"""

from __future__ import annotations

from tm.formats.xliff_read import read
from tm.formats.xliff_write import write, write_draft

__all__ = ["read", "write", "write_draft"]
