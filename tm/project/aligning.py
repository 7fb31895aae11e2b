"""Two texts to aligned units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _

from tm.alignment import Alignment, align
from tm.model import Header, Memory
from tm.project.build import bead_units
from tm.project.drafting import term_base
from tm.project.folder import Project
from tm.project.texts import segments_of
from tm.version import __version__

__all__ = ["TextFile", "align_texts", "alignment_json", "doubts", "memory_of"]

_LOW = 0.5  # a bead below this confidence wants a look
_UNEVEN = 3.0  # one side has so many times the segments of the other


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    """A text as it was read: its path, for messages, and its bytes."""

    path: str
    content: bytes


def align_texts(
    project: Project, zh: TextFile, en: TextFile, *, terms: Sequence[str] = (), segmented: bool = False
) -> Alignment:
    """The alignment of a Chinese and an English text; a wrong language or an empty text is an error."""
    source = segments_of(zh.content, path=zh.path, lang=project.settings.source, segmented=segmented)
    target = segments_of(en.content, path=en.path, lang=project.settings.target, segmented=segmented)
    return align(
        [one.segment.text for one in source],
        [one.segment.text for one in target],
        zh_para=[one.place.paragraph for one in source],
        en_para=[one.place.paragraph for one in target],
        terms=term_base(project, terms).concepts,
        cache=project.cache,
    )


def memory_of(alignment: Alignment, name: str) -> Memory:
    """A memory of the alignment's two-sided beads; segments without a counterpart stay out."""
    units = tuple(bead_units(alignment.zh, alignment.en, alignment.beads))
    return Memory(name=name, header=Header(tool="tm align", tool_version=__version__), units=units)


def doubts(alignment: Alignment) -> list[str]:
    """What makes the whole alignment doubtful, in words; empty when nothing does."""
    found = []
    shorter, longer = sorted((len(alignment.zh), len(alignment.en)))
    if longer > _UNEVEN * shorter:
        found.append(
            _("one text has {longer} segments, the other {shorter}: are they the same release?").format(
                longer=longer, shorter=shorter
            )
        )
    linked = [bead for bead in alignment.beads if bead.source and bead.target]
    low = sum(bead.score < _LOW for bead in linked)
    if not linked or low * 2 > len(linked):
        found.append(_("most links are uncertain: the texts may not be translations of each other"))
    return found


def alignment_json(alignment: Alignment) -> dict[str, object]:
    """The document `tm.align/1`."""
    beads: list[dict[str, object]] = []
    for bead in alignment.beads:
        shown: dict[str, object] = {
            "zh": list(bead.source),
            "en": list(bead.target),
            "score": round(bead.score, 4),
            "reasons": {name: round(value, 4) for name, value in bead.reasons},
        }
        beads.append(shown | ({"crossing": True} if bead.crossing else {}))
    return {
        "schema": "tm.align/1",
        "zh": _side(alignment.zh, alignment.zh_para),
        "en": _side(alignment.en, alignment.en_para),
        "beads": beads,
    }


def _side(texts: Sequence[str], paragraphs: Sequence[int] | None) -> list[dict[str, object]]:
    numbers = paragraphs if paragraphs is not None else [0] * len(texts)
    return [{"text": text, "para": number} for text, number in zip(texts, numbers, strict=True)]
