"""Memories to files for other programs: the units that are wanted, in the shape that a program wants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from tm.errors import FormatError
from tm.formats import tmx
from tm.formats.losses import Losses
from tm.formats.tmx_client import Client, Shape, common_tag
from tm.model import Context, Header, Memory, Status, Unit
from tm.project.folder import Project
from tm.project.import_ids import Ids
from tm.project.omegat_places import Places
from tm.project.omegat_sources import Occurrence
from tm.project.rivals import Rivals
from tm.project.selection import Condition, Selection
from tm.store.memory import open_memory, opened
from tm.version import __version__

__all__ = ["Chosen", "Left", "as_tmx", "chosen", "count_units", "shaped_memory", "surveyed"]

Seen = Callable[[Unit], None]


@dataclass(slots=True)
class Left:
    """How many units were left out of an export, and why; `units` are those that were not.

    `joined` are those that an earlier memory has too: with the same source, translation and context.
    """

    units: int = 0
    joined: int = 0
    unwanted: int = 0
    drafts: int = 0
    empty: int = 0
    unpaired: int = 0
    languages: Counter[str] = field(default_factory=Counter)

    def clear(self) -> None:
        """Forgets all counts."""
        self.units = self.joined = self.unwanted = self.drafts = self.empty = self.unpaired = 0
        self.languages.clear()


class _Joint:
    """The units of several memories together: ids of their own, and none that an earlier memory has."""

    def __init__(self) -> None:
        self._ids = Ids()
        self._first: dict[int, Path] = {}

    def taken(self, unit: Unit, context: Context, path: Path) -> Unit | None:
        """The unit with an id of its own; None when another memory has it already."""
        texts = (unit.source.text, repr(unit.source.codes), unit.target.text, repr(unit.target.codes))
        content = hash((*texts, context.previous, context.next, context.key))
        if self._first.setdefault(content, path) != path:
            return None
        name = self._ids.fresh(unit)
        return unit if name == unit.id else replace(unit, id=name)


class Chosen:
    """The wanted units of memories, read anew by every loop, each with the sources before and after it.

    Drafts are left out unless a condition speaks of the status; so is what has no text on one side. `left`
    counts what the last loop left out; `losses`, if there are any to
    be looked for, sees the others. `on_read` is called with every unit that is read.
    """

    def __init__(self, paths: Sequence[Path], selection: Selection) -> None:
        self._paths = tuple(paths)
        self._selection = selection
        self._memories = tuple(open_memory(path) for path in paths)
        self._drafts = "status" in selection.names()
        self.left = Left()
        self.on_read: Seen = _ignore
        self.losses: Losses | None = None

    @property
    def name(self) -> str:
        """The names of the memories."""
        return "+".join(memory.name for memory in self._memories)

    @property
    def header(self) -> Header:
        """The header of the one memory, or the usual one for several."""
        header = self._memories[0].header if len(self._memories) == 1 else Header()
        return replace(header, tool="tm export", tool_version=__version__, kind="")

    def __iter__(self) -> Iterator[Unit]:
        for unit, _context in self.placed():
            yield unit

    def memory(self) -> Memory:
        """The units as a memory."""
        return Memory(name=self.name, header=self.header, units=self)

    def placed(self) -> Iterator[tuple[Unit, Context]]:
        """The units with their contexts: those they say themselves, else their neighbours of one release."""
        self.left.clear()
        if self.losses:
            self.losses.clear()
        joint = _Joint() if len(self._paths) > 1 else None
        for path, memory in zip(self._paths, self._memories, strict=True):
            wanted = self._selection.test(memory.name)
            for read, context in _in_context(self._read(path, memory.header)):
                self.on_read(read)
                if not self._takes(read, wanted):
                    continue
                unit = joint.taken(read, context, path) if joint else read
                if unit is None:
                    self.left.joined += 1
                else:
                    self.left.units += 1
                    if self.losses:
                        self.losses.see(unit)
                    yield unit, context

    def _takes(self, unit: Unit, wanted: Callable[[Unit], bool]) -> bool:
        left = self.left
        if not wanted(unit):
            left.unwanted += 1
        elif unit.status is Status.DRAFT and not self._drafts:
            left.drafts += 1
        elif not unit.source.text.strip() or not unit.target.text.strip():
            left.empty += 1
        else:
            return True
        return False

    def _read(self, path: Path, header: Header) -> Iterator[Unit]:
        try:
            with opened(path) as stream:
                yield from tmx.read(stream, path=str(path), keep=False, known=header, on_skip=self._skipped)
        except FormatError:
            for _unit in open_memory(path):
                pass  # raises what says more of the same fault
            raise

    def _skipped(self, skipped: tmx.Skipped) -> None:
        self.left.unpaired += 1
        self.left.languages.update(skipped.languages)


def chosen(project: Project, names: Sequence[str], conditions: Iterable[Condition] = ()) -> Chosen:
    """The units of these memories for which every condition holds."""
    selection = Selection(project, tuple(conditions))
    return Chosen([project.memory(name) for name in names], selection)


def as_tmx(
    units: Chosen,
    client: Client,
    *,
    found: Iterable[Occurrence] = (),
    on_change: Callable[[tmx.Change], None] | None = None,
) -> Memory:
    """The memory of which `tmx.write` makes a valid file for the client; the units are read for it.

    For OmegaT, whose last translation of a source wins, the better ones stand behind the others; those say
    where they belong by their neighbours, and once more for each place `found` in source files.
    """
    shape, rivals = surveyed(units, client)
    shaped: Iterable[Unit] = _Shaped(units, shape)
    if client is Client.OMEGAT:
        shaped = _Ranked(units, shape, rivals, _in_their_places(units, shape, rivals, Places(found)))
    return tmx.strict(shaped_memory(units, shape, shaped), on_change=on_change)


def _in_their_places(units: Chosen, shape: Shape, rivals: Rivals, places: Places) -> tuple[Unit, ...]:
    if not places:
        return ()
    for position, (unit, context) in enumerate(units.placed()):
        if rivals.contested(position):
            places.see(unit, context, beaten=rivals.beaten(position))
    return places.units(shape)


def count_units(project: Project, names: Sequence[str]) -> int:
    """About how many units these memories have, counted without reading them as XML."""
    return sum(_count(project.memory(name)) for name in names)


def _count(path: Path) -> int:
    count, tail = 0, b""
    with opened(path) as stream:
        while block := stream.read(1 << 20):
            whole = tail + block
            count += whole.count(b"<tu ") + whole.count(b"<tu>")
            tail = whole[-3:]
    return count


def shaped_memory(units: Chosen, shape: Shape, shaped: Iterable[Unit]) -> Memory:
    """A memory of these units, which have the shape."""
    header = replace(units.header, source_lang=shape.source_lang, target_lang=shape.target_lang)
    if shape.client is not Client.GENERIC:
        header = replace(header, extra=None)
    return Memory(name=units.name, header=header, units=shaped)


def surveyed(units: Chosen, client: Client) -> tuple[Shape, Rivals]:
    """The one language pair of all the units, and which of them are rivals; they are read once for both."""
    pairs: Counter[tuple[str, str]] = Counter()
    rivals = Rivals(_counted(units, pairs))
    header = units.header
    given = (header.source_lang.replace("*all*", "zh-CN"), header.target_lang)
    source, target = (
        common_tag({pair[side] for pair in pairs}, default, client) for side, default in enumerate(given)
    )
    return Shape(client=client, source_lang=source, target_lang=target), rivals


def _counted(units: Iterable[Unit], pairs: Counter[tuple[str, str]]) -> Iterator[Unit]:
    for unit in units:
        pairs[unit.source.lang, unit.target.lang] += 1
        yield unit


@dataclass(frozen=True, slots=True)
class _Shaped:
    """The units in their order."""

    units: Chosen
    shape: Shape

    def __iter__(self) -> Iterator[Unit]:
        for unit, context in self.units.placed():
            yield self.shape.unit(unit, context)


@dataclass(frozen=True, slots=True)
class _Ranked:
    """The units in such an order that of two translations of one source the better one comes later."""

    units: Chosen
    shape: Shape
    rivals: Rivals
    placed: tuple[Unit, ...]

    def __iter__(self) -> Iterator[Unit]:
        turns = (True, False) if self.rivals.any_beaten_is_late() else (None,)
        for turn in turns:
            for position, (unit, context) in enumerate(self.units.placed()):
                beaten = self.rivals.beaten(position)
                if turn in (None, beaten):
                    yield self.shape.unit(unit, context if beaten else Context())
        yield from self.placed


def _in_context(units: Iterable[Unit]) -> Iterator[tuple[Unit, Context]]:
    previous: Unit | None = None
    for unit, following in pairwise(_and_end(units)):
        if unit is not None:
            yield unit, _context(previous, unit, following)
        previous = unit


def _and_end(units: Iterable[Unit]) -> Iterator[Unit | None]:
    yield from units
    yield None


def _context(previous: Unit | None, unit: Unit, following: Unit | None) -> Context:
    known = unit.context
    if known.previous or known.next or not unit.origin.release:
        return known
    before, after = (
        other.source.text if other and other.origin.release == unit.origin.release else ""
        for other in (previous, following)
    )
    return Context(previous=before, next=after, key=known.key)


def _ignore(_unit: Unit) -> None:
    """Nothing."""
