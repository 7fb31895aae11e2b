"""What a cue is: a source of tokens that speak for two segments translating each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from tm.alignment.document import Document

__all__ = ["Cue", "Link", "Tokens", "same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The tokens of each segment of a document, one list a segment."""

    zh: Sequence[Sequence[str]]
    en: Sequence[Sequence[str]]


Link = tuple[str, str, float]
"""A Chinese token, an English one, and the probability that the first is rendered by the second."""


class Cue(Protocol):
    """One kind of evidence; adding another is adding one file and one place in the tuple of cues."""

    @property
    def name(self) -> str:
        """What the evidence is called in a bead's reasons."""
        ...

    @property
    def weight(self) -> float:
        """How much a token of this cue counts beside a dictionary word."""
        ...

    def tokens(self, document: Document) -> Tokens:
        """The tokens of a document."""
        ...

    def links(self, zh: Sequence[str], en: Sequence[str]) -> Iterator[Link]:
        """The links among the token types that occur."""
        ...


def same(zh: Sequence[str], en: Sequence[str], certainty: float) -> Iterator[Link]:
    """Links between tokens that are spelt alike on both sides."""
    known = set(en)
    for token in zh:
        if token in known:
            yield token, token, certainty
