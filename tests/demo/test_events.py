"""Demonstration events: the archive as written, and a year that is alive on whatever day it is loaded."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from events.domain import cycles
from events.models import EventCyclePage, EventPage, EventPlanPage
from portal.core.working_days import is_working, near_working_day
from portal.demo import content
from portal.demo.events import _moments
from portal.demo.evidence import ARCHIVE
from portal.organisations.models import Municipality
from tests.factories.events import at

ZONE = ZoneInfo("Europe/Volgograd")


@pytest.mark.integration
@pytest.mark.usefixtures("db")
class TestLoaded:
    def test_the_archive_has_the_dates_of_its_period(self, loaded):
        page = EventPage.objects.get(slug="gorizontalnoe-obuchenie-2-kvartal")
        assert page.starts_at == dt.datetime(2022, 6, 9, 9, 30, tzinfo=ZONE)
        assert (page.participants, page.municipality.slug, page.host.short_name) == (
            46,
            "volgograd",
            "Детский сад № 415",
        )
        assert [party.slug for party in page.organisers.all()] == ["vgapo"]
        assert [item.practice.external_id for item in page.practices.all()] == ["demo-p05"]
        assert {link.item.position for link in page.evidence_links.all()} == {15}
        assert {link.item.plan.slug for link in page.evidence_links.all()} == {ARCHIVE}
        assert EventPage.objects.filter(starts_at__lt=dt.datetime(2023, 1, 1, tzinfo=ZONE), is_demo=True).count() == 12

    def test_every_event_of_the_archive_proves_the_items_of_its_row(self, loaded):
        for row in content.read("events"):
            if "start" in row:
                page = EventPage.objects.get(slug=row["slug"])
                assert sorted(link.item.position for link in page.evidence_links.all()) == sorted(row["items"])

    def test_a_visitor_of_today_finds_coming_and_recorded_events(self, loaded):
        coming = EventPage.objects.filter(ends_at__gte=at(0, hour=0), is_demo=True)
        assert coming.count() >= 7
        assert coming.filter(starts_at__lt=at(5, hour=0)).exists()
        assert all(page.how_to_take_part for page in coming)
        lately = EventPage.objects.filter(ends_at__lt=at(0, hour=0), starts_at__gt=at(-120), is_demo=True)
        assert any(page.recording for page in lately)
        assert {page.state for page in coming} == {"planned", "cancelled", "postponed"}

    def test_one_cycle_goes_on_and_one_is_over(self, loaded):
        today = timezone.localdate()
        done, running = EventCyclePage.objects.order_by("first_published_at")
        said = [cycles.progress(page.pk, page.planned_count, today=today).words for page in (done, running)]
        assert said == ["4 из 4 проведено", "2 из 4 проведено"]

    def test_plans_know_every_municipality_and_how_far_they_have_got(self, loaded):
        for plan in EventPlanPage.objects.all():
            assert plan.deliveries.count() == Municipality.objects.formations().count()
            for row in plan.deliveries.all():
                row.clean()
        assert {row.state for row in EventPlanPage.objects.order_by("starts_on").last().deliveries.all()} == {
            "sent", "received", "held",
        }  # fmt: skip

    def test_pictures_and_files_are_there(self, loaded):
        for page in EventPage.objects.filter(is_demo=True):
            assert page.cover and page.cover_alt
        past = EventPage.objects.get(slug="sreda-uchastka-svoimi-rukami")
        assert all(block.value["document"] for block in past.materials)


@pytest.mark.unit
@pytest.mark.parametrize(
    "day", [dt.date(2026, 11, 25), dt.date(2026, 12, 30), dt.date(2027, 1, 5), dt.date(2027, 5, 8)]
)
def test_whatever_the_day_of_loading_events_fall_on_working_days_in_their_order(day):
    rows = [row for row in content.read("events") if "days" in row]
    days = [_moments(row, day)[0].date() for row in rows]
    assert days == sorted(days)
    assert all(map(is_working, days))
    assert all((shown >= day) == (row["days"] >= 0) for shown, row in zip(days, rows, strict=True))


@pytest.mark.unit
def test_a_day_off_is_moved_to_the_nearest_working_one():
    assert near_working_day(dt.date(2026, 11, 28), forward=True) == dt.date(2026, 11, 30)
    assert near_working_day(dt.date(2026, 11, 28), forward=False) == dt.date(2026, 11, 27)
    assert near_working_day(dt.date(2027, 1, 2), forward=True) == dt.date(2027, 1, 11)
