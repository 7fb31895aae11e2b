"""The best way through a document, and how sure each step of it is: dynamic programming in a band."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tm.alignment.scoring import Scores

__all__ = ["Step", "best_path"]

Floats = npt.NDArray[np.float64]

_NEVER = -1e18


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A bead on the path: `rows` Chinese segments from `row` on and `columns` English ones from `column` on.

    `posterior` is its share of all paths, weighted by their scores; `swapped` says that the two segments of
    each side change places.
    """

    row: int
    column: int
    rows: int
    columns: int
    score: float
    posterior: float = 0.0
    swapped: bool = False


def best_path(scores: Scores) -> list[Step]:
    """The path of highest score from the beginning to the end of both sides."""
    lattice = _Lattice(scores)
    choice = lattice.forward_best()
    steps = lattice.trace(choice)
    forward, backward = lattice.forward_all(), lattice.backward_all()
    total = forward[-1, lattice.end]
    return [lattice.weighed(step, forward, backward, total) for step in steps]


class _Lattice:
    """Cells (row, k): `row` Chinese segments and `low[row] + k` English ones are behind."""

    def __init__(self, scores: Scores) -> None:
        self.low, self.width = scores.band.low, scores.band.width
        self.rows = len(self.low) - 1
        self.columns = len(scores.en_null)
        self.end = self.columns - int(self.low[-1])
        null = np.broadcast_to(scores.zh_null[:, None], (self.rows, self.width))
        self.beads = [((1, 0), null), *sorted(scores.beads.items())]
        self.en_sums = np.concatenate([[0.0], np.cumsum(scores.en_null, dtype=np.float64)])
        self.en_null = scores.en_null
        self.swapped = scores.swapped

    def forward_best(self) -> npt.NDArray[np.int8]:
        """By which bead the best way reaches each cell; -1 is an English segment alone."""
        best = np.full((self.rows + 1, self.width), _NEVER)
        choice = np.full((self.rows + 1, self.width), -2, np.int8)
        for row in range(self.rows + 1):
            reached = np.full(self.width, _NEVER)
            if row == 0:
                reached[-int(self.low[0])] = 0.0
            for number, ((rows, columns), score) in enumerate(self.beads):
                to, origin = self._overlap(row - rows, row, columns)
                if to is None:
                    continue
                value = best[row - rows, origin] + score[row - rows, origin]
                better = value > reached[to]
                reached[to][better] = value[better]
                choice[row, to][better] = number
            nulls = self._nulls(row)
            running = np.maximum.accumulate(reached - nulls)
            choice[row, running > reached - nulls] = -1
            best[row] = running + nulls
        return choice

    def forward_all(self) -> Floats:
        """The log sum of all ways to each cell."""
        total = np.full((self.rows + 1, self.width), _NEVER)
        for row in range(self.rows + 1):
            reached = np.full(self.width, _NEVER)
            if row == 0:
                reached[-int(self.low[0])] = 0.0
            for (rows, columns), score in self.beads:
                to, origin = self._overlap(row - rows, row, columns)
                if to is not None:
                    value = total[row - rows, origin] + score[row - rows, origin]
                    reached[to] = np.logaddexp(reached[to], value)
            nulls = self._nulls(row)
            total[row] = np.logaddexp.accumulate(reached - nulls) + nulls
        return total

    def backward_all(self) -> Floats:
        """The log sum of all ways from each cell to the end."""
        total = np.full((self.rows + 1, self.width), _NEVER)
        for row in range(self.rows, -1, -1):
            left = np.full(self.width, _NEVER)
            if row == self.rows:
                left[self.end] = 0.0
            for (rows, columns), score in self.beads:
                if row + rows > self.rows:
                    continue
                to, origin = self._overlap(row, row + rows, columns)
                if to is not None:
                    value = total[row + rows, to] + score[row, origin]
                    left[origin] = np.logaddexp(left[origin], value)
            nulls = self._nulls(row)
            total[row] = np.logaddexp.accumulate((left + nulls)[::-1])[::-1] - nulls
        return total

    def trace(self, choice: npt.NDArray[np.int8]) -> list[Step]:
        """The steps of the best path, first to last; posteriors are still unknown."""
        row, place = self.rows, self.end
        steps = []
        while row or place + int(self.low[row]):
            number = int(choice[row, place])
            column = place + int(self.low[row])
            rows, columns = self.beads[number][0] if number >= 0 else (0, 1)
            row, column = row - rows, column - columns
            place = column - int(self.low[row])
            score = float(self.beads[number][1][row, place]) if number >= 0 else float(self.en_null[column])
            swapped = (rows, columns) == (2, 2) and bool(self.swapped[row, place] >= score)
            steps.append(
                Step(row=row, column=column, rows=rows, columns=columns, score=score, swapped=swapped)
            )
        return steps[::-1]

    def weighed(self, step: Step, forward: Floats, backward: Floats, total: float) -> Step:
        """The step with its posterior; that of a lonely segment counts wherever the other side may stand."""
        if not step.columns:
            ways = self._alone_in_chinese(step.row, forward, backward)
        elif not step.rows:
            ways = self._alone_in_english(step.column, forward, backward)
        else:
            origin = forward[step.row, step.column - int(self.low[step.row])]
            to = step.row + step.rows
            ways = origin + backward[to, step.column + step.columns - int(self.low[to])]
        return replace(step, posterior=float(np.exp(min(0.0, ways + step.score - total))))

    def _alone_in_chinese(self, row: int, forward: Floats, backward: Floats) -> float:
        """The log sum of all ways around a Chinese segment that is left alone, its price left out."""
        to, origin = self._overlap(row, row + 1, 0)
        if to is None:
            return _NEVER
        return float(np.logaddexp.reduce(forward[row, origin] + backward[row + 1, to]))

    def _alone_in_english(self, column: int, forward: Floats, backward: Floats) -> float:
        """The log sum of all ways around an English segment that is left alone, its price left out."""
        places = column - self.low
        rows = np.flatnonzero((places >= 0) & (places + 1 < self.width))
        return float(np.logaddexp.reduce(forward[rows, places[rows]] + backward[rows, places[rows] + 1]))

    def _nulls(self, row: int) -> Floats:
        """Sums of the prices of English segments left alone, up to each cell of a row."""
        low = int(self.low[row])
        places = np.minimum(np.arange(low, low + self.width), self.columns)
        return self.en_sums[places]

    def _overlap(self, origin: int, row: int, columns: int) -> tuple[slice, slice] | tuple[None, None]:
        """The cells of `row` that beads with `columns` English segments reach from row `origin`."""
        if origin < 0:
            return None, None
        shift = int(self.low[row]) - int(self.low[origin]) - columns
        first, last = max(0, -shift), min(self.width, self.width - shift)
        if first >= last:
            return None, None
        return slice(first, last), slice(first + shift, last + shift)
