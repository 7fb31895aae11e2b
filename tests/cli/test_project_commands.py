"""init, build, stats, doctor, search, terms, check, adopt on the sample project."""

from __future__ import annotations

import json

RELEASE = "2021-12-08-press-conference-economic-circle"


def test_init_makes_a_project_that_builds_and_refuses_to_overwrite(tm, tmp_path):
    made = tm("init", tmp_path / "new")
    assert made.code == 0
    assert tm("build", cwd=tmp_path / "new").code == 0
    assert tm("terms", "lint", cwd=tmp_path / "new").code == 0
    before = (tmp_path / "new/tm.toml").read_bytes()
    again = tm("init", tmp_path / "new")
    assert again.code == 2
    assert (tmp_path / "new/tm.toml").read_bytes() == before


def test_build_is_a_function_of_the_releases(tm, sample_project):
    assert tm("build", "--check", cwd=sample_project).code == 0
    memory = sample_project / "tmx/sichuan.tmx"
    before = memory.read_bytes()
    memory.unlink()
    assert tm("build", "--check", cwd=sample_project).code == 1
    assert tm("build", cwd=sample_project).code == 0
    assert memory.read_bytes() == before


def test_an_edited_text_is_noticed_aligned_again_and_reviewed_links_stay(tm, sample_project):
    folder = sample_project / "corpora/releases/sichuan" / RELEASE
    english = folder / "en.txt"
    english.write_text(
        english.read_text(encoding="utf-8").replace("Thank you all!", "Thanks!"), encoding="utf-8"
    )
    checked = tm("build", "--check", cwd=sample_project)
    assert checked.code == 1
    assert RELEASE in checked.err
    assert tm("build", cwd=sample_project).code == 0
    lines = (folder / "align.tsv").read_text(encoding="utf-8").splitlines()
    assert sum(line.endswith("reviewed") for line in lines) >= 25
    assert any(line.endswith("machine") for line in lines)
    assert tm("build", "--check", cwd=sample_project).code == 0


def test_a_release_without_english_is_left_out_and_named(tm, sample_project):
    folder = sample_project / "corpora/releases/sichuan/2022-01-10-new"
    folder.mkdir()
    (folder / "zh.txt").write_text("四川召开会议\n", encoding="utf-8")
    (folder / "release.toml").write_text("date = 2022-01-10\n", encoding="utf-8")
    built = tm("build", cwd=sample_project)
    assert built.code == 0
    assert "2022-01-10-new" in built.err


def test_swapped_texts_are_refused_by_name(tm, sample_project):
    folder = sample_project / "corpora/releases/sichuan" / RELEASE
    zh, en = (folder / "zh.txt").read_bytes(), (folder / "en.txt").read_bytes()
    ran = tm("align", folder / "en.txt", folder / "zh.txt", cwd=sample_project)
    assert ran.code == 3
    assert "en.txt" in ran.err
    (folder / "zh.txt").write_bytes(en)
    (folder / "en.txt").write_bytes(zh)
    ran = tm("build", cwd=sample_project)
    assert ran.code == 3
    assert "zh.txt" in ran.err


def test_a_setting_that_does_not_exist_is_an_error_with_the_nearest_one(tm, sample_project):
    (sample_project / "tm.toml").write_text('memoris = "tmx"\n', encoding="utf-8")
    ran = tm("stats", cwd=sample_project)
    assert ran.code == 2
    assert "memories" in ran.err


def test_search_finds_words_of_both_languages(tm, sample_project):
    hits = json.loads(tm("search", "一干多支", "--json", cwd=sample_project).out)
    assert hits["schema"] == "tm.search/1"
    assert hits["hits"]
    for hit in hits["hits"]:
        start, end = hit["spans"]["source"][0]
        assert hit["source"][start:end] == "一干多支"
    english = json.loads(tm("search", "giant panda", "--json", cwd=sample_project).out)
    assert all("giant panda" in hit["target"].lower() for hit in english["hits"])
    one = json.loads(tm("search", "蜀", "--json", cwd=sample_project).out)
    assert one["hits"]


def test_search_without_a_release_never_shows_it(tm, sample_project):
    ran = tm(
        "search", "一干多支", "--json", "--without", "2021-06-10-leading-group-plenary-3", cwd=sample_project
    )
    releases = {hit["release"] for hit in json.loads(ran.out)["hits"]}
    assert releases
    assert "2021-06-10-leading-group-plenary-3" not in releases


def test_stats_and_doctor_speak_json(tm, sample_project):
    found = json.loads(tm("stats", "--json", cwd=sample_project).out)
    assert found["memories"][0]["units"] == 364
    assert len(found["releases"]) == 18
    facts = json.loads(tm("doctor", "--json", cwd=sample_project).out)["facts"]
    assert all(fact["state"] != "broken" for fact in facts)


def test_terms_are_listed_and_the_sample_term_base_has_no_major_fault(tm, sample_project):
    listed = json.loads(tm("terms", "list", "一干多支", "--json", cwd=sample_project).out)
    assert {"One Main Area and Multiple Auxiliaries"} <= {term["en"] for term in listed["terms"]}
    assert tm("terms", "lint", cwd=sample_project).code == 0


def test_check_of_a_release_gives_findings_with_offsets(tm, sample_project):
    folder = sample_project / "corpora/releases/sichuan" / RELEASE
    english = folder / "en.txt"
    text = english.read_text(encoding="utf-8")
    wrong = text.replace("work has begun on 66 of", "work has begun on 56 of")
    assert wrong != text
    english.write_text(wrong, encoding="utf-8")
    assert tm("build", cwd=sample_project).code == 0
    ran = tm("check", folder, "--format", "json", cwd=sample_project)
    report = json.loads(ran.out)
    assert report["schema"] == "tm.check/1"
    assert ran.code == 1
    numbers = [finding for finding in report["findings"] if finding["family"] == "number"]
    assert numbers
    assert all(finding["file"].endswith("en.txt") and finding["line"] for finding in numbers)
    clean = tm("check", folder, "--ignore", "number", "--fail-on", "critical", cwd=sample_project)
    assert clean.code == 0


def test_check_names_a_paragraph_that_was_dropped_and_needs_no_build(tm, sample_project):
    folder = sample_project / "corpora/releases/sichuan/2021-07-16-flood-control-notice-3"
    english = folder / "en.txt"
    kept = [line for line in english.read_text(encoding="utf-8").splitlines() if not line.startswith("3. ")]
    english.write_text("\n".join(kept) + "\n", encoding="utf-8")
    before = (folder / "align.tsv").read_bytes()
    ran = tm("check", folder, cwd=sample_project)
    assert ran.code == 0
    assert "zh.txt:11" in ran.err
    assert "三、强化水库调度" in ran.err
    assert (folder / "align.tsv").read_bytes() == before


def test_explain_shows_every_rule(tm):
    listed = tm("explain").out
    assert "T101" in listed
    assert "When to allow" in tm("explain", "T101").out
    assert tm("explain", "X999").code == 2
