"""What a file is that is no TMX, as far as its beginning says."""

from __future__ import annotations

from tm.formats.tmx_rules import xml as say
from tm.formats.tmx_rules.rule import Problem
from tm.formats.tmx_rules.words import _

__all__ = ["plain", "strange"]


def strange(at: int, name: str, beginning: str) -> Problem:
    """The fault of a file whose root is another element than tmx."""
    bare = name.rpartition(":")[2]
    lower = bare.lower()
    known = {
        "html": (_("it is a web page"), _("download it again, signed in if that is needed")),
        "xliff": (_("it is XLIFF"), _("call it .xlf and import it as such")),
        "martif": (_("it is a term base (TBX)"), _("call it .tbx and import it with `tm terms import`")),
        "tbx": (_("it is a term base (TBX)"), _("call it .tbx and import it with `tm terms import`")),
        "trados": (_("it is an export of an old Trados"), _("export it from there as TMX")),
        "tru": (_("it is the text export of Trados"), _("export it from there as TMX")),
        "srx": (_("it holds segmentation rules (SRX)"), _("ask for the memory itself")),
        "error": (_("it is an error message of a server"), _("fetch it again")),
    }
    if lower == "tmx":
        what = _("its root element is {name}, which must be written tmx").format(name=name)
        return say.not_tmx(at, what, _("write the names of elements in lower case"))
    if lower in {"head", "body", "title", "script", "div", "p", "meta"} or "<html" in beginning.lower():
        what, fix = known["html"]
    elif lower in known:
        what, fix = known[lower]
    else:
        what = _("its root element is {name}").format(name=bare)
        fix = _('a TMX begins with <tmx version="1.4">; is it the right file?')
    return say.not_tmx(at, what, fix)


def plain(beginning: str) -> Problem:
    """The fault of a file without any element."""
    text = beginning.lstrip(" \t\r\n\ufeff\0")
    at = len(beginning) - len(text)
    fix = _('a TMX begins with <tmx version="1.4">; is it the right file?')
    if text.startswith("{") or text.startswith("["):
        return say.not_tmx(at, _("it looks like JSON"), fix)
    if text.startswith("%PDF"):
        return say.not_tmx(at, _("it is a PDF document"), fix)
    if text.startswith("msgid") or "\nmsgid " in text:
        return say.not_tmx(at, _("it is a PO file"), _("call it .po and import it as such"))
    if not text.isprintable() and any(ord(char) < 9 for char in text[:200]):
        return say.not_tmx(at, _("it is no text"), fix)
    shown = " ".join(text.split())[:60]
    return say.not_tmx(at, _("it begins with “{text}”, and has no element").format(text=shown), fix)
