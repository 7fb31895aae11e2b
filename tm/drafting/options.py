"""What may be set about leveraging and its analysis."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path
from types import MappingProxyType

from tm.errors import ConfigError
from tm.matching.options import MatchOptions

__all__ = ["WEIGHTS", "LeverageOptions"]

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "102": 0.1,
        "101": 0.1,
        "repetition": 0.2,
        "100": 0.3,
        "95-99": 0.4,
        "85-94": 0.5,
        "75-84": 0.6,
        "50-74": 1.0,
        "new": 1.0,
    }
)
"""The share of a band that is paid unless set otherwise, between the customs of the large tools."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeverageOptions:
    """`date` is the day that terms must be valid on; `weights` are by band, for those that differ.

    `cache` is where the lexicon is kept; without one it is made anew when clauses are put together.
    """

    match: MatchOptions = field(default_factory=MatchOptions)
    weights: Mapping[str, float] = field(default_factory=dict)
    date: datetime.date | None = None
    target_lang: str = "en"
    cache: Path | None = None

    def __post_init__(self) -> None:
        unknown = sorted(set(self.weights) - set(WEIGHTS))
        if unknown:
            raise ConfigError(
                _("there is no match band called {name}").format(name=unknown[0]),
                hint=_("Bands: {names}").format(names=", ".join(WEIGHTS)),
            )

    def weight(self, band: str) -> float:
        """The share of this band that is paid."""
        return self.weights.get(band, WEIGHTS[band])
