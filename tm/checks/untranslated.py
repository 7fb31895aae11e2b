"""Whether a unit is translated at all; where it is not, only that is worth reporting."""

from __future__ import annotations

from tm.model import Unit
from tm.text.folding import is_han
from tm.text.scripts import is_mostly_chinese

__all__ = ["has_han", "is_untranslated"]


def has_han(text: str) -> bool:
    """True when the text holds a Chinese character."""
    return any(map(is_han, text))


def is_untranslated(unit: Unit) -> bool:
    """True when Chinese stands in the source and the target is empty, the same, or mostly Chinese."""
    source, target = unit.source.text.strip(), unit.target.text.strip()
    if not target:
        return bool(source)
    return has_han(source) and (source == target or is_mostly_chinese(target))
