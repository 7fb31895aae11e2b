"""Every fault of a TMX in one run: with rule, line, column, unit, and how to mend it.

The file may be broken in any way: what is not XML is read with patience, and the reading goes on behind
every fault. Memory is bounded by the largest unit, not by the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from tm.errors import InputError
from tm.formats.tmx_rules import xml as say
from tm.formats.tmx_rules.rule import Edit, Level, Problem
from tm.formats.tmx_rules.words import _
from tm.formats.tmx_validate_build import Tree
from tm.formats.tmx_validate_quick import Quick
from tm.formats.tmx_validate_roots import plain
from tm.formats.tmx_validate_scan import Scanner
from tm.formats.tmx_validate_source import Source, open_source
from tm.formats.tmx_validate_text import TextReader
from tm.formats.tmx_validate_tree import Node
from tm.formats.tmx_validate_window import Window

__all__ = ["LISTED", "Fault", "Report", "Scan", "unreadable", "validate"]

LISTED = 100_000
"""So many faults of a file are given one by one; the rest is counted."""
_OVERFLOW = 8 << 20
_STRANGE, _FREE, _DENSE = 1_000, 50_000, 32
"""So many faults may be in any file, and beyond that one for so many characters."""
_MANY = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault of a file: line and column count code points from 1; `unit` is a tuid, or "#" and a number."""

    rule: str
    name: str
    level: Level
    line: int
    column: int
    unit: str
    message: str
    fix: str


OnEdits = Callable[[Fault, Sequence[Edit], str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found in a file: whole units, tuvs by language as spelt, faults in the order of the file.

    `counts` holds how often each rule found something, `levels` how many faults of each level there are,
    those beyond the limit of the list too.
    """

    file: str
    units: int
    languages: dict[str, int]
    faults: tuple[Fault, ...]
    counts: dict[str, int] = field(default_factory=dict)
    levels: dict[Level, int] = field(default_factory=dict)

    @property
    def unlisted(self) -> int:
        """How many faults there are beyond those that are listed."""
        return sum(self.counts.values()) - len(self.faults)

    @property
    def valid(self) -> bool:
        """True without an error."""
        return not self.levels.get(Level.ERROR)

    @property
    def readable(self) -> bool:
        """False when there are errors and not one whole unit."""
        return self.valid or self.units > 0


def validate(stream: BinaryIO, *, path: str = "-", member: str = "", limit: int = LISTED) -> Report:
    """Everything that is wrong with a TMX (.tmx, gzip or zip); never an error because of what is in it.

    Of a zip of several TMX, `member` says which one is meant.
    """
    try:
        with open_source(stream, path, member=member) as source:
            return Scan(source, path=path, limit=limit).run()
    except InputError as error:
        return unreadable(path, error)


def unreadable(path: str, error: InputError) -> Report:
    """The report of a file that cannot even be opened or unpacked."""
    problem = say.packed(0, error.message, error.hint)
    fault = _fault(problem, (1, 1), "")
    return Report(
        file=path, units=0, languages={}, faults=(fault,), counts={fault.rule: 1}, levels={fault.level: 1}
    )


class Scan:
    """One run over a file.

    `on_edits` gets each fault that can be mended, the edits that do it, and what they change in words;
    `on_text` gets the text when nothing more will be said of it, with the offset where it begins.
    """

    def __init__(
        self,
        source: Source,
        *,
        path: str,
        limit: int = LISTED,
        on_edits: OnEdits | None = None,
        on_text: Callable[[str, int], None] | None = None,
    ) -> None:
        self._source = source
        self._path = path
        self._limit = limit
        self._on_edits = on_edits
        self._faults: list[Fault] = []
        self._counts: Counter[str] = Counter()
        self._levels: Counter[Level] = Counter()
        self._pending: list[tuple[int, int, str, Problem]] = []
        self._noted = 0
        self._total = 0
        self._window = Window(source.pieces(), on_text or _forget)
        self._tree = Tree(self._window, self._note, self._settle)
        self._quick = Quick(self._window, self._tree.known, self._repeated)
        self._quick_units = 0
        self._reader = TextReader(source.codec)
        self._tree.unit_done = self._learn
        self._beginning = ""

    def run(self) -> Report:
        """The report; the file is read to its end."""
        window, tree = self._window, self._tree
        window.more()
        self._beginning = window.text[:4096]
        if not self._blank():
            self._encoding()
            self._read()
        while window.more():
            window.hold = window.end
        window.finish()
        units, languages = self._quick.counts()
        languages.update(tree.languages)
        return Report(
            file=self._path,
            units=units + tree.units,
            languages=dict(sorted(languages.items())),
            faults=tuple(self._faults),
            counts=dict(sorted(self._counts.items())),
            levels=dict(self._levels),
        )

    def _read(self) -> None:
        window, tree = self._window, self._tree
        scanner = Scanner(window, self._reader, tree)
        while True:
            if tree.in_body:
                self._take_units(scanner)
            if not scanner.step() or tree.refused:
                break
            if self._total > (_FREE + scanner.at // _DENSE if tree.root else _STRANGE):
                self._give_up(scanner.at)
                return
            if scanner.at - window.hold > _OVERFLOW:
                tree.overflow(scanner.at)
        self._finish()

    def _give_up(self, at: int) -> None:
        """So many faults in so little text are no accident."""
        what = _("there are more than {count} faults up to here").format(count=self._total)
        self._note(say.limits(at, what, _("the rest was not looked at; is it the right file?")))
        self._flush()

    def _take_units(self, scanner: Scanner) -> None:
        """Takes clean units the quick way, as many as stand here."""
        window, tree = self._window, self._tree
        while True:
            if window.end - scanner.at < _NEAR and window.more():
                continue
            text, at = window.text, scanner.at - window.base
            start = text.find("<", at)
            if start < 0 or not text.startswith(("<tu ", "<tu>"), start) or text[at:start].strip(" \t\r\n"):
                return
            end = self._quick.take(start + window.base)
            if end < 0:
                return
            scanner.at = end
            tree.started += 1
            tree.safe = end
            if self._pending:
                self._flush()
            window.hold = end

    def _learn(self, node: Node) -> None:
        """A unit without a fault teaches the quick way how such units are built."""
        if node.closed and not self._noted:
            self._quick.learn(node)

    def _blank(self) -> bool:
        """True for a file without anything in it, which is said."""
        while not self._window.text.strip(" \t\r\n\ufeff\0"):
            if not self._window.more():
                break
        if self._window.text.strip(" \t\r\n\ufeff\0"):
            return False
        self._note(say.empty_file(0, blank=bool(self._window.text)))
        self._flush()
        return True

    def _encoding(self) -> None:
        source = self._source
        if not source.clash:
            return
        at = self._beginning.find("encoding")
        problem = say.encoding(max(at, 0), source.declared or "UTF-8", source.name, source.clash)
        self._note(problem.mended(*_declaration(self._beginning, source.name)))

    def _finish(self) -> None:
        tree, window = self._tree, self._window
        if tree.refused:
            self._pending = [one for one in self._pending if one[-1].rule in (say.not_tmx, say.encoding)]
        if not tree.root:
            if "<tmx" not in self._beginning:
                self._pending.clear()
                self._note(plain(self._beginning))
            else:
                self._note(say.truncated(window.end, 0, _("in its first tag")))
        elif tree.stack and not tree.refused:
            self._note(self._truncated())
        self._flush()

    def _truncated(self) -> Problem:
        tree, window = self._tree, self._window
        units = tree.units + self._quick.counts()[0]
        inner = tree.stack[-1].name
        where = _("inside {element} of unit {unit}").format(element=inner, unit=tree.where.unit)
        if not tree.where.unit:
            where = _("inside {element}").format(element=inner)
        problem = say.truncated(window.end, units, where)
        if tree.safe < 0:
            return problem
        names = [node.name for node in tree.stack if node.name in {"tmx", "body"}]
        closing = "".join(f"\n</{name}>" for name in reversed(names)) + "\n"
        return problem.mended(Edit(tree.safe, window.end, closing))

    # --- Faults -------------------------------------------------------------------------------------

    def _note(self, problem: Problem) -> None:
        self._noted += 1
        self._total += 1
        self._pending.append((problem.start, len(self._pending), self._tree.where.unit, problem))
        if len(self._pending) > _MANY:
            self._flush()

    def _repeated(self, problem: Problem, tuid: str) -> None:
        """A unit that went the quick way stood before."""
        self._total += 1
        unit = tuid or f"#{self._tree.started + 1}"
        self._pending.append((problem.start, len(self._pending), unit, problem))

    def _settle(self, offset: int) -> None:
        """Everything before this offset is done with."""
        self._flush()
        self._window.hold = offset
        self._noted = 0

    def _flush(self) -> None:
        pending, self._pending = sorted(self._pending, key=lambda one: one[:2]), []
        for start, _order, unit, problem in pending:
            listed = len(self._faults) < self._limit
            self._counts[problem.rule.id] += 1
            self._levels[problem.level] += 1
            if not listed and not (problem.edits and self._on_edits):
                continue
            fault = _fault(problem, self._window.place(max(start, self._window.base)), unit)
            if listed:
                self._faults.append(fault)
            if problem.edits and self._on_edits:
                self._on_edits(fault, problem.edits, self._words(problem.edits))

    def _words(self, edits: Sequence[Edit]) -> str:
        """What edits change, in words."""
        window = self._window
        said = [
            _change(window.slice(edit.start, min(edit.end, edit.start + 200)), edit.text) for edit in edits
        ]
        shown = list(dict.fromkeys(said))[:_SAID]
        return ", ".join([*shown, *(["…"] if len(said) > _SAID and len(set(said)) > _SAID else [])])


_NEAR = 1 << 17
_SAID = 3
_WIDE = 60


def _change(before: str, after: str) -> str:
    before, after = _clip(before), _clip(after)
    if not before:
        return _("“{text}” added").format(text=after)
    if not after:
        return _("“{text}” removed").format(text=before)
    return f"“{before}” → “{after}”"


def _clip(text: str) -> str:
    """A text on one line, with signs for what cannot be shown."""
    flat = " ".join(text.split()) or text
    flat = "".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in flat[: _WIDE + 1])
    return flat if len(flat) <= _WIDE else flat[:_WIDE] + "…"


def _fault(problem: Problem, place: tuple[int, int], unit: str) -> Fault:
    return Fault(
        rule=problem.rule.id,
        name=problem.rule.name,
        level=problem.level,
        line=place[0],
        column=place[1],
        unit=unit,
        message=problem.message,
        fix=problem.fix,
    )


def _declaration(beginning: str, name: str) -> list[Edit]:
    """The edits that make the first line name this encoding."""
    end = beginning.find("?>") if beginning.startswith("<?xml") else -1
    if end < 0:
        return [Edit(0, 0, f'<?xml version="1.0" encoding="{name}"?>\n')]
    at = beginning.find("encoding", 0, end)
    if at < 0:
        standalone = beginning.find("standalone", 0, end)
        place = standalone if standalone > 0 else len(beginning[:end].rstrip())
        return [Edit(place, place, f'encoding="{name}" ' if standalone > 0 else f' encoding="{name}"')]
    quotes = [index for index in range(at, end) if beginning[index] in "\"'"][:2]
    return [Edit(quotes[0] + 1, quotes[1], name)] if len(quotes) == 2 else []


def _forget(_text: str, _start: int) -> None:
    """Nothing."""
