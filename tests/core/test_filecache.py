from __future__ import annotations

import os
import time

import pytest

from portal.core.filecache import PortalFileCache

pytestmark = pytest.mark.unit


@pytest.fixture
def kept(tmp_path):
    return PortalFileCache(str(tmp_path), {"OPTIONS": {"MAX_ENTRIES": 10, "max_bytes": 20_000}})


def age(cache, key, seconds):
    then = time.time() - seconds
    os.utime(cache._key_to_file(key), (then, then))


def test_value_comes_back_and_expires(kept):
    kept.set("page", {"br": b"x" * 100}, 60)
    kept.set("gone", "x", 0)
    assert kept.get("page") == {"br": b"x" * 100}
    assert kept.get("gone") is None


def test_expired_files_leave_the_disk(kept, tmp_path):
    kept.set("long", "x", None)
    kept.set("short", "x", 0.01)
    time.sleep(0.05)
    assert kept.prune() == 1
    assert len(list(tmp_path.iterdir())) == 1
    assert kept.get("long") == "x"


def test_oldest_entries_give_way_when_there_are_too_many(kept):
    for number in range(15):
        kept.set(f"page-{number}", "x")
        age(kept, f"page-{number}", 100 - number)
    kept.prune()
    assert [number for number in range(15) if kept.get(f"page-{number}")] == list(range(5, 15))


def test_oldest_entries_give_way_when_they_take_too_much_room(kept, tmp_path):
    for number in range(5):
        kept.set(f"page-{number}", os.urandom(8_000))
        age(kept, f"page-{number}", 100 - number)
    kept.prune()
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 20_000
    assert kept.get("page-4") is not None


def test_broken_file_stops_nothing(kept, tmp_path):
    (tmp_path / "broken.djcache").write_bytes(b"")
    kept.set("page", "x")
    assert kept.prune() == 0
    assert kept.get("page") == "x"
