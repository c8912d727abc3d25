"""The portal in production settings, each time in a process of its own as the server starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.validators import validate_email

from portal.settings.environment import mail_domain

pytestmark = pytest.mark.integration
WEB = """
import json, sys
sys.path[:0] = ["site", "."]
from portal.wsgi import application
print(json.dumps(sorted(sys.modules)))
"""


@pytest.fixture
def run(tmp_path):
    def start(*command, **variables):
        env = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
        env |= {"SECRET_KEY": "x" * 20 + "abcdefghij" * 5, "SITE_URL": "https://portal.example.org"}
        env |= {"VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "portal.settings.production", **variables}
        env = {name: value for name, value in env.items() if value is not None}
        return subprocess.run(
            [sys.executable, *command], cwd=settings.ROOT, env=env, capture_output=True, text=True, timeout=120
        )

    return start


def test_check_deploy_is_clean_over_https(run):
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
    assert ".W" not in done.stdout + done.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "SITE_URL"])
def test_missing_variable_is_named(run, name):
    done = run("manage.py", "check", **{name: None})
    assert done.returncode != 0
    assert name in done.stderr


def test_web_process_loads_no_builder_of_files(run):
    done = run("-c", WEB)
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout))
    assert {"portal.urls", "portal.home.views"} <= loaded
    assert loaded & {"typst", "docx", "openpyxl", "pypdf", "pptx"} == set()


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("portal.example.org", "portal.example.org"),
        ("127.0.0.1", "localhost"),
        ("::1", "localhost"),
        ("portal-server", "localhost"),
        (None, "localhost"),
    ],
)
def test_the_portal_writes_from_a_mailbox_that_can_exist(host, domain):
    assert mail_domain(host) == domain
    validate_email(f"portal@{mail_domain(host)}")


@pytest.mark.parametrize(("url", "secure"), [("https://portal.example.org", True), ("http://127.0.0.1:8000", False)])
def test_cookies_follow_the_scheme(run, url, secure):
    code = "import json; from django.conf import settings as s; import django; django.setup(); "
    code += "print(json.dumps([s.SESSION_COOKIE_NAME.startswith('__Host-'), bool(s.SESSION_COOKIE_SECURE), bool(s.SECURE_SSL_REDIRECT)]))"
    done = run("-c", "import sys; sys.path[:0] = ['site', '.']; " + code, SITE_URL=url)
    assert json.loads(done.stdout) == [secure] * 3
