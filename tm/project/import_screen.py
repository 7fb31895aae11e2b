"""Which units of a foreign file are translations that a memory can take."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from gettext import gettext as _
from pathlib import Path

from tm.errors import FormatError
from tm.formats.docx_record import source_changed
from tm.formats.tmx_extra import UnitExtra
from tm.formats.tmx_fields import parse_date
from tm.model import Header, Status, Unit
from tm.text.languages import same_language
from tm.text.scripts import is_mostly_chinese

__all__ = ["Screen", "illegal_character", "odd_dates"]

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_DATES = frozenset({"creationdate", "changedate", "lastusagedate"})
_SAMPLE = 500  # units whose texts are looked at to tell whether the languages were exchanged


class Screen:
    """Looks at the units of one file, one by one, and in the end at the file as a whole.

    What is wanted are the languages of releases and their translations, whatever a memory's header says: that
    of a file from elsewhere may be English or `*all*`.
    """

    def __init__(self, wanted: Header = Header()) -> None:  # noqa: B008 - a frozen value
        self._wanted = wanted
        self._languages: Counter[str] = Counter()  # of units that cannot be used
        self._known: dict[tuple[str, str], bool] = {}
        self._usable = 0
        self._turned = 0

    def see_languages(self, languages: Iterable[str]) -> None:
        """Takes note of the languages of a unit that the reader did not give."""
        seen = list(languages)
        self._languages.update(seen)
        wanted = (self._wanted.source_lang, self._wanted.target_lang)
        self._usable += all(any(same_language(lang, want) for lang in seen) for want in wanted)

    def reason(self, unit: Unit) -> str:
        """Why a unit is no translation for the memory; "" when it is one."""
        source, target = unit.source.text, unit.target.text
        if not self._fits(unit.source.lang, unit.target.lang):
            return _("its languages are {source} and {target}").format(
                source=unit.source.lang, target=unit.target.lang
            )
        self._usable += 1
        if not source.strip():
            return _("there is no source text")
        if not target.strip():
            return _("there is no translation")
        unready = _unready(unit)
        if unready:
            return unready
        if self._usable <= _SAMPLE:
            self._turned += is_mostly_chinese(target) and not is_mostly_chinese(source)
        if target.strip() == source.strip() and is_mostly_chinese(source):
            return _("the translation is a copy of the source")
        return ""

    def look_at_file(self, path: Path) -> None:
        """Nothing; FormatError when the languages of the file are not those of the memory."""
        pair = f"{self._wanted.source_lang} → {self._wanted.target_lang}"
        if self._languages and not self._usable:
            seen = ", ".join(f"{lang or '?'} ({count})" for lang, count in sorted(self._languages.items()))
            raise FormatError(
                _("no unit has the languages {pair}; the file has {seen}").format(pair=pair, seen=seen),
                path=path,
                hint=_("Mend the language codes, or choose a memory of these languages."),
            )
        if self._turned * 2 > min(self._usable, _SAMPLE):
            raise FormatError(
                _("source and target stand the wrong way round; the memory is {pair}").format(pair=pair),
                path=path,
                hint=_("Exchange the two columns or languages of the file."),
            )

    def _fits(self, source: str, target: str) -> bool:
        """True when both languages are those wanted or not given; they are counted."""
        pair = (source, target)
        fits = self._known.get(pair)
        if fits is None:
            fits = (not source or same_language(source, self._wanted.source_lang)) and (
                not target or same_language(target, self._wanted.target_lang)
            )
            self._known[pair] = fits
        if not fits:
            self._languages.update(pair)
        return fits


def _unready(unit: Unit) -> str:
    """Why a translation that is there is not to be taken yet; "" when it may be."""
    if unit.status is Status.DRAFT:
        return _("it is still a draft")
    if source_changed(unit):
        return _("its Chinese was changed in the table, which may be a slip")
    return ""


def illegal_character(unit: Unit) -> str:
    """The first character that cannot stand in a TMX, as U+0001; "" when there is none."""
    notes = [note.text for note in unit.notes]
    props = [text for prop in unit.props for text in (prop.type, prop.text)]
    context = (unit.context.previous, unit.context.next, unit.context.key)
    for text in (unit.source.text, unit.target.text, unit.id, *notes, *props, *context):
        found = _ILLEGAL.search(text)
        if found:
            return f"U+{ord(found[0]):04X}"
    return ""


def odd_dates(unit: Unit) -> Iterator[tuple[str, str]]:
    """The attributes of a tu and its two tuvs that should be dates of TMX and are none: name and text."""
    extra = unit.extra
    if isinstance(extra, UnitExtra):
        for pairs in (extra.attributes, extra.source.attributes, extra.target.attributes):
            for name, text in pairs:
                if name in _DATES and parse_date(text) is None:
                    yield name, text
