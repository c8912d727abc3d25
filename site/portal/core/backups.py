"""Backup and restore of the whole portal: database, files of the library, private files of applications.

SQLite is copied by its backup API: a plain copy of the file loses what stands in the write-ahead log. PostgreSQL is
dumped by pg_dump in one snapshot. Files are copied after the database, so that each row has its file; what is
uploaded meanwhile is merely a file without a row.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.core.files.storage import Storage, default_storage, storages
from django.db import connection, connections
from django.utils import timezone

from portal.core import withdrawals

SQLITE, DUMP, MEDIA, PRIVATE, NOTE = "portal.sqlite3", "portal.dump", "media", "private", "backup.json"


class BackupError(Exception):
    """A copy cannot be made or put back; the text says why, in Russian."""


def make_backup(folder: Path) -> Iterator[str]:
    """Copy database and files into `folder`, which must be new or empty; yield a line for each part.

    The note that makes the folder a backup is written last: a copy cut short is not taken for a whole one.
    Raises BackupError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise BackupError(f"Папка {folder} не пуста: копия делается в новую.")
    folder.chmod(0o700)
    if connection.vendor == "sqlite":
        _copy_sqlite(Path(str(connection.settings_dict["NAME"])), folder / SQLITE)
    else:
        _postgres("pg_dump", "--format=custom", "--no-owner", f"--file={folder / DUMP}")
    yield "база данных скопирована"
    yield f"файлов скопировано: {_copy_files(default_storage, folder / MEDIA)}"
    yield f"файлов заявок скопировано: {_copy_files(storages['private'], folder / PRIVATE)}"
    note = {"made_at": timezone.now().isoformat(), "vendor": connection.vendor}
    (folder / NOTE).write_text(json.dumps(note), encoding="utf-8")
    yield f"копия готова: {folder}"


def restore_backup(folder: Path) -> Iterator[str]:
    """Put the copy in `folder` in place of the present database and files; yield a line for each part.

    Raises BackupError when the copy is not whole or is of another kind of database; nothing is changed then.
    """
    try:
        note = json.loads((folder / NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BackupError(f"В папке {folder} нет целой копии портала.") from error
    if note["vendor"] != connection.vendor:
        raise BackupError(f"Копия сделана с {note['vendor']}, а портал работает на {connection.vendor}.")
    if connection.vendor == "sqlite":
        target = Path(str(connection.settings_dict["NAME"]))
        _check_sqlite(folder / SQLITE)
        connections.close_all()
        _copy_sqlite(folder / SQLITE, target)
    else:
        connections.close_all()
        _postgres(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            "--dbname",
            "{name}",
            str(folder / DUMP),
        )
    yield "база данных возвращена"
    yield f"файлов возвращено: {_return_files(default_storage, folder / MEDIA)}"
    if (folder / PRIVATE).is_dir():  # copies of earlier releases have none
        yield f"файлов заявок возвращено: {_return_files(storages['private'], folder / PRIVATE)}"
    cache.clear()  # what was cached tells of the other state
    yield "готово: запустите портал"


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy pages through SQLite itself: writers go on, and the copy is one moment's state."""
    with closing(sqlite3.connect(source, timeout=60)) as origin, closing(sqlite3.connect(target, timeout=60)) as copy:
        origin.backup(copy)


def _check_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise BackupError("База данных в копии повреждена. Ничего не изменено.")


def _postgres(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL against our database; the password goes through the environment."""
    known: dict[str, Any] = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    env = {**os.environ, **{name: str(known[key]) for name, key in names.items() if known.get(key)}}
    path = shutil.which(program)
    if path is None:
        raise BackupError(f"Нет программы {program}: поставьте пакет postgresql-client.")
    filled = [argument.replace("{name}", str(known["NAME"])) for argument in arguments]
    done = subprocess.run([path, *filled], env=env, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BackupError(f"{program} не справился: {done.stderr.strip()[-500:]}")


def _copy_files(storage: Storage, target: Path) -> int:
    """Copy every file of a storage, whatever holds it; return how many."""
    target.mkdir()
    count = 0
    for name in _names(storage, ""):
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with storage.open(name) as source, path.open("wb") as copy:
                shutil.copyfileobj(source, copy)
        except FileNotFoundError:  # deleted meanwhile
            continue
        count += 1
    return count


def _names(storage: Storage, folder: str) -> Iterator[str]:
    """Yield the names of all files but those of the journal of withdrawals, which outlives every restore."""
    if folder == withdrawals.FOLDER:
        return
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield os.path.join(folder, name)  # noqa: PTH118 (names of a storage, not paths)
    for name in folders:
        yield from _names(storage, os.path.join(folder, name))  # noqa: PTH118


def _return_files(storage: Storage, source: Path) -> int:
    """Put files back under their names; what was not in the copy goes."""
    wanted = {str(path.relative_to(source)) for path in source.rglob("*") if path.is_file()}
    for name in {*_names(storage, ""), *wanted}:
        storage.delete(name)
    for name in wanted:
        with (source / name).open("rb") as file:
            storage.save(name, file)
    return len(wanted)
