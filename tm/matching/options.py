"""What may be set about matching."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import gettext as _
from types import MappingProxyType

from tm.errors import ConfigError

__all__ = ["PENALTIES", "MatchOptions"]

PENALTIES: Mapping[str, float] = MappingProxyType(
    {
        "space": 0.5,
        "width": 0.5,
        "punctuation": 1.0,
        "number": 0.0,
        "negation": 0.0,
        "alternatives": 0.0,
        "imported": 0.0,
        "draft": 0.0,
        "age": 0.0,
    }
)
"""Points taken off, by name, unless set otherwise. With 0 the difference is only pointed out.

`imported` and `draft` are for units that came from elsewhere and whose translation is not finished; `age` is
for each year that a unit is older than the newest of the memories, and says nothing while it is 0.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchOptions:
    """`threshold` is the lowest score in percent; `limit` the most matches of a segment.

    Different translations of an exact match are all kept, beyond `limit` too. Units of the releases in
    `without` are left out; with `before`, all that are not known to be older than that day.
    """

    threshold: float = 70.0
    limit: int = 5
    without: tuple[str, ...] = ()
    before: datetime.date | None = None
    penalties: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 0 < self.threshold <= 100:
            raise ConfigError(
                _("the threshold is a percentage above 0, not {threshold}").format(threshold=self.threshold)
            )
        if self.limit < 1:
            raise ConfigError(_("at least one match must be asked for, not {limit}").format(limit=self.limit))
        unknown = sorted(set(self.penalties) - set(PENALTIES))
        if unknown:
            raise ConfigError(
                _("there is no penalty called {name}").format(name=unknown[0]),
                hint=_("Penalties: {names}").format(names=", ".join(PENALTIES)),
            )

    def points(self, name: str) -> float:
        """The points that this penalty takes off."""
        return self.penalties.get(name, PENALTIES[name])

    def allows(self, release: str, date: str) -> bool:
        """True when a unit of this release and ISO date may be offered."""
        if release and release in self.without:
            return False
        return self.before is None or "" < date < self.before.isoformat()
