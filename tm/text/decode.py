"""Bytes to text: which encoding a file is in, without guessing where something can be known.

The ladder: byte order mark, the declared encoding, strict UTF-8, UTF-16 without a mark, and last GB18030
against Big5, told apart by how common the characters are that they yield. Common is what the standards'
first planes hold (GB 2312 level 1 and Big5 level 1 are ordered by use), so no frequency table is shipped.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache
from gettext import gettext as _
from itertools import islice
from pathlib import Path

from tm.errors import EncodingError
from tm.text.charsets import codec_of
from tm.text.magic import file_kind

__all__ = ["Decoded", "decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "ascii": "utf-8",
    "utf-8-sig": "utf-8",
    "iso8859-1": "cp1252",
}
_EAST_ASIAN = ("gb18030", "big5hkscs")
_WIDE = ("utf-16-le", "utf-16-be")
_TYPOGRAPHIC = frozenset("\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u2022\u00a0")
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家"
    "电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
    "這個為國時來們對會發動過說產種後學經進著電裡現實業點從開還體機當應間樣與關線數變條沒結問無系軍統題黨義員總設長資邊圖組見計別論運農幾強決戰則據處隊給門規熱領導壓爭濟階術極聯認權證轉單風帶場車務萬達積議聲報類離華確張馬節話況傳許記語連斷難礦備辦習響約勞團歷構稱準號維選標寫親養層專狀廠適屬滿縣參紅細聽該鐵價嚴於"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a file and the encoding it was in, by Python's name (utf-8-sig = with a mark)."""

    text: str
    encoding: str


def decode(
    raw: bytes, *, declared: str = "", path: Path | str | None = None, keep_newlines: bool = False
) -> Decoded:
    """The text of these bytes with LF line ends, and its encoding.

    `declared` is what the file or its container says of itself; it is believed when what it yields is
    plausible. `keep_newlines` leaves CR as it is. Bytes that no encoding explains, and files that are not
    text at all, raise EncodingError with the offset.
    """
    found = _by_mark(raw, path) or _by_ladder(raw, declared, path)
    if keep_newlines:
        return found
    return Decoded(text=found.text.replace("\r\n", "\n").replace("\r", "\n"), encoding=found.encoding)


def _by_mark(raw: bytes, path: Path | str | None) -> Decoded | None:
    for mark, codec in _MARKS:
        if raw.startswith(mark):
            text = _strict(raw[len(mark) :], codec)
            if text is None:
                raise _undecodable(raw, (codec,), path, skip=len(mark))
            return Decoded(text=text, encoding="utf-8-sig" if codec == "utf-8" else codec)
    return None


def _by_ladder(raw: bytes, declared: str, path: Path | str | None) -> Decoded:
    kind = file_kind(raw)
    if kind:
        raise EncodingError(
            _("this is not text but a file of the kind {kind}").format(kind=kind),
            path=path,
            hint=_("Save it as plain text (UTF-8), or give the file the ending of its format."),
        )
    codec = _declared_codec(declared)
    for guess in (_declared(raw, codec), _utf8(raw), _wide(raw), _typographic(raw), _east_asian(raw)):
        if guess is not None:
            return guess
    _refuse_nul(raw, path)
    raise _undecodable(raw, tuple(filter(None, (codec, "utf-8", *_EAST_ASIAN))), path)


def _declared_codec(declared: str) -> str:
    name = codec_of(declared)
    return _WIDER.get(name, name)


def _declared(raw: bytes, codec: str) -> Decoded | None:
    text = _strict(raw, codec) if codec else None
    if text is None or "\0" in text or _plausibility(text) < _PLAUSIBLE:
        return None
    return Decoded(text=text, encoding=codec)


_PLAUSIBLE = 0.5
"""Share of expected characters below which a reading is taken for mojibake."""
_MARGIN = 0.1
"""By so much Big5 must be the more plausible one; real Big5 text is by far."""
_CERTAIN_UTF8 = 12
"""So many multi-byte characters in valid UTF-8 are no accident, whatever they are."""
_DOUBTED_UTF8 = 2
"""So many different ones must all be common Chinese otherwise: of one letter, one in seven would be."""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_TELLING = re.compile(r"[^\t\n\f\r -\x7f]")
"""What tells one encoding from another: neither ASCII nor white space."""
_SAMPLE = 1 << 18
"""So many characters tell as much as all."""
_ONE_READING = re.compile(r"[\x80-\xff\u0800-\U0010ffff]|[A-Za-z][\u0100-\u07ff]|[\u0100-\u07ff][A-Za-z]")
"""What shows that valid UTF-8 is UTF-8: Latin-1, three bytes a character, letters within a Latin word."""


def _utf8(raw: bytes) -> Decoded | None:
    text = _strict(raw, "utf-8")
    if text is None or "\0" in text:
        return None
    found = Decoded(text=text, encoding="utf-8")
    if _plausibility(text, ascii_counts=True) < 0.9 and (wide := _wide(raw)):
        return wide
    beyond = [one[0] for one in islice(_BEYOND_ASCII.finditer(text), _CERTAIN_UTF8)]
    if len(set(beyond)) < _DOUBTED_UTF8 or len(beyond) >= _CERTAIN_UTF8 or _ONE_READING.search(text):
        return found
    rival = _east_asian(raw)
    return found if rival is None or _plausibility(rival.text) < 0.9 else rival


def _wide(raw: bytes) -> Decoded | None:
    """UTF-16 without a mark: the byte order whose characters are the expected ones."""
    if len(raw) % 2 or not raw:
        return None
    texts = [(codec, text) for codec in _WIDE if (text := _strict(raw, codec)) is not None]
    rivals = [
        (_plausibility(text, ascii_counts=True), codec, text) for codec, text in texts if "\0" not in text
    ]
    if not rivals:
        return None
    score, codec, text = max(rivals)
    if score < 0.6 or score <= max(_score_of(raw, other) for other in _EAST_ASIAN):
        return None
    return Decoded(text=text, encoding=codec)


def _east_asian(raw: bytes) -> Decoded | None:
    if b"\0" in raw:
        return None
    scores = {codec: _score_of(raw, codec) for codec in _EAST_ASIAN}
    codec = "big5hkscs" if scores["big5hkscs"] > scores["gb18030"] + _MARGIN else "gb18030"
    text = _strict(raw, codec)
    return Decoded(text=text, encoding=codec) if text is not None and scores[codec] >= _PLAUSIBLE else None


def _score_of(raw: bytes, codec: str) -> float:
    text = _strict(raw, codec)
    return -1.0 if text is None or "\0" in text else _plausibility(text)


def _typographic(raw: bytes) -> Decoded | None:
    """English saved by a Western Windows: ASCII but for quotes, dashes, and letters within words."""
    text = _strict(raw, "cp1252")
    if text is None or "\0" in text:
        return None
    for place, char in enumerate(text):
        inside = 0 < place < len(text) - 1 and text[place - 1].isascii() and text[place + 1].isascii()
        accented = inside and char.isalpha() and text[place - 1].isalpha() and text[place + 1].isalpha()
        if not (char.isascii() or char in _TYPOGRAPHIC or accented):
            return None
    return Decoded(text=text, encoding="cp1252")


def _strict(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except (UnicodeError, LookupError):
        return None


def _plausibility(text: str, *, ascii_counts: bool = False) -> float:
    """Mean of how expected the characters are; 1 for plain ASCII.

    ASCII is evidence only where it takes two bytes; elsewhere every candidate yields the same.
    """
    total = weight = 0.0
    telling = text[:_SAMPLE] if ascii_counts else (found[0] for found in _TELLING.finditer(text))
    for char in islice(telling, _SAMPLE):
        if char > "\x7f":
            total += 1
            weight += _expected(char)
        elif char < " " and char not in "\t\n\r\f":
            total += 1
            weight -= 1
        elif ascii_counts:
            total += 1
            weight += 1
    return weight / total if total else 1.0


@cache
def _expected(char: str) -> float:
    """How expected a character is in Chinese or English text: from -1 (never) to 1."""
    if char in _FREQUENT or char in _PUNCTUATION:
        return 1.0
    if "\uff01" <= char <= "\uff5e":
        return 0.7
    if any(char in _level_one(*level) for level in _COMMON):
        return 0.8
    if "\u4e00" <= char <= "\u9fff":
        return 0.3
    if "\u00a0" <= char <= "\u024f" or "\u2000" <= char <= "\u23ff" or "\u2460" <= char <= "\u24ff":
        return 0.5
    private = "\ue000" <= char <= "\uf8ff" or "\x80" <= char <= "\x9f" or char >= "\U000f0000"
    return -1.0 if private else 0.0


_PUNCTUATION = frozenset("–×°，；：？！（）％。、“”‘’《》〈〉【】「」『』〔〕—…·　")
_COMMON = (("gb2312", 0xA1, 0xA2), ("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6))
"""The signs and the first level of GB 2312, the first level of Big5."""


@cache
def _level_one(codec: str, first: int, last: int) -> frozenset[str]:
    """The characters of these lead bytes in a national standard."""
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    pairs = (bytes((lead, trail)) for lead in range(first, last + 1) for trail in trails)
    return frozenset(char for pair in pairs if (char := _strict(pair, codec)) is not None and len(char) == 1)


def _refuse_nul(raw: bytes, path: Path | str | None) -> None:
    offset = raw.find(b"\0")
    if offset >= 0:
        raise EncodingError(
            _("a NUL byte at offset {offset}: this is not text").format(offset=offset),
            path=path,
            line=raw.count(b"\n", 0, offset) + 1,
            hint=_("The file is binary or damaged; save it as plain text (UTF-8)."),
        )


def _undecodable(
    raw: bytes, codecs_tried: tuple[str, ...], path: Path | str | None, *, skip: int = 0
) -> EncodingError:
    """The error for the encoding that explains the longest beginning."""
    offset, codec = max((_first_fault(raw[skip:], codec), codec) for codec in codecs_tried)
    offset += skip
    if offset >= len(raw):
        # Every byte fits some encoding, but what comes out is no text: the fault is UTF-8's first.
        offset, codec = _first_fault(raw, "utf-8"), "utf-8"
    return EncodingError(
        _("byte 0x{byte:02X} at offset {offset} is not {encoding} text").format(
            byte=raw[min(offset, len(raw) - 1)], offset=offset, encoding=codec
        ),
        path=path,
        line=raw.count(b"\n", 0, offset) + 1,
        hint=_("Tried: {tried}. Save the file as UTF-8, or remove the damaged bytes.").format(
            tried=", ".join(codecs_tried)
        ),
    )


def _first_fault(raw: bytes, codec: str) -> int:
    try:
        raw.decode(codec)
    except UnicodeDecodeError as error:
        return error.start
    except UnicodeError:
        return 0
    return len(raw)
