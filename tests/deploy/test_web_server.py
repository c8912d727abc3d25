"""What the web server itself answers before the portal sees a request."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def server():
    """The port of a gunicorn under the portal's configuration with an application that says how long the query was."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "tests.deploy.echo:application"],
        cwd=ROOT,
        env={**os.environ, "PORT": str(port), "HOST": "127.0.0.1", "WEB_PROCESSES": "1", "PYTHONPATH": str(ROOT)},
    )
    deadline = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            assert process.poll() is None and time.monotonic() < deadline, "gunicorn does not answer"
            time.sleep(0.1)
    yield port
    process.terminate()
    process.wait(10)


def ask(port, path, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body


@pytest.mark.parametrize("length", [10, 8_200, 10_240, 30_000])
def test_a_long_address_reaches_the_portal(server, length):
    assert ask(server, "/practices/?" + "q" * length) == (200, str(length))


def test_an_address_too_long_even_for_that_is_refused_in_russian(server):
    status, body = ask(server, "/practices/?" + "q" * 40_000)
    assert status == 414
    assert "Адрес слишком длинный" in body
    assert "bytes" not in body


def test_headers_may_repeat_a_long_address(server):
    assert ask(server, "/", **{"HX-Current-URL": "h" * 12_000})[0] == 200


def test_headers_too_long_are_refused_in_russian(server):
    status, body = ask(server, "/", Cookie="c" * 40_000)
    assert status == 431
    assert "Очистите cookie" in body


def test_junk_is_refused_in_russian(server):
    with socket.create_connection(("127.0.0.1", server), timeout=10) as line:
        line.sendall(b"NONSENSE\r\n\r\n")
        answer = line.makefile("rb").read().decode()
    assert answer.startswith("HTTP/1.1 400")
    assert "Запрос не разобран" in answer
