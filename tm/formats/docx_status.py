"""How far a line of a review table has come: what its status column says, and what was done since."""

from __future__ import annotations

import re

from tm.formats.docx_cells import Cell
from tm.formats.docx_record import Mark, digest
from tm.model import Status

__all__ = ["SHOWN", "is_open", "said_status", "status_after"]

SHOWN = {
    Status.DRAFT: "draft 草稿",
    Status.TRANSLATED: "translated 已译",
    Status.REVIEWED: "reviewed 已审",
    Status.APPROVED: "approved 已批准",
}
"""A status as the table shows it."""

_PERCENT = re.compile(r"[(（]?\s*\d+(?:\.\d+)?\s*[%％]\s*[)）]?")
_OPEN = ("not translated", "not started", "unspecified", "new", "new 新", "未翻译", "未译", "-", "—")
"""No translation yet; a text that stands there all the same was typed in by somebody who left this."""
_KNOWN = {
    **{status.value: status for status in Status},
    **{text: status for status, text in SHOWN.items()},
    **{text.split()[1]: status for status, text in SHOWN.items()},
    # Trados
    "translation rejected": Status.DRAFT,
    "sign-off rejected": Status.DRAFT,
    "translation approved": Status.REVIEWED,
    "signed off": Status.APPROVED,
    "sign-off": Status.APPROVED,
    "approved sign-off": Status.APPROVED,
    # memoQ
    "pre-translated": Status.DRAFT,
    "edited": Status.DRAFT,
    "partially edited": Status.DRAFT,
    "assembled from fragments": Status.DRAFT,
    "machine translated": Status.DRAFT,
    "rejected": Status.DRAFT,
    "confirmed": Status.TRANSLATED,
    "translator confirmed": Status.TRANSLATED,
    "reviewer 1 confirmed": Status.REVIEWED,
    "reviewer 2 confirmed": Status.REVIEWED,
    "proofread": Status.APPROVED,
    # Chinese offices
    "待审": Status.TRANSLATED,
    "已审核": Status.REVIEWED,
    "已审校": Status.REVIEWED,
    "已校对": Status.REVIEWED,
    "已核": Status.REVIEWED,
    "批准": Status.APPROVED,
    "已定稿": Status.APPROVED,
    "定稿": Status.APPROVED,
}


def said_status(text: str) -> Status | None:
    """The status that the words mean, by whichever program wrote them; None when they mean none."""
    return _KNOWN.get(_plain(text))


def is_open(text: str) -> bool:
    """True for words that say that there is no translation yet, and for none."""
    plain = _plain(text)
    return not plain or plain in _OPEN


def status_after(said: str, mark: Mark | None, en: Cell) -> Status:
    """The status of a line's English, by what is said of it, what was sent out, and what was changed.

    What the status column says holds when somebody changed it. Else a machine's draft that a person worked
    on is translated, and a translation that another one changed with tracked changes is reviewed.
    """
    status = said_status(said) or Status.TRANSLATED
    if mark and mark.status is not said_status(said) and not is_open(said):
        return status
    tracked = bool(en.revisions)
    worked = tracked or (mark is not None and digest(en.text) != mark.target)
    if not worked:
        return status
    if status is Status.DRAFT or en.empty_before:
        return Status.TRANSLATED
    return Status.REVIEWED if tracked else status


def _plain(text: str) -> str:
    return " ".join(_PERCENT.sub(" ", text).split()).casefold()
