"""What the term base alone can offer for a segment that no memory knows."""

from __future__ import annotations

from tm.model import Concept, TermStatus
from tm.terms.base import TermBase

__all__ = ["suggested"]

_SEPARATOR = "; "


def suggested(text: str, terms: TermBase) -> str:
    """The renderings of the terms in a Chinese text, in its order, once each; "" without any."""
    renderings = [_rendering(hit.concept) for hit in terms.find_zh(text)]
    return _SEPARATOR.join(dict.fromkeys(filter(None, renderings)))


def _rendering(concept: Concept) -> str:
    """The preferred rendering, else the first admitted one."""
    for status in (TermStatus.PREFERRED, TermStatus.ADMITTED):
        for term in concept.renderings(status):
            return term.text
    return ""
