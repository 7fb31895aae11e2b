"""What beads cost: the one table of numbers the search goes by."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Prices"]

_SHAPES = {
    (1, 1): 0.0,
    (1, 2): -2.6,
    (2, 1): -2.6,
    (2, 2): -4.7,
    (1, 3): -4.7,
    (3, 1): -4.7,
    (2, 3): -6.0,
    (3, 2): -6.0,
    (1, 4): -6.0,
    (4, 1): -6.0,
    (3, 3): -7.3,
    (2, 4): -7.3,
    (4, 2): -7.3,
    (3, 4): -8.1,
    (4, 3): -8.1,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """Natural log units, tuned on the development sets of the benchmark.

    `shapes` is the log prior of a bead by its numbers of segments; `null` that of a segment without
    counterpart, which must be dearer where no paragraphs show that a segment stands apart
    (`null_unstructured`). `swap` is the prior of two neighbours that changed places. `lexical` scales the
    gains of both directions. `crossing` is paid for each paragraph border inside a bead, `stagger` when only
    one side begins a paragraph. `length` scales the squared deviation of the log length ratio, measured in
    standard deviations that shrink from `short_spread` to `spread` as segments grow.
    """

    shapes: dict[tuple[int, int], float] = field(default_factory=lambda: dict(_SHAPES))
    null: float = -0.3
    null_unstructured: float = -1.5
    swap: float = -5.0
    lexical: float = 0.45
    crossing: float = 5.0
    stagger: float = 0.7
    length: float = 0.75
    spread: float = 0.22
    short_spread: float = 1.6
    worst_length: float = 8.0
