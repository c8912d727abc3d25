"""Banks of practices of the sizes that are measured, built once and kept under var/bench."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "bench"
# What decides about the rows of a bank; when it changes, the bank is built anew.
SOURCES = ("site/portal/demo/**/*", "**/migrations/*.py", "**/setup.py", "**/reference/*.yaml")


@dataclass(frozen=True)
class Bank:
    """A bank of `size` generated practices beside the small demonstration."""

    size: int
    port: int

    @property
    def folder(self) -> Path:
        return FOLDER / f"{'postgresql' if os.environ.get('DATABASE_URL') else 'sqlite'}-{self.size}"

    @property
    def database_url(self) -> str:
        """The database beside the one that DATABASE_URL names, or an empty string for SQLite."""
        url = os.environ.get("DATABASE_URL", "")
        return urlsplit(url)._replace(path=f"{urlsplit(url).path}_bench_{self.size}").geturl() if url else ""

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the bank's processes."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "VAR_DIR": str(self.folder),
            "BENCH_STATIC": str(FOLDER / "static"),
            "DATABASE_URL": self.database_url,
            "SECRET_KEY": "of-the-benchmark-alone-" + "0123456789" * 4,
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "WEB_PROCESSES": "2",
            "MFA_REQUIRED": "false",
        }

    def prepare(self, *, rebuild: bool = False) -> None:
        """Build the bank unless it stands as the sources of today would build it."""
        mark, signature = self.folder / "built", _signature()
        if rebuild or not mark.exists() or mark.read_text() != signature:
            print(f"Строю банк из {self.size} практик (один раз)…", flush=True)
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            if self.database_url:
                _make_database(self.database_url)
            self.manage("prepare_portal", "--with-demo")
            self.manage("load_demo", "--scale", str(self.size), "--verbosity", "0")
            mark.write_text(signature)
        else:
            self.manage("prepare_portal")

    def manage(self, *arguments: str) -> None:
        """Run a command of manage.py on the bank."""
        subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )


def _signature() -> str:
    digest = hashlib.sha256()
    for pattern in SOURCES:
        for folder in ("site", "practices", "contests", "events", "search"):
            inner = pattern.removeprefix("site/") if folder == "site" else pattern
            for path in sorted((ROOT / folder).glob(inner)):
                if path.is_file() and path.suffix != ".pyc":
                    digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def _make_database(url: str) -> None:
    """Make an empty database at `url`, in place of one that was there."""
    import psycopg2
    from psycopg2 import sql

    name = urlsplit(url).path.lstrip("/")
    connection = psycopg2.connect(urlsplit(url)._replace(path="/postgres").geturl())
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    connection.close()
