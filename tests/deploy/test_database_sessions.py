"""Sessions of PostgreSQL stay with their process, and one that the server has ended is opened anew."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from django.conf import settings
from django.db import close_old_connections, connection, connections

from portal.settings.environment import SESSION_SECONDS, database


@pytest.mark.unit
def test_a_session_of_postgresql_is_kept_and_looked_at_before_use(tmp_path):
    config = database("postgres://portal:secret@db.example:5432/portal", tmp_path)
    assert (config["CONN_MAX_AGE"], config["CONN_HEALTH_CHECKS"]) == (SESSION_SECONDS, True)


@pytest.mark.unit
def test_the_url_may_end_sessions_with_requests(tmp_path):
    config = database("postgres://db.example/portal?conn_max_age=0", tmp_path)
    assert config["CONN_MAX_AGE"] == 0


@pytest.mark.unit
def test_a_file_of_sqlite_is_opened_anew(tmp_path):
    assert "CONN_MAX_AGE" not in database("", tmp_path)


@pytest.mark.integration
@pytest.mark.django_db(transaction=True)
def test_the_server_hands_no_session_to_the_processes_it_starts():
    connection.ensure_connection()
    runpy.run_path(str(Path(settings.ROOT) / "deploy" / "gunicorn.conf.py"))["when_ready"](None)
    assert all(each.connection is None for each in connections.all())


@pytest.mark.integration
@pytest.mark.django_db(transaction=True)
def test_a_session_ended_by_the_database_is_opened_anew():
    if connection.vendor != "postgresql":
        pytest.skip("sessions are PostgreSQL's")
    connection.ensure_connection()
    ended = connection.connection.get_backend_pid()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [ended])
    other.close()
    close_old_connections()  # as at the beginning of every request
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone()[0] != ended
