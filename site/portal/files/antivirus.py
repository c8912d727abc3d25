"""The antivirus of the operator: clamd over its socket, by the INSTREAM command of its protocol (clamd(8)).

Configured by CLAMD_URL: `tcp://host:3310` or `unix:///run/clamav/clamd.sock`. Asked by the worker alone: a file of
twenty megabytes takes seconds.
"""

from __future__ import annotations

import contextlib
import socket
import struct
from collections.abc import Iterator
from typing import IO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

TIMEOUT = 30  # seconds of silence
_CHUNK = 256 * 1024
_LONGEST_REPLY = 4096


class AntivirusAway(Exception):
    """The antivirus does not answer: the file stays unchecked and is asked about again."""


class AntivirusRefused(Exception):
    """The antivirus will not look at the file: larger than its own limit, or something it cannot read."""


def is_configured() -> bool:
    """Tell whether the operator has an antivirus."""
    return bool(settings.CLAMD_URL)


def find_virus(file: IO[bytes]) -> str:
    """Return the name of what the antivirus found in `file`, an empty string when the file is clean.

    The file is read from its beginning. Raises AntivirusAway, AntivirusRefused, and ImproperlyConfigured for a wrong
    CLAMD_URL.
    """
    file.seek(0)
    try:
        with _connected() as line:
            line.sendall(b"zINSTREAM\0")
            while chunk := file.read(_CHUNK):
                line.sendall(struct.pack(">L", len(chunk)) + chunk)
            line.sendall(struct.pack(">L", 0))
            reply = _reply(line)
    except OSError as error:
        raise AntivirusAway(str(error)) from error
    return _verdict(reply)


@contextlib.contextmanager
def _connected() -> Iterator[socket.socket]:
    parts = urlsplit(settings.CLAMD_URL)
    if parts.scheme == "unix":
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(TIMEOUT)
            line.connect(parts.path)
            yield line
    elif parts.scheme == "tcp" and parts.hostname:
        with socket.create_connection((parts.hostname, parts.port or 3310), TIMEOUT) as line:
            yield line
    else:
        raise ImproperlyConfigured("CLAMD_URL: ожидается tcp://узел:3310 или unix:///путь/к/сокету")


def _reply(line: socket.socket) -> str:
    reply = b""
    while not reply.endswith(b"\0") and len(reply) < _LONGEST_REPLY and (part := line.recv(1024)):
        reply += part
    return reply.rstrip(b"\0\n").decode("utf-8", "replace")


def _verdict(reply: str) -> str:
    words = reply.partition(": ")[2].strip()
    if words == "OK":
        return ""
    if words.endswith(" FOUND"):
        return words.removesuffix(" FOUND")[:200]
    if reply:
        raise AntivirusRefused(reply[:200])
    raise AntivirusAway("no answer")
