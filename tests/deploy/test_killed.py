"""kill -9 of the web server in the middle of the work of an author, a head and an editor.

Whatever was acknowledged by an answer is there afterwards, and nothing is half-done. The moments are random; the seed is
printed and may be put into KILL_SEED.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import http.client
import json
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone

from portal.core.models import Letter
from portal.intake.models import NumberSeries
from portal.roadmap.models import Fact
from practices.models import PracticePage, PracticeSubmission, SubmissionFile
from tests.factories.roadmap import make_item, make_test_plan
from tests.factories.submissions import make_submission
from tests.factories.whole import make_whole
from tests.intake.samples import PDF
from tests.practices.publication.conftest import Way, make_accepted
from tests.practices.submission.conftest import make_people

pytestmark = [
    pytest.mark.integration,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the file of SQLite is what a kill could leave torn"),
]
ROOT = Path(__file__).resolve().parents[2]
KILLS = 6  # of each work
CSRF = "k" * 32


@pytest.fixture
def var(tmp_path, settings, monkeypatch):
    """The data folder of the killed server: its database is that of this test, so that what is there can be asked."""
    folder = tmp_path / Path(django_settings.VAR_DIR).relative_to(tempfile.gettempdir())
    folder.mkdir(parents=True)
    (folder / "main.sqlite3").symlink_to(connection.settings_dict["NAME"])
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "portal.files.storage.PortalFileStorage",
            "OPTIONS": {"location": str(folder / "media"), "base_url": "/media/"},
        },
        "private": {
            "BACKEND": "portal.files.storage.PortalFileStorage",
            "OPTIONS": {"location": str(folder / "private")},
        },
    }
    settings.MEDIA_ROOT = folder / "media"
    monkeypatch.setattr(SubmissionFile._meta.get_field("file"), "storage", storages["private"])
    return folder


@pytest.fixture
def moments():
    """Random moments, the same again for the same seed."""
    seed = int(os.environ.get("KILL_SEED") or secrets.randbelow(10**6))
    sys.stdout.write(f"KILL_SEED={seed}\n")
    return random.Random(seed)


class Servers:
    """Web servers of the portal, one after another at one address; `kill` ends all processes of the present one."""

    def __init__(self, tmp_path):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "TMPDIR": str(tmp_path),
            "TASKS": "database",
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "WEB_PROCESSES": "2",
        }
        self.forks = subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "deploy" / "forks.py")],
            cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.group = None

    def start(self):
        self.forks.stdin.write("\n")
        self.forks.stdin.flush()
        self.group = int(self.forks.stdout.readline())
        deadline = time.monotonic() + 60
        while not self.answers():
            assert self.forks.poll() is None and time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.02)

    def answers(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def kill(self):
        os.killpg(self.group, signal.SIGKILL)

    def wait_until_gone(self):
        deadline = time.monotonic() + 10
        while self.answers():
            assert time.monotonic() < deadline, "the killed server still listens"
            time.sleep(0.02)
        self.group = None

    def close(self):
        if self.group is not None:
            self.kill()
        self.forks.stdin.close()
        self.forks.wait(10)


@pytest.fixture
def servers(var, tmp_path):
    found = Servers(tmp_path)
    yield found
    found.close()


class Visitor:
    """Somebody signed in who posts to the server; None in place of an answer that did not come."""

    def __init__(self, servers, user):
        signed_in = Client()
        signed_in.force_login(user)
        cookies = {"csrftoken": CSRF, **{name: morsel.value for name, morsel in signed_in.cookies.items()}}
        self.servers = servers
        self.headers = {"X-CSRFToken": CSRF, "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}

    def post(self, address, data, *, kind="application/x-www-form-urlencoded", **headers):
        body = data if isinstance(data, bytes) else urlencode(data).encode()
        line = http.client.HTTPConnection("127.0.0.1", self.servers.port, timeout=30)
        try:
            line.request("POST", address, body, {**self.headers, "Content-Type": kind, **headers})
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            line.close()


def log_of_writes():
    """Size and time of what SQLite has written beside the database; None while there is nothing."""
    try:
        found = Path(f"{Path(connection.settings_dict['NAME']).resolve()}-wal").stat()
    except FileNotFoundError:
        return None
    return (found.st_size, found.st_mtime_ns) if found.st_size else None


def kill_by_chance(servers, moments, took):
    """Kill the server at any moment of a request that takes about `took` seconds, or just after its first write."""
    amid, chance = moments.random() < 0.5, moments.random()
    before, deadline = log_of_writes(), time.monotonic() + 2 * took + 0.2
    if amid:
        time.sleep(1.1 * took * chance)
    else:
        while log_of_writes() in (None, before) and time.monotonic() < deadline:
            time.sleep(0.0005)
        time.sleep(0.3 * took * chance)
    servers.kill()


def kill_amid(servers, moments, asks, acknowledged):
    """Do `asks` one after another and kill the server amid the last one.

    Each ask is (key, act), act returns the answer or None; what was answered as `acknowledged` wants is returned.
    """
    servers.start()
    done, took = [], 0.2
    for number, (key, act) in enumerate(asks, start=1):
        if number == len(asks):
            killing = threading.Thread(target=kill_by_chance, args=(servers, moments, took))
            killing.start()
        began = time.monotonic()
        answer = act()
        took = time.monotonic() - began
        if answer is not None:
            assert acknowledged(*answer), answer
            done.append(key)
        else:
            assert number == len(asks), "the server went before it was killed"
    killing.join()
    servers.wait_until_gone()
    connections.close_all()
    return done


def whole():
    """The file of the database is sound."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchall() == [("ok",)]
        cursor.execute("PRAGMA foreign_key_check")
        assert cursor.fetchall() == []


def test_the_text_of_an_acknowledged_autosave_is_there(servers, moments):
    people = make_people()
    draft = make_submission(people.ours, people.author)
    author = Visitor(servers, people.author)
    address, version, written = f"/cabinet/practices/{draft.public_id}/solution/save/", 0, []

    def save(text):
        nonlocal version
        seen = json.dumps({"goal": [version, ""]})
        answer = author.post(address, {"fields": "goal", "goal": text, "seen": seen, "page": "p1"})
        if answer is not None and answer[0] == 200:
            version = json.loads(answer[1])["version"]
        return answer

    for kill in range(KILLS):
        texts = [f"Дети сами ведут дневник погоды, запись {kill}.{number}" for number in range(moments.randint(2, 5))]
        asks = [(text, partial(save, text)) for text in texts]
        done = kill_amid(
            servers, moments, asks, lambda status, said: status == 200 and not json.loads(said)["conflicts"]
        )
        written += done
        kept = PracticeSubmission.objects.get(pk=draft.pk)
        assert kept.goal in {written[-1], texts[-1]}, "what was acknowledged is lost"
        assert kept.field_versions["goal"][0] == kept.version
        version = kept.version  # the page is opened again
        whole()


def test_an_acknowledged_file_is_there_with_its_bytes_and_no_row_is_without_its_file(servers, moments):
    people = make_people()
    author = Visitor(servers, people.author)

    def send(draft, name, content):
        form = {"purpose": "file", "upload-file": SimpleUploadedFile(name, content, "application/pdf")}
        address, body = f"/cabinet/practices/{draft.public_id}/files/add/", encode_multipart(BOUNDARY, form)
        return author.post(address, body, kind=MULTIPART_CONTENT, Accept="application/json")

    for _kill in range(KILLS):
        draft, contents, acknowledged = make_submission(people.ours, people.author), {}, {}
        for number in range(3):
            noise = moments.randbytes(moments.randint(200_000, 1_500_000)).hex().encode()
            contents[f"План {number}.pdf"] = PDF.replace(b"\n", b"\n% " + noise + b"\n", 1)
        asks = [(name, partial(send, draft, name, content)) for name, content in contents.items()]
        for name in kill_amid(servers, moments, asks, lambda status, _said: status == 201):
            acknowledged[name] = hashlib.sha256(contents[name]).hexdigest()
        rows = {row.name: row for row in SubmissionFile.objects.filter(submission=draft)}
        assert set(acknowledged) <= set(rows)
        for name, row in rows.items():
            content = row.file.storage.open(row.file.name).read()  # no row without its file, no file in part
            assert (len(content), hashlib.sha256(content).hexdigest()) == (row.size, row.digest)
            assert acknowledged.get(name, row.digest) == row.digest
        told = [record.details["file"] for record in draft.records.filter(action="attach")]
        assert sorted(told) == sorted(rows)
        whole()


def test_an_acknowledged_sending_has_all_that_belongs_to_a_number_and_no_number_is_alone(servers, moments):
    people = make_people()
    head = Visitor(servers, people.head)
    acknowledged = set()
    for _kill in range(KILLS):
        drafts = [make_whole(people.ours, people.author) for _draft in range(moments.randint(1, 3))]
        asks = [
            (
                one.pk,
                partial(head.post, f"/cabinet/practices/{one.public_id}/do/send/", {"token": one.send_token}),
            )
            for one in drafts
        ]
        acknowledged |= set(kill_amid(servers, moments, asks, lambda status, _said: status == 302))
        sent = PracticeSubmission.objects.filter(status="formal_check")
        assert acknowledged <= set(sent.values_list("pk", flat=True))
        for one in PracticeSubmission.objects.all():
            came = one.status == "formal_check"
            assert (one.number is not None, one.sent_at is not None) == (came, came), one.status
            assert one.records.filter(action="send", target="formal_check").count() == came
            assert one.snapshots.filter(reason="sent").count() == came
            letters = Letter.objects.filter(kind="practice_receipt")
            told = [letter for letter in letters if one.number and one.number in f"{letter.subject} {letter.body}"]
            assert sorted(letter.to for letter in told) == (sorted({people.author.email, people.head.email}) * came)
        series = NumberSeries.objects.first()
        given = sorted(sent.values_list("number", flat=True))
        year = timezone.localdate().year
        assert given == [f"ПР-{year}-{number:03}" for number in range(1, (series.last if series else 0) + 1)]
        whole()


def test_a_page_is_public_exactly_when_its_submission_is_published_with_history_and_fact(servers, moments):
    today = timezone.localdate()
    year = {"starts_on": dt.date(today.year, 1, 1), "ends_on": dt.date(today.year, 12, 31)}
    item = make_item(make_test_plan(**year), number_text="11.", planned=9, **year)
    people = make_people()
    editor = Visitor(servers, people.editor)
    acknowledged = set()
    for kill in range(KILLS):
        ways = [Way(people, make_accepted(people, title=f"Дневник погоды {kill}.{number}")) for number in range(2)]
        for way in ways:
            way.agreed()
        asks = [
            (way.page.pk, partial(editor.post, f"/admin/practices/way/{way.page.pk}/", {"act": "publish"}))
            for way in ways[moments.randint(0, 1) :]
        ]
        acknowledged |= set(kill_amid(servers, moments, asks, lambda status, _said: status == 302))
        live = set(PracticePage.objects.live().values_list("pk", flat=True))
        assert acknowledged <= live
        for one in PracticeSubmission.objects.all():
            out = one.page_id in live
            assert (one.status == "published") == out, one.status
            assert one.records.filter(action="publish", target="published").count() == out
            assert Fact.objects.filter(item=item, page=one.page_id).count() == out
            assert PracticePage.objects.get(pk=one.page_id).has_unpublished_changes != out
        assert Letter.objects.filter(kind="practice_published", to=people.author.email).count() == len(live)
        whole()
