from __future__ import annotations

import datetime

import pytest

from tm.checks.runner import check
from tm.checks.waivers import baseline, expired, new_since, read_waivers, stale, write_waivers
from tm.errors import ConfigError
from tm.model import Segment, Unit, Waiver

TOML = """
[[waiver]]
rule = "S102"
fingerprint = "0123456789abcdef"
reason = "a name"
who = "reviser"
until = 2021-12-31
"""


def doubled(text="of of it"):
    return Unit(id="1", source=Segment(lang="zh-CN", text=""), target=Segment(lang="en", text=text))


def written(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def test_toml_and_csv_hold_the_same_waivers(tmp_path):
    from_toml = read_waivers(written(tmp_path, "w.toml", TOML))
    from_csv = read_waivers(written(tmp_path, "w.csv", write_waivers(from_toml)))
    assert from_toml == from_csv
    assert from_toml[0].until == datetime.date(2021, 12, 31)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("w.toml", "[[waiver]]\nrule = 'S102'\n", "fingerprint, reason, who"),
        ("w.toml", "[[waver]]\nrule = 'S102'\n", "waver"),
        ("w.toml", "[[waiver]\n", "not TOML"),
        ("w.toml", TOML.replace("until = 2021-12-31", "until = 'soon'"), "soon"),
        ("w.csv", "rule,fingerprint,reason,who,untill\nS102,0,a,b,\n", "untill"),
        ("w.csv", "rule,fingerprint,reason,who\nS102,0,,b\n", "reason"),
        ("w.csv", "rule,fingerprint,reason,who\nS102,0,a,b,c,d\n", "cells"),
    ],
)
def test_a_bad_waiver_is_an_error_with_its_file(tmp_path, name, text, says):
    with pytest.raises(ConfigError, match=says) as caught:
        read_waivers(written(tmp_path, name, text))
    assert str(caught.value.path).endswith(name)


def test_a_bad_csv_line_is_named(tmp_path):
    path = written(tmp_path, "w.csv", "rule,fingerprint,reason,who\nS102,0,a,b\nS102,0,,b\n")
    with pytest.raises(ConfigError) as caught:
        read_waivers(path)
    assert caught.value.line == 3


def test_expired_and_stale_waivers_are_told():
    (finding,) = check([doubled()])
    used = Waiver(rule="S102", fingerprint=finding.fingerprint, reason="r", who="w")
    old = Waiver(rule="S102", fingerprint="gone", reason="r", who="w", until=datetime.date(2020, 1, 1))
    assert stale([used, old], [finding]) == (old,)
    assert expired([used, old], datetime.date(2020, 1, 2)) == (old,)
    assert expired([used, old], datetime.date(2020, 1, 1)) == ()


def test_only_what_a_baseline_does_not_have_is_new():
    before = check([doubled()])
    after = check([doubled(), doubled("by by it")])
    assert [f.term for f in new_since(after, baseline(before))] == ["by"]
