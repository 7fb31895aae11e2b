"""TMX, levels 1 and 2: what is not edited comes out as it went in.

`read` takes TMX 1.1 to 1.4b, also in gzip or zip, in any encoding, as a stream; `write` gives TMX 1.4b, the
same bytes for the same memory; `strict` leaves out what other programs may refuse a file for; `survey` says
what languages a file has.
"""

from __future__ import annotations

from tm.formats.tmx_draft import write_draft
from tm.formats.tmx_header import of_working_memory
from tm.formats.tmx_packed import members
from tm.formats.tmx_read import Survey, read, survey
from tm.formats.tmx_strict import Change, strict
from tm.formats.tmx_unit import Skipped, in_place_of
from tm.formats.tmx_write import TmxWriter, write

__all__ = [
    "Change",
    "Skipped",
    "Survey",
    "TmxWriter",
    "in_place_of",
    "members",
    "of_working_memory",
    "read",
    "strict",
    "survey",
    "write",
    "write_draft",
]
