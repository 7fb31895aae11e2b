"""What beads cost: the one table of numbers the search goes by."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Prices"]

_SHAPES = {
    (1, 1): 0.0,
    (1, 2): -2.0,
    (2, 1): -2.0,
    (2, 2): -3.6,
    (1, 3): -3.6,
    (3, 1): -3.6,
    (2, 3): -4.6,
    (3, 2): -4.6,
    (1, 4): -4.6,
    (4, 1): -4.6,
    (3, 3): -5.6,
    (2, 4): -5.6,
    (4, 2): -5.6,
    (3, 4): -6.2,
    (4, 3): -6.2,
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
    swap: float = -6.0
    lexical: float = 0.5
    crossing: float = 5.0
    stagger: float = 0.7
    length: float = 0.5
    spread: float = 0.22
    short_spread: float = 1.6
    worst_length: float = 8.0
