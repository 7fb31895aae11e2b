"""The ids of units that come into a memory."""

from __future__ import annotations

import hashlib
from collections import Counter

from tm.model import Unit

__all__ = ["Ids"]


class Ids:
    """The unit ids of a memory, which stay unique."""

    def __init__(self) -> None:
        self._taken: set[int] = set()  # of hashes: a million texts are too many
        self._repeats: Counter[str] = Counter()

    def release(self, name: str) -> None:
        """An id is free again."""
        self._taken.discard(hash(name))

    def take(self, name: str) -> None:
        """Notes an id that is in use."""
        self._taken.add(hash(name))

    def fresh(self, unit: Unit) -> str:
        """The unit's id, with a number when it is in use; made from the source where there is none."""
        base = unit.id or _made_id(unit)
        name = base
        while hash(name) in self._taken:
            self._repeats[base] += 1
            name = f"{base}.{self._repeats[base] + 1}"
        self.take(name)
        return name


def _made_id(unit: Unit) -> str:
    made = hashlib.sha256(unit.source.text.encode("utf-8")).hexdigest()[:8]
    return f"{unit.origin.release}/{made}" if unit.origin.release else made
