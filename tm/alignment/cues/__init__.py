"""Evidence for alignment, one file a cue."""

from __future__ import annotations

from collections.abc import Sequence

from tm.alignment.cues.base import Cue, Link, Tokens
from tm.alignment.cues.classes import Classes
from tm.alignment.cues.names import Names
from tm.alignment.cues.terms import Terms
from tm.alignment.cues.values import Values
from tm.alignment.cues.words import Words
from tm.lexicon import Lexicon
from tm.model import Concept

__all__ = ["Cue", "Link", "Tokens", "cues"]


def cues(lexicon: Lexicon, terms: Sequence[Concept] | None) -> tuple[Cue, ...]:
    """Every cue there is; terms only when there is a term base."""
    found: tuple[Cue, ...] = (Words(lexicon), Values(), Names(lexicon), Classes())
    return (*found, Terms(terms)) if terms else found
