"""Every way to solve conflicts, held against a slow and obvious twin."""

from __future__ import annotations

import datetime
import gzip
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.errors import FormatError
from tm.model import Context, Header, Memory, Note, Origin, Prop, Segment, Status, Unit
from tm.project.imports import ImportReport, import_files
from tm.store.memory import open_memory, save_memory

POLICIES = ["add", "overwrite", "keep", "newest"]
FIRST = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
NEVER = datetime.datetime(1, 1, 1, tzinfo=datetime.UTC)
WORDS = {
    "add": {"added", "updated", "unchanged"},
    "overwrite": {"added", "updated", "unchanged"},
    "keep": {"added", "unchanged", "skipped"},
    "newest": {"added", "updated", "unchanged", "skipped"},
}


@dataclass(eq=False)
class Stood:
    """A translation in the memory of the twin."""

    unit: Unit
    own: bool
    settled: bool = False
    decided: bool = False
    file: int = -1


@dataclass
class Twin:
    """A memory as a list, in which everything is looked for from one end to the other."""

    policy: str
    stood: list[Stood] = field(default_factory=list)
    counts: list[dict[str, int]] = field(default_factory=list)

    def take(self, unit: Unit, file: int) -> None:
        self._count(file, self._verdict(unit, file))

    def _count(self, file: int, verdict: str, by: int = 1) -> None:
        while len(self.counts) <= file:
            self.counts.append(dict.fromkeys(("added", "updated", "unchanged", "skipped"), 0))
        self.counts[file][verdict] += by

    def _verdict(self, unit: Unit, file: int) -> str:
        rivals = [one for one in self.stood if key(one.unit) == key(unit)]
        same = [one for one in rivals if one.unit.target.text == unit.target.text]
        if self.policy == "newest" and rivals:
            return self._newest(unit, file, rivals, same)
        if same:
            same[0].settled = True
            return self._merge(same[0], unit)
        somewhere = [
            one for one in self.stood if one.unit.context != Context() and texts(one.unit) == texts(unit)
        ]
        if self.policy in {"add", "keep"} and unit.context == Context() and somewhere:
            return self._merge(somewhere[0], unit)
        if self.policy == "keep" and any(one.own for one in rivals):
            return "skipped"
        free = [one for one in rivals if one.own and not one.settled]
        if self.policy == "overwrite" and free:
            self._replace(max(free, key=lambda one: (moment(one.unit), self.stood.index(one))), unit, file)
            return "updated"
        said = unit.status is not Status.TRANSLATED
        self.stood.append(Stood(unit, own=False, settled=True, decided=said, file=file))
        return "added"

    def _merge(self, one: Stood, unit: Unit) -> str:
        """What a unit brings to one of the same texts: more than it has, but for a status that is said."""
        if self.policy in {"keep", "newest"}:
            return "unchanged"
        before, status = one.unit, one.unit.status
        if self.policy == "add":
            status = max(status, unit.status, key=list(Status).index)
        elif unit.status is not Status.TRANSLATED and not one.decided:
            status, one.decided = unit.status, True
        notes = before.notes + tuple(note for note in dict.fromkeys(unit.notes) if note not in before.notes)
        origin = before.origin
        if unit.origin.changed and unit.origin.changed > moment(before):
            origin = replace(origin, changed=unit.origin.changed, changer=unit.origin.changer)
        one.unit = replace(before, status=status, notes=notes, origin=origin)
        return "unchanged" if one.unit == before else "updated"

    def _newest(self, unit: Unit, file: int, rivals: list[Stood], same: list[Stood]) -> str:
        if moment(unit) <= max(moment(one.unit) for one in rivals):
            return "unchanged" if same else "skipped"
        place = max(same or rivals, key=lambda one: (moment(one.unit), self.stood.index(one)))
        if place.file >= 0:  # it came with this import, and goes again
            self._count(place.file, "updated" if place.own else "added", -1)
            self._count(place.file, "skipped")
        self._replace(place, unit, file)
        return "updated" if place.own else "added"

    def _replace(self, place: Stood, unit: Unit, file: int) -> None:
        place.unit, place.settled, place.file = unit, True, file
        place.decided = unit.status is not Status.TRANSLATED


def key(unit: Unit) -> tuple[str, Context]:
    return unit.source.text, unit.context


def texts(unit: Unit) -> tuple[str, str]:
    return unit.source.text, unit.target.text


def moment(unit: Unit) -> datetime.datetime:
    return unit.origin.changed or unit.origin.created or NEVER


def simple(unit: Unit) -> tuple[object, ...]:
    origin = unit.origin
    told = (unit.status, unit.notes, origin.creator, origin.changer)
    return (*key(unit), unit.target.text, moment(unit), *told)


UNITS = st.builds(
    lambda source, target, day, before, name, status, notes: Unit(
        id="",
        source=Segment(lang="zh-CN", text=source),
        target=Segment(lang="en", text=target),
        origin=Origin(
            created=FIRST if day > 1 else None,
            changed=FIRST + datetime.timedelta(days=day) if day else None,
            creator=name,
            changer=name if day else "",
        ),
        context=Context(previous=before),
        status=status,
        notes=tuple(Note(text=text) for text in notes),
    ),
    st.sampled_from(["一", "二", "三"]),
    st.sampled_from(["one", "two", "three"]),
    st.integers(0, 4),
    st.sampled_from(["", "", "甲"]),
    st.sampled_from(["li", "wang"]),
    st.sampled_from([Status.TRANSLATED, Status.TRANSLATED, Status.REVIEWED, Status.APPROVED]),
    st.sampled_from([(), (), ("注",), ("n", "注")]),
)
FILES = st.lists(st.lists(UNITS, max_size=7), min_size=1, max_size=3)


def named(units: Sequence[Unit], letter: str) -> list[Unit]:
    return [replace(unit, id=f"{letter}{number}") for number, unit in enumerate(units)]


def saved(path: Path, units: Sequence[Unit], kind: str = "") -> Path:
    plain = path.with_name(path.name.split(".")[0] + ".tmx")
    save_memory(plain, Memory(name="m", header=Header(kind=kind), units=units))
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(plain.read_bytes()[:200]) + gzip.compress(plain.read_bytes()[200:]))
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("memory/all.tmx", plain.read_bytes())
            archive.writestr("readme.txt", "about it")
    if path != plain:
        plain.unlink()
    return path


def counted(report: ImportReport) -> list[dict[str, int]]:
    names = ("added", "updated", "unchanged", "skipped")
    return [{name: getattr(file, name) for name in names} for file in report.files]


@pytest.mark.parametrize("policy", POLICIES)
@settings(deadline=None, max_examples=60)
@given(st.none() | st.lists(UNITS, max_size=6), FILES, st.sampled_from([".tmx", ".tmx.gz", ".tmx.zip"]))
def test_an_import_does_what_its_obvious_twin_does(policy, old, files, ending):
    twin = Twin(policy)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        into = folder / "m.tmx"
        if old is not None:
            saved(into, named(old, "m"), "working")
            twin.stood = [Stood(unit, own=True) for unit in old]
        paths = [saved(folder / f"{n}{ending}", named(units, f"f{n}-")) for n, units in enumerate(files)]
        for number, units in enumerate(files):
            twin._count(number, "added", 0)
            for unit in units:
                twin.take(unit, number)
        before = into.read_bytes() if into.exists() else None
        dry = import_files(paths, into, on_conflict=policy, dry_run=True)
        assert (into.read_bytes() if into.exists() else None) == before
        report = import_files(paths, into, on_conflict=policy)
        assert dry == report
        assert counted(report) == twin.counts
        check_report(report, files, policy)
        check_memory(into, twin, paths)
        after = into.read_bytes() if into.exists() else None
        again = import_files([*paths, *paths], into, on_conflict=policy)
        assert (again.added, again.updated) == (0, 0)
        assert (into.read_bytes() if into.exists() else None) == after


def check_report(report: ImportReport, files: Sequence[Sequence[Unit]], policy: str) -> None:
    """The counts add up, and every unit that was not taken is named with line and reason."""
    for file, units in zip(report.files, files, strict=True):
        assert file.read == len(units)
        assert len(file.issues) == file.skipped + file.failed
        assert all(issue.line > 3 and issue.unit and issue.reason for issue in file.issues)
        assert [issue.line for issue in file.issues] == sorted({issue.line for issue in file.issues})
        used = {name for name in ("added", "updated", "unchanged", "skipped") if getattr(file, name)}
        assert used <= WORDS[policy]


def check_memory(into: Path, twin: Twin, paths: Sequence[Path]) -> None:
    """The memory holds what the twin holds, each unit with an id of its own and the file it came from."""
    if not into.exists():
        assert twin.stood == []
        return
    units = list(open_memory(into))
    assert len({unit.id for unit in units}) == len(units)
    assert sorted(map(simple, units), key=repr) == sorted((simple(one.unit) for one in twin.stood), key=repr)
    own = [one for one in twin.stood if one.own]
    assert [simple(unit) for unit in units[: len(own)]] == [simple(one.unit) for one in own], (
        "in their places"
    )
    for unit, one in zip(units, own, strict=False):
        assert unit.props == (() if one.file < 0 else (came_from(paths[one.file]),))
    assert all(len(unit.props) == 1 for unit in units[len(own) :])


def came_from(path: Path) -> Prop:
    return Prop(type="x-imported-from", text=path.name)


@pytest.mark.parametrize("policy", ["add", "overwrite", "keep"])
def test_different_translations_of_one_source_stay_with_where_they_came_from(policy, tmp_path):
    one, two = (Segment(lang="en", text=text) for text in ("one", "a single"))
    source = Segment(lang="zh-CN", text="一")
    first = Unit(id="a", source=source, target=one, origin=Origin(creator="li", created=FIRST))
    second = Unit(id="a", source=source, target=two, origin=Origin(creator="wang", changed=FIRST))
    paths = [saved(tmp_path / "省.tmx", [first]), saved(tmp_path / "市.tmx", [second])]
    import_files(paths, tmp_path / "m.tmx", on_conflict=policy)
    units = list(open_memory(tmp_path / "m.tmx"))
    assert [(unit.target.text, unit.origin.creator, unit.props[0].text) for unit in units] == [
        ("one", "li", "省.tmx"),
        ("a single", "wang", "市.tmx"),
    ]
    assert [unit.origin for unit in units] == [first.origin, second.origin]


def test_every_tmx_in_a_zip_is_imported_under_its_own_name(tmp_path):
    plain = saved(tmp_path / "x.tmx", named([unit("一", "one")], "a")).read_bytes()
    other = saved(tmp_path / "y.tmx", named([unit("一", "one"), unit("二", "two")], "b")).read_bytes()
    packed, into = tmp_path / "两个.zip", tmp_path / "m.tmx"
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in [("甲/first.tmx", plain), ("second.TMX", other), ("readme.txt", b"?")]:
            archive.writestr(name, content)
    report = import_files([packed], into)
    assert [file.file for file in report.files] == [f"{packed}/甲/first.tmx", f"{packed}/second.TMX"]
    assert [(file.added, file.unchanged) for file in report.files] == [(1, 0), (1, 1)]
    assert [unit.props[0].text for unit in open_memory(into)] == ["first.tmx", "second.TMX"]
    assert import_files([packed], into).added == 0


def test_a_fault_in_one_tmx_of_a_zip_is_told_with_its_name_and_saves_nothing(tmp_path):
    packed, into = tmp_path / "two.zip", tmp_path / "m.tmx"
    good = saved(tmp_path / "x.tmx", named([unit("一", "one")], "a")).read_bytes()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("good.tmx", good)
        archive.writestr("bad.tmx", good.replace(b"</tu>", b""))
    with pytest.raises(FormatError) as caught:
        import_files([packed], into)
    assert caught.value.path == f"{packed}/bad.tmx"
    assert not into.exists()


def unit(source: str, target: str) -> Unit:
    return Unit(id="", source=Segment(lang="zh-CN", text=source), target=Segment(lang="en", text=target))


@pytest.mark.parametrize(("policy", "status"), [("add", "approved"), ("overwrite", "reviewed")])
def test_a_known_pair_takes_status_notes_and_later_change_of_its_equal(policy, status, tmp_path):
    into = tmp_path / "m.tmx"
    known = replace(unit("一", "one"), id="a", status=Status.APPROVED, notes=(Note(text="甲"),))
    saved(into, [known, replace(unit("二", "two"), id="b")], "working")
    later = Origin(changed=FIRST, changer="wang")
    news = (Note(text="甲"), Note(text="乙"))
    equal = replace(unit("一", "one"), id="x", status=Status.REVIEWED, notes=news, origin=later)
    report = import_files([saved(tmp_path / "n.tmx", [equal])], into, on_conflict=policy)
    assert (report.updated, report.unchanged) == (1, 0)
    first, second = open_memory(into)
    assert (first.id, first.status.value, first.notes, first.origin) == ("a", status, news, later)
    assert second.status is Status.TRANSLATED
    before = into.read_bytes()
    assert import_files([tmp_path / "n.tmx"], into, on_conflict=policy).unchanged == 1
    assert into.read_bytes() == before


def test_what_newest_does_not_take_of_a_known_pair_is_remarked(tmp_path):
    into = tmp_path / "m.tmx"
    saved(into, [replace(unit("一", "one"), id="a")], "working")
    equal = replace(unit("一", "one"), id="x", status=Status.APPROVED)
    report = import_files([saved(tmp_path / "n.tmx", [equal])], into, on_conflict="newest")
    assert (report.unchanged, [remark.unit for remark in report.remarks]) == (1, ["x"])
