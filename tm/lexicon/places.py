"""Places and their English names, for the names that pinyin alone does not give or cannot be sure of."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

__all__ = ["place_names"]


@cache
def place_names() -> Mapping[str, tuple[str, ...]]:
    """The English names of each Chinese place, the one to write first, without province, city or county."""
    text = (files("tm.lexicon") / "places.csv").read_text(encoding="utf-8")
    return {line["zh"]: tuple(line["en"].split("|")) for line in csv.DictReader(io.StringIO(text))}
