"""Languages by their tags."""

from __future__ import annotations

from functools import cache
from gettext import gettext as _

from tm.errors import ConfigError
from tm.segment.chinese import Chinese
from tm.segment.engine import Language, cut
from tm.segment.english import English

__all__ = ["split"]


def split(text: str, lang: str) -> list[tuple[int, int]]:
    """Half-open offsets (code points) of the segments of a text, in order and without overlap.

    Segments have no white space around them; everything else of the text is in exactly one of them.
    `lang` is a BCP 47 tag of Chinese or English; another one is a ConfigError.
    """
    return list(cut(text, _language(lang.replace("_", "-").split("-")[0].lower())))


@cache
def _language(name: str) -> Language:
    if name == "zh":
        return Chinese()
    if name == "en":
        return English()
    raise ConfigError(
        _("there are no segmentation rules for the language {name!r}").format(name=name),
        hint=_("Segment the text first, one segment a line, or use zh or en."),
    )
