"""What an event refuses, on which day it proves something, and how its yearly plan is filled."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from events.enums import PlanDelivery
from events.models import EventPage, EventPlanPage, PlanDeliveryRow
from portal.organisations.models import Municipality
from portal.roadmap.models import Party
from tests.factories.events import EventCyclePageFactory, EventPageFactory, EventPlanPageFactory
from tests.factories.practices import OrganisationFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ZONE = ZoneInfo("Europe/Volgograd")
START = dt.datetime(2022, 3, 16, 10, tzinfo=ZONE)


def faults(page):
    try:
        page.full_clean()
    except ValidationError as error:
        return set(error.message_dict)
    return set()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_at": START}, "ends_at"),
        ({"ends_at": START - dt.timedelta(hours=1)}, "ends_at"),
        ({"state": "cancelled"}, "state_reason"),
        ({"state": "postponed"}, "state_reason"),
        ({"moved_from": START}, "moved_from"),
        ({"number_in_cycle": 2}, "cycle"),
        ({"slug": "feed"}, "slug"),
    ],
)
def test_an_event_that_contradicts_itself_is_refused_at_the_field(section, values, field):
    page = EventPageFactory(starts_at=START, ends_at=START + dt.timedelta(hours=2))
    for name, value in values.items():
        setattr(page, name, value)
    assert faults(page) == {field}


def test_a_cancelled_event_with_its_reason_is_accepted(section):
    page = EventPageFactory(state="cancelled", state_reason="Площадка на ремонте.")
    assert faults(page) == set()


def test_a_cover_needs_words(section):
    page = EventPageFactory()
    page.cover_id = 1
    page.__dict__["cover"] = None
    page.cover_alt = ""
    page._meta.get_field("cover").set_cached_value(page, page.kind)
    with pytest.raises(ValidationError) as refused:
        page.clean()
    assert set(refused.value.message_dict) == {"cover_alt"}


def test_an_event_takes_the_municipality_of_its_host(section):
    host = OrganisationFactory()
    page = EventPageFactory(host=host)
    page.full_clean()
    assert page.municipality == host.municipality


@pytest.mark.parametrize(
    ("ends_at", "day"),
    [
        (dt.datetime(2022, 3, 16, 14, tzinfo=ZONE), (2022, 3, 16)),
        (dt.datetime(2022, 3, 18, 15, tzinfo=ZONE), (2022, 3, 18)),
        (dt.datetime(2022, 3, 17, 0, tzinfo=ZONE), (2022, 3, 16)),  # midnight ends the day before
        (dt.datetime(2022, 3, 16, 21, 30, tzinfo=dt.UTC), (2022, 3, 17)),  # half past midnight by the portal's clock
    ],
)
def test_an_event_proves_on_its_last_day(section, ends_at, day):
    page = EventPageFactory(starts_at=START, ends_at=ends_at)
    assert page.evidence_on() == dt.date(*day)


def test_a_cancelled_event_proves_nothing_and_a_postponed_one_on_its_new_day(section):
    cancelled = EventPageFactory(state="cancelled", state_reason="Ремонт.")
    assert cancelled.evidence_on() is None
    moved = EventPageFactory(
        starts_at=START + dt.timedelta(days=7), state="postponed", state_reason="Погода.", moved_from=START
    )
    assert moved.evidence_on() == dt.date(2022, 3, 23)


def test_a_cycle_proves_nothing_and_a_plan_on_the_day_of_approval(section):
    assert EventCyclePageFactory(parent=section).evidence_on() is None
    plan = EventPlanPageFactory(parent=section)
    assert plan.evidence_on() is None
    plan.approved_on = dt.date(2021, 12, 24)
    assert plan.evidence_on() == dt.date(2021, 12, 24)


def test_a_draft_does_not_change_what_the_public_event_says(section):
    party = Party.objects.create(slug="organizator", short_name="Организатор встречи")
    page = EventPageFactory(audiences=["pedagogi"], organisers=[party])
    draft = EventPage.objects.get(pk=page.pk)
    draft.audiences, draft.organisers = [], []
    draft.save_revision()
    kept = EventPage.objects.get(pk=page.pk)
    assert [term.slug for term in kept.audiences.all()] == ["pedagogi"]
    assert [str(party) for party in kept.organisers.all()] == ["Организатор встречи"]


def test_a_new_plan_lists_every_municipality_by_itself(admin_client, section):
    form = nested_form_data(
        {
            "title": "План на год",
            "slug": "plan-na-god",
            "summary": "",
            "starts_on": "2022-01-01",
            "ends_on": "2022-12-31",
            "intro": rich_text(""),
            **{name: inline_formset([]) for name in ("rows", "deliveries", "evidence_links", "comments")},
        }
    )
    answer = admin_client.post(f"/admin/pages/add/events/eventplanpage/{section.pk}/", {**form, "action-publish": "1"})
    assert answer.status_code == 302
    plan = EventPlanPage.objects.get(slug="plan-na-god")
    assert plan.deliveries.count() == Municipality.objects.formations().count() > 30
    assert {row.state for row in plan.deliveries.all()} == {PlanDelivery.WAITING}


@pytest.mark.parametrize(
    ("days", "state"),
    [
        ((), PlanDelivery.WAITING),
        (("sent_on",), PlanDelivery.SENT),
        (("sent_on", "received_on"), PlanDelivery.RECEIVED),
        (("sent_on", "received_on", "held_on"), PlanDelivery.HELD),
    ],
)
def test_a_municipality_stands_at_the_furthest_dated_step(days, state):
    assert PlanDeliveryRow(**dict.fromkeys(days, dt.date(2022, 1, 10))).state == state


def test_steps_of_a_plan_follow_each_other():
    row = PlanDeliveryRow(sent_on=dt.date(2022, 1, 10), held_on=dt.date(2022, 1, 9))
    with pytest.raises(ValidationError) as refused:
        row.clean()
    assert set(refused.value.message_dict) == {"held_on"}
