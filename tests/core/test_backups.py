from __future__ import annotations

import sqlite3
import threading
from contextlib import closing

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from portal.core import backups

pytestmark = pytest.mark.integration


@pytest.fixture
def database(tmp_path, monkeypatch, media):
    """A SQLite database in WAL of its own, known to the portal as its database, and an empty library."""
    path = tmp_path / "live.sqlite3"
    with closing(sqlite3.connect(path)) as live:
        live.execute("PRAGMA journal_mode=WAL")
        live.execute("CREATE TABLE letters (number INTEGER PRIMARY KEY, twin INTEGER)")
        live.commit()
    if connection.vendor != "sqlite":
        pytest.skip("копия PostgreSQL делается pg_dump")
    monkeypatch.setitem(connection.settings_dict, "NAME", str(path))
    monkeypatch.setattr(backups.connections, "close_all", lambda: None)
    return path


def rows(path):
    with closing(sqlite3.connect(path)) as live:
        return live.execute("SELECT count(*), count(twin), coalesce(max(number), 0) FROM letters").fetchone()


def test_copy_made_under_load_is_one_moment_and_comes_back(database, tmp_path):
    stop = threading.Event()

    def write():
        with closing(sqlite3.connect(database, timeout=30)) as live:
            while not stop.is_set():
                with live:
                    cursor = live.execute("INSERT INTO letters (twin) VALUES (NULL)")
                    live.execute("UPDATE letters SET twin = number WHERE number = ?", [cursor.lastrowid])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while rows(database)[0] < 50:
            pass
        default_storage.save("documents/a.pdf", ContentFile(b"first"))
        list(backups.make_backup(tmp_path / "copy"))
    finally:
        stop.set()
        writer.join()
    count, twins, last = rows(tmp_path / "copy" / backups.SQLITE)
    assert count == twins == last >= 50

    with closing(sqlite3.connect(database)) as live, live:
        live.execute("DELETE FROM letters")
    default_storage.delete("documents/a.pdf")
    default_storage.save("documents/later.pdf", ContentFile(b"later"))
    list(backups.restore_backup(tmp_path / "copy"))
    assert rows(database) == (count, twins, last)
    assert default_storage.listdir("documents")[1] == ["a.pdf"]
    assert default_storage.open("documents/a.pdf").read() == b"first"


def test_copy_goes_into_an_empty_folder_only(database, tmp_path):
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "note.txt").write_text("важное")
    with pytest.raises(backups.BackupError, match="не пуста"):
        list(backups.make_backup(tmp_path / "copy"))


def test_copy_cut_short_is_not_put_back(database, tmp_path):
    list(backups.make_backup(tmp_path / "copy"))
    (tmp_path / "copy" / backups.NOTE).unlink()
    with pytest.raises(backups.BackupError, match="нет целой копии"):
        list(backups.restore_backup(tmp_path / "copy"))


def test_damaged_copy_changes_nothing(database, tmp_path):
    with closing(sqlite3.connect(database)) as live, live:
        live.executemany("INSERT INTO letters (twin) VALUES (?)", [(number,) for number in range(5000)])
    list(backups.make_backup(tmp_path / "copy"))
    copy = tmp_path / "copy" / backups.SQLITE
    content = bytearray(copy.read_bytes())
    content[5000:9000] = b"\xff" * 4000
    copy.write_bytes(content)
    with pytest.raises((backups.BackupError, sqlite3.DatabaseError)):
        list(backups.restore_backup(tmp_path / "copy"))
    assert rows(database)[0] == 5000
