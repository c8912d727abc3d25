"""When a procedure receives applications, to the second, and how it says so."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from portal.intake.domain import windows
from portal.intake.models import IntakeWindow
from tests.factories.organisations import OrganisationFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
HERE = ZoneInfo("Europe/Volgograd")
CLOSING = datetime(2027, 3, 15, 23, 59, 59, tzinfo=HERE)


@pytest.fixture
def window():
    return IntakeWindow.objects.create(
        procedure="practices",
        title="Весенний приём",
        opens_at=datetime(2027, 2, 1, tzinfo=HERE),
        closes_at=CLOSING,
    )


def state(moment, organisation=None):
    return windows.state_of("practices", organisation and organisation.pk, now=moment)


def test_without_windows_a_procedure_receives_all_the_year_round():
    assert state(CLOSING).is_open
    assert state(CLOSING).words == "Приём круглый год"


def test_the_closing_second_belongs_to_the_intake(window):
    last = state(CLOSING.replace(microsecond=500_000))
    assert (last.is_open, last.accepts, last.closed_words) == (True, True, "")


def test_half_a_second_later_it_is_closed_in_words_and_the_server_still_takes_what_was_on_its_way(window):
    late = state(datetime(2027, 3, 16, 0, 0, 0, 500_000, tzinfo=HERE))
    assert (late.is_open, late.accepts) == (False, True)
    assert late.words.startswith("Приём закрыт 15 марта 2027 в 23:59")


def test_two_minutes_later_nothing_is_taken(window):
    assert state(datetime(2027, 3, 16, 0, 1, 59, 900_000, tzinfo=HERE)).accepts
    assert not state(datetime(2027, 3, 16, 0, 2, 0, tzinfo=HERE)).accepts


def test_before_the_opening_it_says_when_it_begins(window):
    early = state(datetime(2027, 1, 31, 23, 59, 59, tzinfo=HERE))
    assert not early.accepts
    assert early.words.startswith("Приём начнётся 1 февраля 2027 в 00:00")


def test_an_extension_opens_for_one_organisation_alone(window, admin_user):
    ours, others = OrganisationFactory(), OrganisationFactory()
    until = datetime(2027, 3, 20, 18, 0, tzinfo=HERE)
    windows.extend(window, ours, until=until, reason="Отключали свет", actor=admin_user)
    moment = datetime(2027, 3, 18, 12, 0, tzinfo=HERE)
    assert (state(moment, ours).is_open, state(moment, ours).extended, state(moment, ours).until) == (True, True, until)
    assert not state(moment, others).is_open
    assert not state(moment).is_open


@pytest.mark.parametrize(("until", "reason"), [(CLOSING, "Отключали свет"), (datetime(2027, 4, 1, tzinfo=HERE), "  ")])
def test_an_extension_needs_a_reason_and_a_later_end(window, admin_user, until, reason):
    with pytest.raises(ValueError, match=r"срок"):
        windows.extend(window, OrganisationFactory(), until=until, reason=reason, actor=admin_user)
    assert not window.extensions.exists()


def test_an_open_window_costs_one_query(window, django_assert_num_queries):
    with django_assert_num_queries(1):
        state(datetime(2027, 2, 10, tzinfo=HERE))
