"""`tm validate`: text, JSON and SARIF, exit codes, mending."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

HEADER = (
    '<header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"'
    ' srclang="zh-CN" datatype="x"/>'
)
UNIT = (
    '<tu tuid="u{n}"><tuv xml:lang="zh-CN"><seg>甲{n}</seg></tuv>'
    '<tuv xml:lang="en"><seg>a{n}</seg></tuv></tu>\n'
)
CLEAN = f'<tmx version="1.4">{HEADER}<body>\n{UNIT.format(n=1)}{UNIT.format(n=2)}</body></tmx>\n'
BROKEN = CLEAN.replace("甲1", "甲&1")


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "clean.tmx"
    path.write_text(CLEAN, encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.tmx"
    path.write_text(BROKEN, encoding="utf-8", newline="\n")
    return path


def test_a_clean_file_is_done_with_zero(tm, clean) -> None:
    ran = tm("validate", clean)
    assert ran.code == 0
    assert ran.out == f"{clean}: 2 units (en 2, zh-CN 2); 0 errors, 0 warnings, 0 remarks\n"


def test_a_fault_is_one_line_with_its_place_and_one_with_the_way_to_mend_it(tm, broken) -> None:
    ran = tm("validate", broken)
    assert ran.code == 1
    assert ran.out.splitlines()[:2] == [
        f"{broken}:2:43: error V107 an & stands alone (unit u1)",
        "    → write &amp;",
    ]
    assert "1 error, 0 warnings" in ran.out
    assert "tm explain V107" in ran.err


def test_json_holds_what_the_contract_says(tm, broken, clean) -> None:
    ran = tm("validate", broken, clean, "--format", "json")
    assert ran.code == 1
    document = json.loads(ran.out)
    assert next(iter(document)) == "schema"
    assert document["schema"] == "tm.validate/1"
    first, second = document["files"]
    assert (first["file"], first["units"], first["languages"]) == (str(broken), 2, {"en": 2, "zh-CN": 2})
    (finding,) = first["findings"]
    assert finding == {
        "rule": "V107",
        "name": "bare-ampersand",
        "severity": "error",
        "line": 2,
        "column": 43,
        "unit": "u1",
        "message": "an & stands alone",
        "fix": "write &amp;",
    }
    assert second["findings"] == []


@pytest.mark.parametrize("raw", [b"", b"<html/>", b"\x1f\x8b\x08zz", b"\0\0", CLEAN[:200].encode()])
def test_a_file_without_a_whole_unit_is_three_and_the_json_is_still_printed(tm, tmp_path, raw) -> None:
    path = tmp_path / "bad.tmx"
    path.write_bytes(raw)
    ran = tm("validate", path, "--format", "json")
    assert ran.code == 3
    (file,) = json.loads(ran.out)["files"]
    assert file["units"] == 0
    assert any(finding["severity"] == "error" for finding in file["findings"])


def test_sarif_is_one_run_over_all_files(tm, broken, clean) -> None:
    ran = tm("validate", broken, clean, "--format", "sarif")
    log = json.loads(ran.out)
    assert log["version"] == "2.1.0"
    (result,) = log["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 2, "startColumn": 43}


def test_a_fault_that_repeats_is_shown_ten_times_and_counted(tm, tmp_path) -> None:
    path = tmp_path / "many.tmx"
    units = "".join(UNIT.format(n=n).replace("<seg>a", "<seg>a&") for n in range(500))
    path.write_text(f'<tmx version="1.4">{HEADER}<body>{units}</body></tmx>', encoding="utf-8")
    ran = tm("validate", path)
    assert ran.out.count("error V107") == 10
    assert "… and 490 more of V107 bare-ampersand" in ran.out
    assert "500 errors" in ran.out
    assert tm("validate", path, "--all").out.count("error V107") == 500
    assert len(json.loads(tm("validate", path, "--format", "json").out)["files"][0]["findings"]) == 500


def test_standard_input_and_packed_files_are_read(program, tmp_path) -> None:
    packed = tmp_path / "a.tmx.gz"
    packed.write_bytes(gzip.compress(BROKEN.encode()))
    for ran in (program("validate", "-", stdin=BROKEN.encode()), program("validate", packed)):
        assert ran.code == 1
        assert ":2:43: error V107" in ran.out


def test_repair_writes_what_is_mended_and_lists_it(tm, broken, tmp_path) -> None:
    out = tmp_path / "mended.tmx"
    ran = tm("validate", broken, "--repair", out)
    assert ran.code == 0
    assert out.read_text(encoding="utf-8") == BROKEN.replace("&", "&amp;")
    assert f"{broken}:2:43: mended V107 “&” → “&amp;” (unit u1)" in ran.out
    assert "1 change\n" in ran.out
    assert "Nothing is left to mend." in ran.out


def test_repair_says_in_json_what_it_changed(tm, broken, tmp_path) -> None:
    ran = tm("validate", broken, "--repair", tmp_path / "mended.tmx", "--format", "json")
    (file,) = json.loads(ran.out)["files"]
    assert [finding["rule"] for finding in file["findings"]] == ["V107"]
    assert file["remaining"] == []
    assert file["repairs"] == [
        {"rule": "V107", "line": 2, "column": 43, "unit": "u1", "change": "“&” → “&amp;”"}
    ]
    assert (file["repaired"], file["written"]) == (1, True)


def test_repair_recovers_a_truncated_file(tm, tmp_path) -> None:
    path, out = tmp_path / "cut.tmx", tmp_path / "mended.tmx"
    path.write_text(CLEAN[: CLEAN.index("a2") + 1], encoding="utf-8", newline="\n")
    assert "1 whole unit can be recovered" in tm("validate", path).out
    assert tm("validate", path, "--repair", out).code == 0
    assert tm("validate", out).out.endswith("1 unit (en 1, zh-CN 1); 0 errors, 0 warnings, 0 remarks\n")


def test_what_is_left_decides_the_exit_code(tm, tmp_path) -> None:
    path = tmp_path / "two.tmx"
    path.write_text(BROKEN.replace("<seg>a2</seg>", "<seg>a2</seg><seg>b</seg>"), encoding="utf-8")
    ran = tm("validate", path, "--repair", tmp_path / "mended.tmx")
    assert ran.code == 1
    assert "Still there:" in ran.out
    assert "error V209" in ran.out


def test_repair_never_overwrites_its_input_and_writes_nothing_where_nothing_can_be_recovered(
    tm, tmp_path, broken
) -> None:
    assert tm("validate", broken, "--repair", broken).code == 2
    assert tm("validate", broken, broken, "--repair", "x.tmx").code == 2
    assert tm("validate", broken, "--repair", "-", "--format", "json").code == 2
    assert tm("validate", broken, "--repair", tmp_path / "none" / "x.tmx").code == 3
    page, out = tmp_path / "page.tmx", tmp_path / "out.tmx"
    page.write_text("<html><body>404</body></html>", encoding="utf-8")
    assert tm("validate", page, "--repair", out).code == 3
    assert not out.exists()
    assert broken.read_text(encoding="utf-8") == BROKEN


def test_the_mended_file_can_go_to_standard_output(tm, broken) -> None:
    ran = tm("validate", broken, "--repair", "-")
    assert ran.code == 0
    assert ran.out == BROKEN.replace("&", "&amp;")
    assert "1 change" in ran.err


def test_a_missing_file_is_named(tm, tmp_path) -> None:
    ran = tm("validate", tmp_path / "none.tmx")
    assert ran.code == 3
    assert "none.tmx:1:1: error V120" in ran.out


def test_a_file_that_cannot_be_opened_does_not_hide_the_report_of_another(tm, broken, tmp_path) -> None:
    ran = tm("validate", broken, tmp_path / "none.tmx", "--format", "json")
    files = json.loads(ran.out)["files"]
    assert [file["findings"][0]["rule"] for file in files] == ["V107", "V120"]
    assert ran.code == 3


def test_a_gzip_that_was_cut_off_gives_back_its_whole_units(tm, tmp_path) -> None:
    units = "".join(
        f'<tu><tuv xml:lang="zh-CN"><seg>{"甲乙丙丁"[n % 4]}{n * 7919 % 10007}</seg></tuv>'
        f'<tuv xml:lang="en"><seg>word {n * 104729 % 10007}</seg></tuv></tu>\n'
        for n in range(500)
    )
    whole = gzip.compress((CLEAN[: CLEAN.index("<tu ")] + units + "</body></tmx>").encode())
    path, out = tmp_path / "cut.tmx.gz", tmp_path / "mended.tmx"
    path.write_bytes(whole[: len(whole) // 2])
    assert tm("validate", path, "--repair", out).code == 0
    assert 100 < out.read_text(encoding="utf-8").count("</tu>") < 400


def test_an_entity_that_is_still_used_keeps_its_declaration(tm, tmp_path) -> None:
    path, out = tmp_path / "entity.tmx", tmp_path / "mended.tmx"
    doctype = '<!DOCTYPE tmx [<!ENTITY e SYSTEM "file:///nothing">]>\n'
    path.write_text(
        BROKEN.replace("<tmx", doctype + "<tmx", 1).replace("<seg>a2", "<seg>&e;", 1), encoding="utf-8"
    )
    ran = tm("validate", path, "--repair", out)
    assert ran.code == 1
    assert 'ENTITY e SYSTEM "file:///nothing"' in out.read_text(encoding="utf-8")


def test_rules_of_the_validator_are_explained_and_listed(tm) -> None:
    assert tm("explain", "v107").out.startswith("V107 bare-ampersand (structure, error)")
    assert "V508  damaged-text" in tm("explain").out


def zipped(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def test_every_tmx_in_a_zip_is_looked_at_under_its_own_name(tm, tmp_path) -> None:
    path = zipped(tmp_path / "two.zip", **{"a.tmx": CLEAN, "b.tmx": BROKEN, "readme.txt": "x"})
    ran = tm("validate", path, "--format", "json")
    assert ran.code == 1
    first, second = json.loads(ran.out)["files"]
    assert (first["file"], first["units"], first["findings"]) == (f"{path}/a.tmx", 2, [])
    assert (second["file"], second["units"]) == (f"{path}/b.tmx", 2)
    assert [one["rule"] for one in second["findings"]] == ["V107"]


def test_a_zip_of_several_tmx_is_not_mended_and_nothing_is_written(tm, tmp_path) -> None:
    path = zipped(tmp_path / "two.zip", **{"a.tmx": CLEAN, "b.tmx": BROKEN})
    ran = tm("validate", path, "--repair", tmp_path / "out.tmx")
    assert ran.code == 2
    assert "The zip holds 2" in ran.err
    assert "one by one" in ran.err
    assert not (tmp_path / "out.tmx").exists()


@pytest.mark.parametrize("others", [{}, {"b.tmx": CLEAN}])
def test_a_name_that_leads_out_of_the_zip_is_a_finding(tm, tmp_path, others) -> None:
    path = zipped(tmp_path / "slip.zip", **{"../../evil.tmx": CLEAN}, **others)
    for more in ([], ["--repair", tmp_path / "out.tmx"]):
        ran = tm("validate", path, *more)
        assert ran.code == 3
        assert "../../evil.tmx" in ran.out
    assert not (tmp_path / "out.tmx").exists()
