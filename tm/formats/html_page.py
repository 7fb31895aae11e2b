"""Pages that hold all they need: one file, no script, nothing fetched; all text escaped by the template."""

from __future__ import annotations

import re
from functools import cache
from gettext import gettext as _

from jinja2 import Environment, PackageLoader, StrictUndefined

from tm.text.scripts import han_share
from tm.version import __version__

__all__ = ["page", "page_language", "text_language"]

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What HTML forbids, or no UTF-8 holds."""
_PICTURES = 0x2400
_SCRIPTS = {"zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-tw": "zh-Hant", "zh-hk": "zh-Hant"}


def page(template: str, **values: object) -> bytes:
    """The page that this template makes of the values, in UTF-8."""
    made = _environment().get_template(template)
    return made.render(lang=page_language(), version=__version__, **values).encode()


def page_language() -> str:
    """The language tag of what the page itself says: that of the messages."""
    return "zh-Hans" if han_share(_("segments")) else "en"


def text_language(lang: str) -> str:
    """The tag by which browsers choose glyphs: the script of Chinese, not the country."""
    return _SCRIPTS.get(lang.lower(), lang)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("tm.formats", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )
    made.filters["count"] = lambda number: f"{number:,}"
    return made


def _shown(value: object) -> object:
    """Text with pictures for the control characters, which HTML cannot hold."""
    return _UNSEEN.sub(_picture, value) if type(value) is str else value


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(_PICTURES + code) if code < 0x20 else "\ufffd"
