"""Short ids made from texts: stable under edits elsewhere in a document."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

__all__ = ["text_digest", "text_id", "unique_ids"]


def text_id(text: str) -> str:
    """The first 8 hexadecimal digits of the text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def unique_ids(texts: Iterable[str]) -> list[str]:
    """An id for each text; the second text of the same id gets `.2` behind it, the third `.3`."""
    seen: Counter[str] = Counter()
    ids = []
    for text in texts:
        short = text_id(text)
        seen[short] += 1
        ids.append(short if seen[short] == 1 else f"{short}.{seen[short]}")
    return ids


def text_digest(text: str) -> str:
    """`sha256:` and the 64 hexadecimal digits of the text's SHA-256, line ends as LF."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "sha256:" + hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
