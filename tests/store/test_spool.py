from __future__ import annotations

import datetime

import pytest

from tm.errors import StoreError
from tm.model import Code, Origin
from tm.store import spool
from tm.store.spool import Pieces, Spool


def test_units_come_back_by_their_numbers_in_any_order(unit, monkeypatch):
    monkeypatch.setattr(spool, "_IN_MEMORY", 500)
    units = [unit(f"第{number}句", origin=Origin(index=number)) for number in range(50)]
    kept = Spool()
    for number, one in enumerate(units):
        assert len(kept) == number
        kept.append(one)
        assert kept[number // 2] == units[number // 2]
    assert [kept[number] for number in (49, 0, 25)] == [units[49], units[0], units[25]]
    kept.close()


def test_a_full_disk_is_a_store_error(unit, monkeypatch):
    def full(_unit: object, _file: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    kept = Spool()
    monkeypatch.setattr("tm.store.spool.pickle.dump", full)
    with pytest.raises(StoreError, match="the disk is full"):
        kept.append(unit("一"))
    kept.close()


def test_what_only_the_format_knows_of_a_unit_stays_with_it(unit):
    kept = Spool()
    one = unit("一", extra=Code(offset=1, kind="ph"), line=7)
    kept.append(one)
    assert (kept[0].extra, kept[0].line) == (one.extra, 7)
    assert kept[0].origin.created == datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC)
    kept.close()


@pytest.mark.parametrize(("in_memory", "chunk"), [(1 << 24, 1 << 18), (1, 1), (50, 7)])
def test_pieces_come_back_in_order_all_or_those_chosen(tmp_path, monkeypatch, in_memory, chunk):
    monkeypatch.setattr(spool, "_IN_MEMORY", in_memory)
    monkeypatch.setattr(spool, "_CHUNK", chunk)
    pieces = [b"x" * (number % 5) + bytes([number]) for number in range(60)]
    kept = Pieces(tmp_path)
    for number, piece in enumerate(pieces):
        assert len(kept) == number
        kept.append(piece)
    for _time in range(2):
        assert b"".join(kept) == b"".join(pieces)
        assert list(kept.chosen(iter([0, 7, 8, 59]))) == [pieces[number] for number in (0, 7, 8, 59)]
        assert list(kept.chosen(iter([]))) == []
    kept.close()
    assert list(tmp_path.iterdir()) == []


def test_pieces_for_which_there_is_no_room_are_a_store_error(tmp_path, monkeypatch):
    monkeypatch.setattr(spool, "_IN_MEMORY", 10)
    kept = Pieces(tmp_path / "absent")
    with pytest.raises(StoreError, match="folder does not exist"):
        kept.append(b"x" * spool._CHUNK * 2)
    kept.close()
