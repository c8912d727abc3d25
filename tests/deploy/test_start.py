"""The start of the whole portal on one machine: what it prepares and what it refuses."""

from __future__ import annotations

import http.server
import importlib.util
import socket
import stat
import threading

import pytest
from django.conf import settings

pytestmark = pytest.mark.unit


@pytest.fixture
def start(monkeypatch):
    spec = importlib.util.spec_from_file_location("start", settings.ROOT / "deploy" / "start.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(__import__("sys").modules, "start", module)
    spec.loader.exec_module(module)
    for name in ("SECRET_KEY", "HOST", "PORT", "SITE_URL", "ALLOWED_HOSTS", "MFA_REQUIRED"):
        monkeypatch.delenv(name, raising=False)
    return module


def test_values_are_made_once_and_kept_from_others(start, tmp_path):
    first = start.environment(tmp_path)
    assert start.environment(tmp_path)["SECRET_KEY"] == first["SECRET_KEY"]
    assert len(first["SECRET_KEY"]) >= 50
    assert first["SITE_URL"] == "http://127.0.0.1:8000"
    assert stat.S_IMODE((tmp_path / "env").stat().st_mode) == 0o600


def test_environment_wins_over_the_file(start, tmp_path, monkeypatch):
    start.environment(tmp_path)
    monkeypatch.setenv("PORT", "8055")
    monkeypatch.setenv("MFA_REQUIRED", "true")
    env = start.environment(tmp_path)
    assert (env["SITE_URL"], env["MFA_REQUIRED"]) == ("http://127.0.0.1:8055", "true")


def test_taken_port_is_said_in_a_sentence(start):
    taken = socket.create_server(("127.0.0.1", 0))
    with taken, pytest.raises(SystemExit, match="занят другой программой"):
        start.check_port("127.0.0.1", str(taken.getsockname()[1]))


@pytest.mark.parametrize("port", ["", "abc", "0", "70000"])
def test_absurd_port_is_said_in_a_sentence(start, port):
    with pytest.raises(SystemExit, match="порт — это число"):
        start.check_port("127.0.0.1", port)


def test_second_start_from_one_folder_is_refused(start, tmp_path):
    lock = start.only_one(tmp_path)
    with pytest.raises(SystemExit, match="уже запущен"):
        start.only_one(tmp_path)
    lock.close()
    start.only_one(tmp_path).close()


class OnlyByName(http.server.BaseHTTPRequestHandler):
    """A portal that knows one name and nothing else, like one with ALLOWED_HOSTS set for its own host alone."""

    def do_GET(self):
        known = self.headers["Host"] == "portal.example.org"
        self.send_response(200 if known else 400)
        self.end_headers()
        self.wfile.write(b'{"status": "ok"}')

    def log_message(self, *args):
        pass


def test_a_portal_that_answers_to_its_name_alone_is_found_served(start, monkeypatch):
    monkeypatch.setattr(start.time, "sleep", lambda seconds: pytest.fail("asked by a name it does not know"))
    with http.server.HTTPServer(("127.0.0.1", 0), OnlyByName) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        assert start.wait_until_served(url, "https://portal.example.org", lambda: None)
        server.shutdown()
