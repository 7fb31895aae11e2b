"""Characters and references in a stretch of text: what is wrong with them, and what the text says."""

from __future__ import annotations

import re
from html.entities import name2codepoint

from tm.formats.tmx_rules import xml as say
from tm.formats.tmx_rules.rule import Edit, Problem
from tm.formats.tmx_rules.words import _
from tm.formats.tmx_rules.xml import declared_entity

__all__ = ["ILLEGAL", "TextReader", "legal"]

_BAD = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
ILLEGAL = re.compile(f"[{_BAD}]")
"""A character that XML does not allow; bytes without meaning are among them."""
_RISK = re.compile(f"&|]]>|<|[{_BAD}]+")
_REFERENCE = re.compile(
    r"&(?:#(?P<number>[0-9]{1,10}|x[0-9a-fA-F]{1,8})|(?P<name>[A-Za-z_:][A-Za-z0-9_:.-]{0,63}));"
)
_LOW = re.compile(r"&#(?:(?P<decimal>[0-9]{5})|x(?P<hex>[dD][c-fC-F][0-9a-fA-F]{2}));")
_FIVE = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_BYTES = re.compile("[\udc80-\udcff]+")
_CESU = re.compile("\udced([\udca0-\udcaf])([\udc80-\udcbf])\udced([\udcb0-\udcbf])([\udc80-\udcbf])")
_MOST = 10_000
_INSTEAD = {0x0B: " ", 0x0C: " ", 0x1E: "&#x2011;"}
"""What stands for control characters that mean something in word processors: breaks, a fixed hyphen."""


def legal(code: int) -> bool:
    """True for a code point that XML allows."""
    return (
        code in {0x9, 0xA, 0xD}
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or 0x10000 <= code <= 0x10FFFF
    )


class TextReader:
    """Reads text of one file. `entities` maps the names declared in it to plain text, or None."""

    def __init__(self, codec: str) -> None:
        self.entities: dict[str, str | None] = {}
        self._wide = codec.startswith(("utf-16", "utf-32"))
        self._codec = codec.upper()

    def read(
        self, raw: str, start: int, problems: list[Problem], *, attribute: bool = False, plain: bool = False
    ) -> str:
        """What the text at this offset says; its faults are added to the problems.

        `attribute`: ]]> may stand in it, < may not. `plain`: a CDATA section or comment, without references.
        """
        risk = _RISK.search(raw)
        if risk is None:
            return raw
        parts: list[str] = []
        done = 0
        while risk is not None:
            at = risk.start()
            end, said = self._one(raw, at, start, problems, (attribute, plain))
            parts += [raw[done:at], said]
            done = end
            if len(problems) > _MOST:
                problems.append(_too_many(start + done))
                break
            risk = _RISK.search(raw, done)
        return "".join([*parts, raw[done:]])

    def _one(
        self, raw: str, at: int, start: int, problems: list[Problem], where: tuple[bool, bool]
    ) -> tuple[int, str]:
        """The end of what stands here, and what it says."""
        attribute, plain = where
        char = raw[at]
        if char == "&":
            return (at + 1, "&") if plain else self._reference(raw, at, start, problems)
        if char == "<":
            if attribute:
                problems.append(say.bare_less_than(start + at).mended(_edit(start + at, 1, "&lt;")))
            return at + 1, "<"
        if char == "]":
            if not (attribute or plain):
                problems.append(_cdata_end(start + at))
            return at + 3, "]]>"
        end = _run_end(raw, at)
        return end, self._characters(raw, at, end, start, problems)

    def _reference(self, raw: str, at: int, start: int, problems: list[Problem]) -> tuple[int, str]:
        found = _REFERENCE.match(raw, at)
        if found is None:
            problems.append(say.bare_ampersand(start + at).mended(_edit(start + at, 1, "&amp;")))
            return at + 1, "&"
        if found["number"]:
            return self._number(raw, found, start, problems)
        name = found["name"]
        if name in _FIVE:
            return found.end(), _FIVE[name]
        return found.end(), self._named(name, found, start, problems)

    def _named(self, name: str, found: re.Match[str], start: int, problems: list[Problem]) -> str:
        at, size = start + found.start(), len(found[0])
        if name in self.entities:
            said = self.entities[name]
            problem = declared_entity(at, name, "", used=True)
            problems.append(problem if said is None else problem.mended(_edit(at, size, said)))
            return "\u25a1" if said is None else said
        meant = chr(name2codepoint[name]) if name in name2codepoint else ""
        instead = f"&#{ord(meant)};" if meant else ""
        problem = say.undefined_entity(at, name, instead)
        problems.append(problem.mended(_edit(at, size, instead)) if instead else problem)
        return meant or found[0]

    def _number(self, raw: str, found: re.Match[str], start: int, problems: list[Problem]) -> tuple[int, str]:
        digits = found["number"]
        code = int(digits[1:], 16) if digits[0] == "x" else int(digits)
        if legal(code):
            return found.end(), chr(code)
        at = start + found.start()
        low = _LOW.match(raw, found.end()) if 0xD800 <= code <= 0xDBFF else None
        second = (int(low["decimal"]) if low["decimal"] else int(low["hex"], 16)) if low else 0
        if low and 0xDC00 <= second <= 0xDFFF:
            joined = 0x10000 + ((code - 0xD800) << 10) + second - 0xDC00
            text = f"{found[0]}{low[0]}"
            problem = say.illegal_reference(at, text, f"&#x{joined:X};")
            problems.append(problem.mended(_edit(at, len(text), f"&#x{joined:X};")))
            return low.end(), chr(joined)
        instead = _INSTEAD.get(code, "")
        problem = say.illegal_reference(at, found[0], _shown(instead))
        problems.append(problem.mended(_edit(at, len(found[0]), instead)))
        return found.end(), " " if instead == " " else ""

    def _characters(self, raw: str, at: int, end: int, start: int, problems: list[Problem]) -> str:
        """A run of characters that XML does not allow: control characters one by one, bytes together."""
        said = []
        while at < end and len(problems) <= _MOST:
            code = ord(raw[at])
            joined = _CESU.match(raw, at, end)
            if joined and not self._wide:
                said.append(_joined(joined, start, problems))
                at = joined.end()
            elif 0xDC80 <= code <= 0xDCFF and not self._wide:
                stop = _bytes_end(raw, at, end)
                shown = " ".join(f"0x{ord(char) - 0xDC00:02X}" for char in raw[at : min(stop, at + 8)])
                problems.append(say.undecodable(start + at, shown, self._codec))
                said.append("\u25a1")  # U+FFFD would be reported once more, as damaged text
                at = stop
            else:
                said.append(_control(code, start + at, problems))
                at += 1
        return "".join(said)


def _control(code: int, at: int, problems: list[Problem]) -> str:
    instead = _INSTEAD.get(code, "")
    problem = say.illegal_character(at, f"U+{code:04X}", _shown(instead))
    half = 0xD800 <= code <= 0xDFFF
    problems.append(problem if half else problem.mended(_edit(at, 1, instead)))
    return " " if instead == " " else ""


def _joined(found: re.Match[str], start: int, problems: list[Problem]) -> str:
    """A character beyond U+FFFF whose surrogates were written as UTF-8 one by one."""
    high_one, high_two, low_one, low_two = (ord(part) - 0xDC00 for part in found.groups())
    high = 0xD000 | (high_one & 0x3F) << 6 | (high_two & 0x3F)
    low = 0xD000 | (low_one & 0x3F) << 6 | (low_two & 0x3F)
    code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)
    at = start + found.start()
    problem = say.illegal_character(at, f"U+{high:04X} U+{low:04X}", f"&#x{code:X};")
    problems.append(problem.mended(_edit(at, 6, f"&#x{code:X};")))
    return chr(code)


def _too_many(at: int) -> Problem:
    what = _("there are more than {limit} faults in one text").format(limit=_MOST)
    return say.limits(at, what, _("the rest of the text was not looked at; mend it, and look again"))


def _cdata_end(at: int) -> Problem:
    return say.comment(at, _("]]> stands in the text"), _("write ]]&gt;")).mended(_edit(at + 2, 1, "&gt;"))


def _run_end(raw: str, at: int) -> int:
    found = _RISK.match(raw, at)
    return found.end() if found else at + 1


def _bytes_end(raw: str, at: int, end: int) -> int:
    """Where a run of bytes without meaning ends, or a character written as two surrogates begins."""
    run = _BYTES.match(raw, at, end)
    stop = run.end() if run else at + 1
    joined = _CESU.search(raw, at + 1, stop)
    return joined.start() if joined else stop


def _edit(at: int, size: int, text: str) -> Edit:
    return Edit(at, at + size, text)


def _shown(instead: str) -> str:
    return _("a space") if instead == " " else instead
