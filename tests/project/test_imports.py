from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from tm.errors import ConfigError, ConflictError, FormatError, InputError
from tm.formats import tmx
from tm.model import Context, Header, Memory, Note, Origin, Prop, Segment, Status, Unit
from tm.project.imports import ImportReport, import_files
from tm.store.memory import open_memory, save_memory

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x"
 adminlang="en" srclang="*all*" datatype="plaintext"/><body>
{tus}
</body></tmx>
"""


NEW = 'changedate="20250101T000000Z"'


def _tu(source: str, target: str, languages: tuple[str, str] = ("zh-CN", "en"), attributes: str = "") -> str:
    tuvs = "".join(
        f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>'
        for lang, text in zip(languages, (source, target), strict=True)
    )
    return f"<tu {attributes}>{tuvs}</tu>"


def _tmx(path: Path, *tus: str) -> Path:
    path.write_text(TMX.format(tus="\n".join(tus)), encoding="utf-8", newline="\n")
    return path


def _unit(source: str, target: str, *, day: int = 0, **fields: str) -> Unit:
    moment = datetime.datetime(2024, 5, day, tzinfo=datetime.UTC) if day else None
    return Unit(
        id=fields.get("id", f"t-{source}"),
        source=Segment(lang="zh-CN", text=source),
        target=Segment(lang="en", text=target),
        origin=Origin(created=moment, creator=fields.get("creator", "")),
        context=Context(previous=fields.get("before", "")),
    )


def _save(path: Path, units: Iterable[Unit], kind: str = "") -> Path:
    save_memory(path, Memory(name=path.stem, header=Header(kind=kind), units=units))
    return path


def _pairs(path: Path) -> list[tuple[str, str]]:
    return [(unit.source.text, unit.target.text) for unit in open_memory(path)]


def _counts(report: ImportReport) -> tuple[int, ...]:
    numbers = (report.added, report.updated, report.unchanged, report.skipped, report.failed)
    assert report.read == sum(numbers)
    for file in report.files:
        assert file.read == file.added + file.updated + file.unchanged + file.skipped + file.failed
        assert len(file.issues) == file.skipped + file.failed
    assert report.read == sum(file.read for file in report.files)
    return numbers


@pytest.fixture
def into(tmp_path: Path) -> Path:
    (tmp_path / "tmx").mkdir()
    return tmp_path / "tmx" / "四川-working.tmx"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "来的.tmx"


def test_a_memory_that_is_absent_is_made_as_a_working_one(into, source):
    report = import_files([_tmx(source, _tu("一", "one"), _tu("二", "two"))], into)
    assert _counts(report) == (2, 0, 0, 0, 0)
    assert _pairs(into) == [("一", "one"), ("二", "two")]
    assert open_memory(into).header.kind == "working"


def test_the_same_files_again_change_nothing_not_even_the_file(into, source):
    _tmx(source, _tu("一", "one"), _tu("一", "uno"), _tu("一", "one"), _tu("二", "two"))
    assert _counts(import_files([source], into)) == (3, 0, 1, 0, 0)
    before = into.stat()
    assert _counts(import_files([source, source], into)) == (0, 0, 8, 0, 0)
    assert (into.stat().st_mtime_ns, into.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_dry_run_tells_the_same_and_writes_nothing(into, source):
    _tmx(source, _tu("一", "one"), _tu("二", ""))
    dry = import_files([source], into, dry_run=True)
    assert list(into.parent.iterdir()) == []
    assert import_files([source], into) == dry


def test_what_a_unit_brings_with_it_is_kept_and_its_file_noted(into, tmp_path):
    unit = replace(
        _unit("一", "one", day=3, creator="李", id="u1"),
        status=Status.REVIEWED,
        notes=(Note(text="注"),),
        props=(Prop(type="x-domain", text="agri"),),
        context=Context(previous="前", next="后"),
    )
    import_files([_save(tmp_path / "a.tmx", [unit, _unit("二", "two")])], into)
    first, second = open_memory(into)
    assert first == replace(unit, props=(*unit.props, Prop(type="x-imported-from", text="a.tmx")))
    assert second.origin == Origin(), "no date is invented"


def test_the_first_file_a_unit_came_from_stays_noted(into, tmp_path, source):
    import_files([_tmx(source, _tu("一", "one"))], into)
    import_files([into], tmp_path / "other.tmx")
    assert [prop.text for unit in open_memory(tmp_path / "other.tmx") for prop in unit.props] == [source.name]


def test_units_without_a_translation_are_skipped_each_with_its_reason(into, source):
    tus = [
        _tu("一", "one"),
        _tu("二", " "),
        _tu("", "three"),
        _tu("四川", "四川"),
        _tu("2024", "2024"),
        _tu("五", "cinq", ("zh-CN", "fr"), 'tuid="u5"'),
        '<tu><prop type="x-status">draft</prop>' + _tu("六", "six")[4:],
    ]
    report = import_files([_tmx(source, *tus)], into)
    assert _counts(report) == (2, 0, 0, 5, 0)
    assert _pairs(into) == [("一", "one"), ("2024", "2024")]
    reasons = sorted(issue.reason for issue in report.issues)
    words = ["still a draft", "copy of the source", "no source", "no translation", "tuv in en"]
    assert all(word in reason for word, reason in zip(words, reasons, strict=True))
    assert [(issue.line, issue.unit) for issue in report.issues if "tuv in en" in issue.reason] == [(9, "u5")]
    assert all(issue.file == str(source) for issue in report.issues)


def test_the_line_and_the_id_that_the_reader_tells_are_told_in_their_order(into, source, monkeypatch):
    real = tmx.read

    def read(stream: BinaryIO, **options: Any) -> Memory:
        found = real(stream, **options)
        lines = iter((30, 20, 10))
        return replace(found, units=(replace(unit, line=next(lines)) for unit in found))

    monkeypatch.setattr("tm.formats.tmx.read", read)
    _tmx(source, _tu("一", "", attributes='tuid="a"'), _tu("二", "two"), _tu("三", "", attributes='tuid="c"'))
    report = import_files([source], into)
    assert [(issue.line, issue.unit) for issue in report.issues] == [(10, "c"), (30, "a")]


@pytest.mark.parametrize(
    ("policy", "counts", "pairs"),
    [
        ("add", (1, 0, 1, 0, 0), [("一", "old"), ("二", "two"), ("一", "new")]),
        ("overwrite", (0, 1, 1, 0, 0), [("一", "new"), ("二", "two")]),
        ("keep", (0, 0, 1, 1, 0), [("一", "old"), ("二", "two")]),
        ("newest", (0, 1, 1, 0, 0), [("一", "new"), ("二", "two")]),
    ],
)
def test_a_conflict_is_solved_as_told(into, tmp_path, policy, counts, pairs):
    _save(into, [_unit("一", "old", day=1, id="u1"), _unit("二", "two", id="u2")], kind="working")
    new = _save(tmp_path / "new.tmx", [_unit("一", "new", day=2), _unit("二", "two")])
    assert _counts(import_files([new], into, on_conflict=policy)) == counts
    assert _pairs(into) == pairs
    assert [unit.id for unit in open_memory(into)][:2] == ["u1", "u2"]
    again = import_files([new], into, on_conflict=policy)
    assert (again.added, again.updated) == (0, 0)
    assert _pairs(into) == pairs


@pytest.mark.parametrize("day", [0, 1, 2])
def test_the_newest_wins_only_where_a_date_says_so(into, tmp_path, day):
    _save(into, [_unit("一", "old", day=2)], kind="working")
    new = _save(tmp_path / "new.tmx", [_unit("一", "new", day=day)])
    report = import_files([new], into, on_conflict="newest")
    assert _counts(report) == (0, 0, 0, 1, 0)
    assert "newer" in report.issues[0].reason
    assert _pairs(into) == [("一", "old")]


def test_of_one_import_too_only_the_newest_stays(into, tmp_path):
    first = _save(tmp_path / "a.tmx", [_unit("一", "a", day=1), _unit("一", "c", day=3)])
    second = _save(tmp_path / "b.tmx", [_unit("一", "b", day=2), _unit("一", "d", day=4)])
    report = import_files([first, second], into, on_conflict="newest")
    assert _counts(report) == (1, 0, 0, 3, 0)
    assert [(file.added, file.skipped) for file in report.files] == [(0, 2), (1, 1)]
    assert _pairs(into) == [("一", "d")]


@pytest.mark.parametrize("policy", ["add", "overwrite", "keep", "newest"])
def test_the_same_file_again_changes_nothing_where_the_memory_has_a_unit_twice(into, tmp_path, policy):
    _save(into, [_unit("一", "y", id="u1"), _unit("一", "y", id="u2")], kind="working")
    new = _save(tmp_path / "new.tmx", [_unit("一", "y", day=1), _unit("一", "x", day=2)])
    import_files([new], into, on_conflict=policy)
    before = into.read_bytes()
    again = import_files([new], into, on_conflict=policy)
    assert (again.added, again.updated) == (0, 0)
    assert into.read_bytes() == before


def test_the_same_source_in_another_context_is_no_conflict(into, tmp_path):
    _save(into, [_unit("一", "old", before="甲")], kind="working")
    new = _save(tmp_path / "new.tmx", [_unit("一", "new", before="乙")])
    assert _counts(import_files([new], into, on_conflict="overwrite")) == (1, 0, 0, 0, 0)
    assert _pairs(into) == [("一", "old"), ("一", "new")]


def test_ids_stay_unique(into, tmp_path):
    _save(into, [_unit("一", "one", id="u")], kind="working")
    import_files([_save(tmp_path / "a.tmx", [_unit(text, text, id="u") for text in "abc"])], into)
    ids = [unit.id for unit in open_memory(into)]
    assert ids == ["u", "u.2", "u.3", "u.4"]


def test_a_built_memory_is_refused_and_the_working_one_named(tmp_path, source):
    built = _save(tmp_path / "sichuan.tmx", [_unit("一", "one")], kind="built")
    before = built.read_bytes()
    for dry_run in (False, True):
        with pytest.raises(ConfigError) as caught:
            import_files([_tmx(source, _tu("二", "two"))], built, dry_run=dry_run)
        assert str(tmp_path / "sichuan-working.tmx") in caught.value.hint
    assert built.read_bytes() == before


@pytest.mark.parametrize("languages", [("zh-TW", "en"), ("ja", "de")])
def test_a_file_of_other_languages_is_an_error_that_lists_them(into, source, languages):
    with pytest.raises(FormatError) as caught:
        import_files([_tmx(source, _tu("一", "one", languages), _tu("二", "two", languages))], into)
    assert all(f"{lang} (2)" in str(caught.value) for lang in languages)
    assert not into.exists()


@pytest.mark.parametrize(
    "languages", [("zh", "en-US"), ("zh_CN", "EN"), ("cmn-Hans-CN", "en-GB"), ("chi", "eng")]
)
def test_every_spelling_of_the_languages_is_understood_and_kept(into, source, languages):
    import_files([_tmx(source, _tu("一", "one", languages))], into)
    (unit,) = open_memory(into)
    assert (unit.source.lang, unit.target.lang) == languages


def test_english_before_chinese_is_taken_the_right_way_round(into, source):
    import_files([_tmx(source, _tu("one", "一", ("en", "zh-CN")))], into)
    assert _pairs(into) == [("一", "one")]


def test_languages_given_wrongly_are_an_error(into, source):
    wrong = [_tu("The first sentence.", "第一句话。"), _tu("The second one.", "第二句话。")]
    with pytest.raises(FormatError, match="wrong way round"):
        import_files([_tmx(source, *wrong)], into)
    assert not into.exists()


@pytest.mark.parametrize("fault", [b"", b"<html>", b"<tmx version='1.4'><body><tu>", None])
def test_after_an_error_in_the_last_file_nothing_of_the_others_is_there(into, tmp_path, source, fault):
    _save(into, [_unit("一", "one")], kind="working")
    before = into.read_bytes()
    bad = tmp_path / "bad.tmx"
    if fault is not None:
        bad.write_bytes(fault)
    with pytest.raises(InputError) as caught:
        import_files([_tmx(source, _tu("二", "two")), bad], into)
    assert caught.value.path == str(bad)
    assert into.read_bytes() == before


def test_a_fault_near_the_end_of_a_long_file_leaves_the_memory_alone(into, source):
    _save(into, [_unit("一", "one")], kind="working")
    before = into.read_bytes()
    text = _tmx(source, *(_tu(f"第{number}句", f"No. {number}") for number in range(3000))).read_text("utf-8")
    source.write_text(text.replace("No. 2999</seg>", "No. 2999"), encoding="utf-8")
    with pytest.raises(FormatError) as caught:
        import_files([source], into)
    assert caught.value.line
    assert caught.value.line >= 3000
    assert into.read_bytes() == before


def test_an_unknown_policy_is_an_error_that_lists_the_known_ones(into, source):
    with pytest.raises(ConfigError) as caught:
        import_files([_tmx(source, _tu("一", "one"))], into, on_conflict="merge")
    assert "overwrite" in caught.value.hint


@pytest.mark.parametrize("policy", ["add", "overwrite", "newest"])
def test_a_memory_with_units_of_other_languages_keeps_them_where_they_stand(into, source, policy):
    _tmx(
        into,
        _tu("deux", "zwei", ("fr", "de"), 'tuid="x"') + "<!-- hier -->",
        _tu("一", "one", attributes='tuid="1"'),
        _tu("trois", "drei", ("fr", "de"), 'tuid="y"') + "<!-- la fin -->",
    )
    import_files([_tmx(source, _tu("二", "two"), _tu("一", "uno", attributes=NEW))], into, on_conflict=policy)
    raw = into.read_text(encoding="utf-8")
    order = ["deux", "hier", "一", "二", "trois", "la fin"]
    places = [raw.index(word) for word in order]
    assert places == sorted(places)
    assert ("uno" in raw, ">one<" in raw) == (True, policy == "add")


def test_an_edit_by_another_program_during_the_import_is_a_conflict(into, source, monkeypatch):
    _save(into, [_unit("一", "one")], kind="working")

    def save(path: Path, memory: Memory, **options: Any) -> None:
        path.write_bytes(path.read_bytes().replace(b"one", b"ONE"))
        save_memory(path, memory, **options)

    monkeypatch.setattr("tm.project.imports.save_memory", save)
    with pytest.raises(ConflictError):
        import_files([_tmx(source, _tu("二", "two"))], into)
    assert _pairs(into) == [("一", "ONE")]


def test_another_format_is_read_and_what_tmx_forbids_is_counted_as_failed(into, tmp_path):
    table = tmp_path / "表.tsv"
    table.write_text("四川\tSichuan\n成都\tCheng\x01du\n绵阳\t\n", encoding="utf-8")
    report = import_files([table], into)
    assert _counts(report) == (1, 0, 0, 1, 1)
    assert any("U+0001" in issue.reason for issue in report.issues)
    assert _pairs(into) == [("四川", "Sichuan")]


def test_a_file_is_read_once_so_that_it_may_be_gone_when_the_memory_is_saved(into, source, monkeypatch):
    _tmx(source, _tu("一", "one"), _tu("二", "two"))

    def save(path: Path, memory: Memory, **options: Any) -> None:
        source.unlink()
        save_memory(path, memory, **options)

    monkeypatch.setattr("tm.project.imports.save_memory", save)
    assert _counts(import_files([source], into)) == (2, 0, 0, 0, 0)
    assert _pairs(into) == [("一", "one"), ("二", "two")]


def test_a_tu_that_only_its_seg_spoils_does_not_make_the_languages_wrong(into, source):
    two = (
        "<tu>"
        + '<tuv xml:lang="zh-CN"><seg>一</seg><seg>一</seg></tuv><tuv xml:lang="en"><seg>1</seg></tuv></tu>'
    )
    assert _counts(import_files([_tmx(source, two)], into)) == (0, 0, 0, 1, 0)


def test_no_files_are_no_work(into):
    assert _counts(import_files([], into)) == (0, 0, 0, 0, 0)
    assert not into.exists()
