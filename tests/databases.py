"""Databases of the tests: a state that is dear to make is made once, kept under a name and copied from then on.

A kept state serves every process and every later run; its name holds a digest of what it was made from, so a changed
source makes it anew. On SQLite it is a file beside the files of the test databases, on PostgreSQL a database.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import time_machine
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from portal.setup.order import run_setup

PROJECT = Path(__file__).parents[1]
SOURCES = ("site", "practices", "contests", "events", "search", "requirements", "tests/demo/conftest.py")
SHARED = Path(settings.VAR_DIR).parent / "states"


@cache
def digest() -> str:
    """Eight letters for the source of the portal as it is now."""
    seen = hashlib.sha256()
    for name in SOURCES:
        source = PROJECT / name
        for path in [source] if source.is_file() else sorted(source.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                seen.update(str(path).encode() + path.read_bytes())
    return seen.hexdigest()[:8]


@contextmanager
def _making() -> Iterator[str]:
    """Keep the other processes of this run waiting, they copy what is made; give the mark of a state made now.

    The clock is the true one, wherever a test has moved it: a setup and a demonstration have dates.
    """
    SHARED.mkdir(parents=True, exist_ok=True)
    hatch = time_machine.escape_hatch
    true_time = hatch.time.time() if hatch.is_travelling() else time.time()
    with (SHARED / "lock").open("w") as lock, time_machine.travel(true_time):
        fcntl.flock(lock, fcntl.LOCK_EX)
        mark = f"{timezone.localdate():%m%d}_{digest()}"
        STATES.forget_others(mark)
        for folder in SHARED.iterdir():
            if folder.is_dir() and not folder.name.endswith(mark):
                shutil.rmtree(folder, ignore_errors=True)
        yield mark


class _Files:
    """Kept states of SQLite: files."""

    def clear(self, database: str) -> None:
        """Remove what a killed run left: a journal beside a file of the same name would be written into it."""
        for end in ("", "-wal", "-shm", "-journal"):
            Path(f"{database}{end}").unlink(missing_ok=True)

    def has(self, state: str) -> bool:
        return self._file(state).exists()

    def keep(self, state: str) -> None:
        new = self._file(f"new_{state}")
        new.unlink(missing_ok=True)
        self._copy(Path(connection.settings_dict["NAME"]), new)
        new.rename(self._file(state))

    def restore(self, state: str) -> None:
        # Page by page into the same file, as a transaction: whoever has it open, such as a thread of a live server,
        # sees the one or the other.
        self._copy(self._file(state), Path(connection.settings_dict["NAME"]))

    def forget(self, state: str) -> None:
        self._file(state).unlink(missing_ok=True)

    def forget_others(self, mark: str) -> None:
        for path in SHARED.glob("*.sqlite3"):
            if not path.stem.startswith("own_") and not path.stem.endswith(mark):
                path.unlink(missing_ok=True)

    def _file(self, state: str) -> Path:
        return SHARED / f"{state}.sqlite3"

    def _copy(self, source: Path, target: Path) -> None:
        with closing(sqlite3.connect(source)) as have, closing(sqlite3.connect(target, timeout=30)) as wanted:
            wanted.execute("PRAGMA synchronous=OFF")
            have.backup(wanted)


class _Servers:
    """Kept states of PostgreSQL: databases that others are copied from."""

    def clear(self, database: str) -> None:
        """Nothing: a copy takes the place of what is there."""

    def has(self, state: str) -> bool:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self._database(state)])
            return cursor.fetchone() is not None

    def keep(self, state: str) -> None:
        new = self._database(f"new_{state}")
        self._copy(connection.settings_dict["NAME"], new)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{new}" RENAME TO "{self._database(state)}"')

    def restore(self, state: str) -> None:
        self._copy(self._database(state), connection.settings_dict["NAME"])

    def forget(self, state: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{self._database(state)}" WITH (FORCE)')

    def forget_others(self, mark: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [self._database("")])
            for (name,) in cursor.fetchall():
                if "_own_" not in name and not name.endswith(mark):
                    cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _database(self, state: str) -> str:
        clone = hashlib.sha256(str(PROJECT).encode()).hexdigest()[:8]
        return f"test_state_{clone}_{state}"

    def _copy(self, source: str, target: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


STATES = _Files() if connection.vendor == "sqlite" else _Servers()


# What every test of this process starts from: a copy of its own, no other run can take it away.
START = f"own_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


def make_test_database(*, anew: bool) -> None:
    """Make the database of this process, as `setup_portal` leaves it; `anew`: whatever earlier runs have kept."""
    name = connection.creation._get_test_db_name()
    STATES.clear(name)
    with _making() as mark:
        state = f"site_{mark}"
        if STATES.has(state) and not anew:
            connection.close()
            settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
            STATES.restore(state)
        else:
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            for _line in run_setup():
                pass
            connections.close_all()
            STATES.forget(state)
            STATES.keep(state)
    STATES.forget(START)
    STATES.keep(START)


def turn_to(name: str, make: Callable[[], None], media: Path) -> None:
    """Put the test database into the state `name` and its files into the empty folder `media`.

    When nobody has yet, `make` makes them out of the site as the setup leaves it.
    """
    connections.close_all()
    with _making() as mark:
        state = f"{name}_{mark}"
        files = SHARED / f"{connection.vendor}_{state}"
        if STATES.has(state):
            STATES.restore(state)
            shutil.copytree(files, media, dirs_exist_ok=True)
        else:
            make()
            connections.close_all()
            shutil.rmtree(files, ignore_errors=True)
            shutil.copytree(media, files)
            STATES.keep(state)


def turn_back() -> None:
    """Put the test database back into the state that every test starts from."""
    connections.close_all()
    STATES.restore(START)


def drop_test_database() -> None:
    """Remove the database of this process; the kept states stay for the next run."""
    connections.close_all()
    connection.creation.destroy_test_db(verbosity=0)
    STATES.forget(START)
