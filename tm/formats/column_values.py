"""What stands in the cells of a table besides texts: states, numbers and dates of every spelling."""

from __future__ import annotations

import datetime
import re
from gettext import gettext as _

from tm.errors import FormatError
from tm.model import Status

__all__ = ["moment_of", "moment_text", "number_of", "status_of"]

_STATES = {
    Status.DRAFT: """
        draft new untranslated nottranslated fuzzy rejected translationrejected signoffrejected needswork
        needstranslation 草稿 初稿 未翻译 未译 待翻译 待译 退回 已退回
        """,
    Status.TRANSLATED: """
        translated done confirmed complete completed finished 已翻译 已译 已确认 已完成 完成 待审 待审核
        """,
    Status.REVIEWED: """
        reviewed proofread translationapproved reviewer1confirmed 已审校 已审核 已审 已校对 已校 已复核
        """,
    Status.APPROVED: """
        approved signedoff final proofreaderconfirmed reviewer2confirmed
        已批准 批准 已定稿 定稿 已签发 签发 终稿
        """,
}
_STATUS = {word: status for status, words in _STATES.items() for word in words.split()}
_SIGNS = re.compile(r"[\W_]+")
_DAY = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
    r"(?:[T\s]+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?)?"
)
_DIGITS = 18
"""So many characters a number has at most."""


def status_of(text: str) -> Status:
    """The status that a word stands for, empty being translated; FormatError for one that is not known."""
    if not text.strip():
        return Status.TRANSLATED
    found = _STATUS.get(_SIGNS.sub("", text.casefold()))
    if found is None:
        raise FormatError(
            _("{status} is no status").format(status=text),
            hint=_("Known are {names}.").format(names=", ".join(Status)),
        )
    return found


def number_of(text: str) -> int | None:
    """The whole number that stands there, None for nothing; FormatError for anything else."""
    if not text.strip():
        return None
    digits = text.strip()
    if not digits.isdecimal() or len(digits) > _DIGITS:
        raise FormatError(
            _("{text} is no number").format(text=text[:_DIGITS]), hint=_("Write it in digits, such as 12.")
        )
    return int(digits)


def moment_of(text: str) -> datetime.datetime | None:
    """The moment that stands there, in UTC, None for nothing; FormatError for anything else.

    Besides ISO 8601 what spreadsheets make of it is known: 2019/4/23 and 2019年4月23日, with a time behind.
    Dates that begin with a day or a month say neither which it is, and are no dates here.
    """
    if not text.strip():
        return None
    try:
        moment = _iso(text.strip()) or datetime.datetime.fromisoformat(text.strip())
        utc = datetime.UTC
        return moment.replace(tzinfo=utc) if moment.tzinfo is None else moment.astimezone(utc)
    except (ValueError, OverflowError):
        raise FormatError(
            _("{text} is no date").format(text=text), hint=_("Write dates as 2019-04-23.")
        ) from None


def moment_text(moment: datetime.datetime | None) -> str:
    """The moment as ISO 8601, as a day alone where it is midnight; "" for none."""
    if moment is None:
        return ""
    midnight = (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0)
    return moment.date().isoformat() if midnight else moment.isoformat()


def _iso(text: str) -> datetime.datetime | None:
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    return datetime.datetime(year, month, day, hour, minute, second, tzinfo=datetime.UTC)
