"""What is wrong with a date, and how it is written."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

from tm.formats.tmx_fields import format_date, parse_date
from tm.formats.tmx_rules.words import _, language

__all__ = ["DATES", "DateFault", "date_fault"]

DATES = frozenset({"creationdate", "changedate", "lastusagedate"})
"""The attributes that hold dates."""

_LENIENT = re.compile(
    r"(?P<year>[0-9]{4})(?P<dash>-?)(?P<month>[0-9]{2})-?(?P<day>[0-9]{2})"
    r"(?P<time>[Tt ](?P<hour>[0-9]{2}):?(?P<minute>[0-9]{2})"
    r"(?::?(?P<second>[0-9]{2})(?P<part>[.,][0-9]{1,9})?)?"
    r"[ ]?(?P<zone>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_PARTS = ("year", "month", "day", "hour", "minute", "second")


@dataclass(frozen=True, slots=True)
class DateFault:
    """Why a date is wrong, and what to write when that is certain; `possible` when it means a moment."""

    why: str
    instead: str
    possible: bool


def date_fault(value: str) -> DateFault | None:
    """What is wrong with a date; None for one written as YYYYMMDDThhmmssZ."""
    return None if parse_date(value) is not None else _date_fault(value, language())


@lru_cache(maxsize=4096)
def _date_fault(value: str, _language: str) -> DateFault | None:
    trimmed = value.strip()
    found = _LENIENT.fullmatch(trimmed)
    if found is None:
        return _no_date(trimmed)
    moment = _moment(found)
    if isinstance(moment, str):
        return DateFault(moment, "", possible=False)
    if not found["time"]:
        return DateFault(_("the time of day is missing"), "", possible=True)
    if not found["zone"]:
        return DateFault(_("the time zone is missing"), "", possible=True)
    return DateFault(_("not in the form YYYYMMDDThhmmssZ"), format_date(moment), possible=True)


def _no_date(text: str) -> DateFault:
    if not text:
        return DateFault(_("it is empty"), "", possible=False)
    if text.isascii() and text.isdigit() and len(text) in {10, 13}:
        return DateFault(_("it is a number of seconds or milliseconds"), "", possible=True)
    return DateFault(_("it is not written as a date"), "", possible=False)


def _moment(found: re.Match[str]) -> datetime.datetime | str:
    """The moment, in UTC if a zone is given, or why there is none."""
    year, month, day, hour, minute, second = (int(found[part] or 0) for part in _PARTS)
    if not 1 <= month <= 12:
        return _("there is no month {month}").format(month=month)
    if hour > 23 or minute > 59 or second > 59:
        return _("there is no time {time}").format(time=f"{hour:02d}:{minute:02d}:{second:02d}")
    try:
        moment = datetime.datetime(year, month, day, hour, minute, second, tzinfo=datetime.UTC)
        return moment - _offset(found["zone"] or "")
    except (ValueError, OverflowError):
        date = f"{year:04d}-{month:02d}-{day:02d}"
        return _("there is no day {date}").format(date=date)


def _offset(zone: str) -> datetime.timedelta:
    if zone in {"", "Z", "z"}:
        return datetime.timedelta()
    digits = zone[1:].replace(":", "").ljust(4, "0")
    delta = datetime.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -delta if zone[0] == "-" else delta
