"""What reading a unit has in common in both versions of XLIFF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from tm.errors import FormatError
from tm.formats.xliff_remarks import origin_from
from tm.model import Origin, Prop, Segment, Status, Unit

__all__ = ["Found", "is_translatable", "origin_in", "unit_of", "without_language", "without_source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A unit that was read, the name of the file within the file, and whether it says its state."""

    unit: Unit
    original: str
    stated: bool = True

    def without_target(self) -> Unit:
        """The unit as one that is not translated."""
        return unit_of(self.unit, None)

    def in_file(self) -> Unit:
        """The unit with a prop that names the file within the file."""
        return Unit(
            **{name: getattr(self.unit, name) for name in _FIELDS},
            props=(Prop(type="x-file", text=self.original), *self.unit.props),
        )


_FIELDS = tuple(name for name in Unit.__dataclass_fields__ if name != "props")


def unit_of(unit: Unit, status: Status | None) -> Unit:
    """The unit with this status, without a target where that is no translation."""
    target = unit.target
    if status is None or not target.text or target.text == unit.source.text:
        status, target = Status.DRAFT, Segment(lang=target.lang, text="")
    named = {name: getattr(unit, name) for name in (*_FIELDS, "props")}
    return Unit(**{**named, "status": status, "target": target})


def is_translatable(unit: Any) -> bool:  # noqa: ANN401 - lxml
    """False where the unit, or the nearest group or file around it that says so, is not for translation."""
    around = (unit, *unit.iterancestors())
    said = next((value for one in around if (value := one.get("translate"))), "yes")
    return bool(said != "no")


def origin_in(kept: Mapping[str, str], *, path: str, unit: Any) -> Origin:  # noqa: ANN401 - lxml
    """The origin that a unit's own fields say; a FormatError where they are broken."""
    try:
        return origin_from(kept)
    except ValueError as error:
        raise FormatError(
            _("broken origin: {reason}").format(reason=error),
            path=path,
            line=unit.sourceline,
            unit=unit.get("id"),
            hint=_("Take the fields of the origin out of the unit, or write them as they were."),
        ) from None


def without_source(element: Any, reason: str, *, path: str, unit: str) -> FormatError:  # noqa: ANN401 - lxml
    """The error about a unit or segment without a source."""
    return FormatError(
        reason,
        path=path,
        line=element.sourceline,
        unit=unit,
        hint=_("Export the file again from the program it comes from."),
    )


def without_language(element: Any, side: str, name: str, *, path: str) -> FormatError:  # noqa: ANN401 - lxml
    """The error about a text whose language the file does not say."""
    reasons = {
        "source": _("the file does not say the language of its sources"),
        "target": _("the file does not say the language of its translations"),
    }
    return FormatError(
        reasons[side],
        path=path,
        line=element.sourceline,
        hint=_('Write it into the element, for example {name}="{lang}".').format(
            name=name, lang="zh-CN" if side == "source" else "en"
        ),
    )
