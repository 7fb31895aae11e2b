"""Edit distances of candidates, with integer cut-offs.

Floating-point cut-offs lose pairs that lie exactly on them, so only integers are handed down.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

__all__ = ["distances"]


def distances(text: str, others: Sequence[str], largest: int) -> NDArray[np.int32]:
    """The edit distance of the text to each of the others; above `largest` any number above it."""
    if not others:
        return np.zeros(0, dtype=np.int32)
    found = cdist([text], others, scorer=Levenshtein.distance, score_cutoff=largest, dtype=np.int32)
    return np.asarray(found[0], dtype=np.int32)
