"""The term base: concepts with their Chinese and English terms."""

from __future__ import annotations

from dataclasses import dataclass

from tm.model import Concept

__all__ = ["TermBase"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermBase:
    """Concepts with their Chinese and English terms, in the order they were read."""

    concepts: tuple[Concept, ...] = ()
