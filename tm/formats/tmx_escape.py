"""Text as XML, fast: nothing is touched that need not be, and all of it comes back as it was."""

from __future__ import annotations

import re
from functools import lru_cache
from gettext import gettext as _

from tm.errors import FormatError

__all__ = ["attribute", "checked", "illegal_at", "text", "value"]

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile(r"""[&<>"\t\n\r]""")
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r")
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_NAME = re.compile(r"[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?")


def text(value: str) -> str:
    """The text as the content of an element; carriage returns as references, which XML would else lose."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def value(content: str) -> str:
    """The content of an attribute, in quotes."""
    if not _SPECIAL.search(content):
        return f'"{content}"'
    content = text(content).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")
    return f'"{content}"'


@lru_cache(maxsize=4096)
def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise FormatError(
            _("{name} cannot be the name of an XML attribute").format(name=ascii(name)),
            hint=_("Names have letters, digits, points and hyphens, and begin with a letter."),
        )
    return name


def attribute(name: str, content: str) -> str:
    """One attribute, with the blank in front of it."""
    return f" {_name(name)}={value(content)}"


def illegal_at(value: str) -> int:
    """The offset of the first character that XML cannot hold; -1 when there is none."""
    found = _ILLEGAL.search(value)
    return found.start() if found else -1


def checked(xml: str) -> bytes | None:
    """The XML in UTF-8; None when a character is in it that XML cannot hold."""
    try:
        encoded = xml.encode("utf-8")
    except UnicodeEncodeError:
        return None
    if len(encoded.translate(None, _CONTROLS)) != len(encoded):
        return None
    return None if any(found in encoded for found in _NONCHARACTERS) else encoded
