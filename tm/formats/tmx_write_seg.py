"""Writes a segment with its inline codes as the content of a seg."""

from __future__ import annotations

from gettext import gettext as _

from tm.errors import FormatError
from tm.formats.tmx_escape import attribute, text
from tm.formats.tmx_seg import NATIVE
from tm.model import Code, Segment

__all__ = ["native_xml", "seg_content"]

_FOREIGN = "xliff-"  # what only XLIFF says of a code; TMX has no attribute for it


def seg_content(segment: Segment) -> str:
    """The segment as XML; never indented, because every blank in it is text."""
    if not segment.codes:
        return text(segment.text)
    return _flow(segment.text, segment.codes, 0, len(segment.text))


def native_xml(code: Code) -> str:
    """A code that stands inside native code, as XML."""
    return _element(code, _flow(code.text, code.children, 0, len(code.text)))


def _flow(whole: str, codes: tuple[Code, ...], start: int, end: int) -> str:
    """The text from start to end with the codes that stand in it."""
    parts = []
    at = start
    for code in codes:
        stop = code.offset + code.length
        if not at <= code.offset <= stop <= end:
            raise _misplaced(code, end)
        parts.append(text(whole[at : code.offset]))
        at = code.offset
        if code.kind == "hi":
            parts.append(_element(code, _flow(whole, code.children, at, stop)))
            at = stop
        elif code.kind in NATIVE:
            parts.append(_element(code, _native(code)))
        else:
            raise _misplaced(code, end)
    parts.append(text(whole[at:end]))
    return "".join(parts)


def _native(code: Code) -> str:
    """The native code with its sub-flows."""
    parts = []
    at = 0
    for child in code.children:
        if child.kind != "sub" or not at <= child.offset <= len(code.text):
            raise _misplaced(child, len(code.text))
        parts.append(text(code.text[at : child.offset]))
        parts.append(_element(child, _flow(child.text, child.children, 0, len(child.text))))
        at = child.offset
    parts.append(text(code.text[at:]))
    return "".join(parts)


def _element(code: Code, content: str) -> str:
    named = dict(code.attributes)
    name = named.get("", code.kind)
    fields = (("i", code.i), ("x", code.x), ("type", code.type))
    others = (pair for pair in code.attributes if pair[0] and not pair[0].startswith(_FOREIGN))
    pairs = [*(pair for pair in fields if pair[1]), *others]
    return f"<{name}{''.join(attribute(*pair) for pair in pairs)}>{content}</{name}>"


def _misplaced(code: Code, end: int) -> FormatError:
    return FormatError(
        _("the inline code {kind} at {offset} cannot stand there (the text ends at {end})").format(
            kind=code.kind, offset=code.offset, end=end
        ),
        hint=_("After an edit of the text its codes must be moved or taken out too."),
    )
