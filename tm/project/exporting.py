"""Memories to files for other tools, filtered, and whole OmegaT projects."""

from __future__ import annotations

import datetime
import io
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _

from tm.errors import ConfigError
from tm.formats import tmx, xliff
from tm.formats.omegat import OmegaTProject, project_files
from tm.model import Header, Memory, Status, Unit
from tm.project.drafting import term_base
from tm.project.folder import Project
from tm.store.memory import open_memory
from tm.version import __version__

__all__ = ["Condition", "condition", "exported", "omegat_files"]

_CONDITION = re.compile(r"(?P<name>\w+)\s*(?P<sign><=|>=|!=|=|<|>)\s*(?P<value>.*)")
_SIGNS: dict[str, Callable[[str, str], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ORDERED = ("<", "<=", ">", ">=")
_XLIFF = (".xlf", ".xliff")
_TRUSTED = (Status.REVIEWED, Status.APPROVED)
_PENALTY = 10  # percent that OmegaT takes off units nobody reviewed


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What `--where` asks of a unit; a value may end in * to stand for its beginning."""

    name: str
    sign: str
    value: str

    def holds(self, unit: Unit, memory: str) -> bool:
        """True for a unit of this memory that is wanted."""
        actual = _FIELDS[self.name](unit, memory)
        if self.value.endswith("*") and self.sign in ("=", "!="):
            return actual.startswith(self.value[:-1]) is (self.sign == "=")
        if self.sign in _ORDERED and not actual:
            return False
        return _SIGNS[self.sign](actual, self.value)


_FIELDS: dict[str, Callable[[Unit, str], str]] = {
    "release": lambda unit, _memory: unit.origin.release,
    "date": lambda unit, _memory: unit.origin.date.isoformat() if unit.origin.date else "",
    "office": lambda _unit, memory: memory,
    "status": lambda unit, _memory: unit.status.value,
    "creator": lambda unit, _memory: unit.origin.creator,
}


def condition(text: str) -> Condition:
    """The condition that `--where` states, such as date>=2020-01-01; anything else is a ConfigError."""
    found = _CONDITION.fullmatch(text.strip())
    if found is None or found["name"] not in _FIELDS:
        raise ConfigError(
            _("“{text}” is no condition").format(text=text),
            hint=_("Conditions: NAME=VALUE, also != < <= > >=. Names: {names}").format(
                names=", ".join(_FIELDS)
            ),
        )
    if found["name"] == "date":
        _check_date(found["value"])
    return Condition(name=found["name"], sign=found["sign"], value=found["value"].strip())


def exported(project: Project, names: Sequence[str], conditions: Iterable[Condition] = ()) -> Memory:
    """One memory of all units of these memories for which every condition holds; a stream."""
    wanted = tuple(conditions)
    memories = [open_memory(project.memory(name)) for name in names]
    header = memories[0].header if len(memories) == 1 else Header()
    header = replace(header, tool="tm export", tool_version=__version__, kind="")
    return Memory(
        name="+".join(memory.name for memory in memories), header=header, units=_Chosen(memories, wanted)
    )


def omegat_files(
    project: Project, memory: Memory, *, sources: Mapping[str, bytes], terms: Sequence[str] = ()
) -> dict[str, bytes]:
    """The files of a whole OmegaT project by path in its folder.

    Reviewed units go to tm/auto, where OmegaT fills them in; the others to tm/penalty-010, where it offers
    them at ten percent less. The glossary holds no deprecated and no forbidden terms. XLIFF drafts come
    without their targets: OmegaT takes a target for the text to translate, and has the matches by itself.
    """
    trusted = _tmx(memory, lambda unit: unit.status in _TRUSTED)
    others = _tmx(memory, lambda unit: unit.status not in _TRUSTED)
    name = f"{memory.name}.tmx"
    return project_files(
        OmegaTProject(
            sources={name: _for_omegat(name, content) for name, content in sources.items()},
            auto={name: trusted} if trusted else {},
            penalties={_PENALTY: {name: others}} if others else {},
            concepts=term_base(project, terms).concepts,
            source_lang=project.settings.source,
            target_lang=project.settings.target,
            sentences=not any(source.lower().endswith((*_XLIFF, ".po")) for source in sources),
        )
    )


def _for_omegat(name: str, content: bytes) -> bytes:
    """A source file as OmegaT needs it: in XLIFF every target repeats its source."""
    if not name.lower().endswith(_XLIFF):
        return content
    memory = xliff.read(io.BytesIO(content), path=name)
    units = [replace(unit, target=replace(unit.source, lang=unit.target.lang)) for unit in memory]
    stream = io.BytesIO()
    xliff.write(replace(memory, units=units), stream)
    return stream.getvalue()


def _tmx(memory: Memory, wanted: Callable[[Unit], bool]) -> bytes:
    """The TMX of the units that are wanted; empty when none is."""
    units = [unit for unit in memory if wanted(unit)]
    stream = io.BytesIO()
    tmx.write(replace(memory, units=units), stream)
    return stream.getvalue() if units else b""


class _Chosen:
    """The units of memories for which all conditions hold, read anew by every loop."""

    def __init__(self, memories: Sequence[Memory], wanted: Sequence[Condition]) -> None:
        self._memories = memories
        self._wanted = wanted

    def __iter__(self) -> Iterator[Unit]:
        for memory in self._memories:
            office = memory.name.removesuffix("-working")
            for unit in memory:
                if all(one.holds(unit, office) for one in self._wanted):
                    yield unit


def _check_date(value: str) -> None:
    try:
        datetime.date.fromisoformat(
            value.strip().removesuffix("*") if not value.endswith("*") else "2000-01-01"
        )
    except ValueError as fault:
        raise ConfigError(_("“{text}” is no date (yyyy-mm-dd)").format(text=value)) from fault
