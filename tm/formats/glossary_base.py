"""What a reader of terms gives back: concepts, and what became of the rest of the file."""

from __future__ import annotations

from dataclasses import dataclass

from tm.model import Concept

__all__ = ["Glossary", "LeftOut"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Terms that were read and cannot be used, and why. `line` counts from 1; 0 = the format does not tell.

    `terms` is how many terms of either language it stands for.
    """

    line: int
    concept: str
    reason: str
    terms: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """The concepts of a file in its order, what was left out whole, and which fields were not taken.

    `lost` names kinds of fields with how often they stood in the file, sorted by name.
    """

    concepts: tuple[Concept, ...]
    left_out: tuple[LeftOut, ...] = ()
    lost: tuple[tuple[str, int], ...] = ()
