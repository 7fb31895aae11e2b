"""Two texts that translate each other, in segments, and how they were aligned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from gettext import gettext as _

from tm.errors import InputError
from tm.model import Bead
from tm.text.folding import to_simplified
from tm.text.scripts import han_share

__all__ = ["Alignment", "Document"]

_ENOUGH_TEXT = 80
_LEAST_HAN = 0.05
_MOST_HAN = 0.6


@dataclass(frozen=True, kw_only=True)
class Document:
    """Segments of both sides; `zh_para` and `en_para` give each segment's paragraph, where it is known.

    `locked` beads are taken as they are.
    """

    zh: tuple[str, ...]
    en: tuple[str, ...]
    zh_para: tuple[int, ...] | None = None
    en_para: tuple[int, ...] | None = None
    locked: tuple[Bead, ...] = ()

    def __post_init__(self) -> None:
        _check_paragraphs(self.zh, self.zh_para)
        _check_paragraphs(self.en, self.en_para)
        _check_locked(self)
        _check_languages(self)

    @cached_property
    def simplified(self) -> tuple[str, ...]:
        """The Chinese segments in Simplified characters, as the evidence needs them."""
        return tuple(to_simplified(text) for text in self.zh)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Segments and the beads that link them.

    Every segment is in exactly one bead. Beads stand in the order of their first Chinese segment, one-sided
    English ones after the bead before them.
    """

    zh: tuple[str, ...]
    en: tuple[str, ...]
    zh_para: tuple[int, ...] | None
    en_para: tuple[int, ...] | None
    beads: tuple[Bead, ...]


def _check_paragraphs(segments: Sequence[str], paragraphs: Sequence[int] | None) -> None:
    if paragraphs is not None and len(paragraphs) != len(segments):
        raise InputError(
            _("{paragraphs} paragraph numbers for {segments} segments").format(
                paragraphs=len(paragraphs), segments=len(segments)
            ),
            hint=_("Give one paragraph number a segment, or none at all."),
        )


def _check_languages(document: Document) -> None:
    """Refuses sides that are plainly swapped or in one language; short texts pass."""
    zh, en = "".join(document.zh), "".join(document.en)
    if len(zh) >= _ENOUGH_TEXT and han_share(zh) < _LEAST_HAN and any(map(str.isalpha, zh)):
        raise InputError(
            _("the Chinese side is not Chinese"), hint=_("Give the Chinese text first, then the English one.")
        )
    if len(en) >= _ENOUGH_TEXT and han_share(en) > _MOST_HAN:
        raise InputError(
            _("the English side is Chinese"), hint=_("Give the Chinese text first, then the English one.")
        )


def _check_locked(document: Document) -> None:
    for side, count in (("source", len(document.zh)), ("target", len(document.en))):
        places = [place for bead in document.locked for place in getattr(bead, side)]
        if len(set(places)) != len(places):
            raise InputError(_("a segment is in two locked beads"), hint=_("Keep one of the two links."))
        if any(not 0 <= place < count for place in places):
            raise InputError(
                _("a locked bead names a segment that does not exist"),
                hint=_("The texts have changed since the links were made; align again."),
            )
