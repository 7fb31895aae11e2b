"""Word files: the bilingual review table, out and back in.

Written directly as XML, which is exact, deterministic, and needs no further package.
"""

from __future__ import annotations

from tm.formats.docx_read import read
from tm.formats.docx_write import write, write_draft

__all__ = ["read", "write", "write_draft"]
