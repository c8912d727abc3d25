"""The antivirus of the operator, asked by its own protocol; a clamd of the test answers."""

from __future__ import annotations

import io
import socketserver
import struct
import threading

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.files import antivirus

pytestmark = pytest.mark.unit


class Clamd(socketserver.BaseRequestHandler):
    """Reads INSTREAM as clamd does and finds a virus in what holds EICAR."""

    reply = ""

    def handle(self):
        assert self._exactly(10) == b"zINSTREAM\0"
        heard = b""
        while size := struct.unpack(">L", self._exactly(4))[0]:
            heard += self._exactly(size)
        found = "stream: Eicar-Test-Signature FOUND" if b"EICAR" in heard else "stream: OK"
        self.request.sendall((self.reply or found).encode() + b"\0")

    def _exactly(self, size):
        data = b""
        while len(data) < size:
            part = self.request.recv(size - len(data))
            assert part
            data += part
        return data


@pytest.fixture
def clamd(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield
        server.shutdown()


def test_a_clean_file_has_no_virus(clamd):
    assert antivirus.find_virus(io.BytesIO(b"text" * 200_000)) == ""


def test_the_name_of_a_virus_is_told_wherever_it_stands(clamd):
    assert antivirus.find_virus(io.BytesIO(b"x" * 300_000 + b"EICAR")) == "Eicar-Test-Signature"


def test_a_file_is_read_from_its_beginning(clamd):
    file = io.BytesIO(b"EICAR")
    file.read()
    assert antivirus.find_virus(file) == "Eicar-Test-Signature"


def test_an_antivirus_by_a_socket_of_the_machine(settings, tmp_path):
    path = str(tmp_path / "clamd.sock")
    with socketserver.ThreadingUnixStreamServer(path, Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD_URL = f"unix://{path}"
        assert antivirus.find_virus(io.BytesIO(b"EICAR")) == "Eicar-Test-Signature"
        server.shutdown()


def test_a_file_it_will_not_look_at_is_not_called_clean(clamd, monkeypatch):
    monkeypatch.setattr(Clamd, "reply", "INSTREAM size limit exceeded. ERROR")
    with pytest.raises(antivirus.AntivirusRefused):
        antivirus.find_virus(io.BytesIO(b"text"))


def test_an_antivirus_that_is_away_is_no_verdict(settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:9"
    with pytest.raises(antivirus.AntivirusAway):
        antivirus.find_virus(io.BytesIO(b"text"))


def test_a_wrong_setting_is_told(settings):
    settings.CLAMD_URL = "http://clamd"
    assert antivirus.is_configured()
    with pytest.raises(ImproperlyConfigured):
        antivirus.find_virus(io.BytesIO(b"text"))


def test_without_a_setting_there_is_none(settings):
    settings.CLAMD_URL = ""
    assert not antivirus.is_configured()
