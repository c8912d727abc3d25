"""The server under measurement, and what it and its database have used of the processor and of memory."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.banks import ROOT, Bank

TICKS = os.sysconf("SC_CLK_TCK")
START_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    headers: dict[str, str]
    size: int


class Server:
    """gunicorn with the portal's own configuration and the bank's environment; use as a context manager."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self.postmaster = _postmaster(bank.database_url) if bank.database_url else None

    def __enter__(self) -> Server:
        command = [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "deploy/gunicorn.conf.py")]
        self.process = subprocess.Popen(
            [*command, "--max-requests", "0", "tests.bench.wsgi:application"],
            cwd=ROOT,
            env=self.bank.environment,
        )
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                assert self.ask("/hello/", "hello").status == 200
                return self
            except OSError:
                if time.monotonic() > until or self.process.poll() is not None:
                    self.__exit__()
                    raise
                time.sleep(0.2)

    def __exit__(self, *exc: object) -> None:
        self.process.terminate()
        self.process.wait(15)

    def ask(self, path: str, way: str, headers: dict[str, str] | None = None) -> Answer:
        """GET `path` as a browser would; `way` is a mode of tests.bench.wsgi."""
        connection = http.client.HTTPConnection("127.0.0.1", self.bank.port, timeout=120)
        try:
            connection.request("GET", path, headers={"X-Bench": way, "Accept-Encoding": "gzip, br", **(headers or {})})
            response = connection.getresponse()
            body = response.read()
            return Answer(response.status, dict(response.getheaders()), len(body))
        finally:
            connection.close()

    @property
    def workers(self) -> list[int]:
        """The processes that answer."""
        return list(_children(self.process.pid))

    def cpu(self) -> float:
        """Seconds of processor time used so far by the web processes and by the database."""
        used = sum(map(_own_seconds, self.workers))
        if self.postmaster:
            # Sessions end with the requests; the kernel adds what they used to their parent.
            used += _seconds(self.postmaster, reaped=True) + sum(map(_own_seconds, _children(self.postmaster)))
        return used

    def memory(self) -> float:
        """Megabytes held by the largest web process, those shared with the others counted too."""
        return max(_resident(pid) for pid in self.workers)


def _children(pid: int) -> Iterable[int]:
    return map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


def _own_seconds(pid: int) -> float:
    """The scheduler counts in nanoseconds, `stat` in hundredths of a second."""
    try:
        runtimes = [int(path.read_text().split()[0]) for path in Path(f"/proc/{pid}/task").glob("*/schedstat")]
        return sum(runtimes) / 1e9 if any(runtimes) else _seconds(pid)
    except OSError:
        return 0.0


def _seconds(pid: int, *, reaped: bool = False) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11 : 15 if reaped else 13])) / TICKS


def _resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def _postmaster(url: str) -> int | None:
    """The parent of all sessions, None when the database runs on another machine."""
    import psycopg2

    connection = psycopg2.connect(url)
    backend = Path(f"/proc/{connection.get_backend_pid()}/stat")
    try:
        if "postgres" in backend.read_text():
            return int(backend.read_text().rpartition(")")[2].split()[1])
    except OSError:
        pass
    finally:
        connection.close()
    print("Сервер базы на другой машине: его процессорное время не учтено.", flush=True)
    return None
