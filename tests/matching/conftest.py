from __future__ import annotations

import gzip
import os
import random
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def real_texts() -> list[str]:
    """Chinese articles of law, several of each law, from the measuring data."""
    root = os.environ.get("TM_TEST_DATA")
    if not root:
        pytest.skip("TM_TEST_DATA does not name the measuring data")
    with gzip.open(Path(root) / "segments" / "tw-law.hans.tsv.gz", "rt", encoding="utf-8") as stream:
        return [line.split("\t", 1)[0] for line in stream]


@pytest.fixture
def chance() -> random.Random:
    """Always the same choices."""
    return random.Random(20181121)  # noqa: S311 - nothing is kept secret with it
