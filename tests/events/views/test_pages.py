"""Pages of an event, a cycle and a plan: before, on the day and afterwards."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache

from events.domain import queries
from events.models import EventPlanRow, EventPractice, PlanDeliveryRow
from portal.organisations.models import Municipality
from portal.roadmap.models import Party
from practices.models import PracticeIndexPage
from tests.factories.events import EventCyclePageFactory, EventPageFactory, EventPlanPageFactory, at
from tests.factories.practices import OrganisationFactory, PracticePageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

FILM = {"title": "Запись встречи", "url": "https://rutube.ru/video/1/", "duration": "час", "transcript": ""}


def text(client, page):
    cache.clear()
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_before_the_event_one_reads_how_to_take_part_today(client, section):
    page = EventPageFactory(
        contact_email="events@example.org",
        contact_phone="(8442) 00-00-00",
        how_to_take_part="<p>Отправьте заявку от детского сада.</p>",
        capacity="до 40 человек",
        apply_by=at(3).date(),
        programme=[("item", {"time": "9:30", "title": "Обход участка", "speaker": "воспитатели площадки"})],
        materials=[("material", {"title": "Чертежи станций", "document": None})],
    )
    shown = text(client, page)
    for words in ("Как принять участие", "Отправьте заявку от детского сада.", 'href="mailto:events@example.org"',
                  "(8442) 00-00-00", "до 40 человек", "включительно", "Обход участка", "Воспитатели площадки",
                  "Чертежи станций", "Откроется после события", "Добавить в календарь", "(МСК)"):  # fmt: skip
        assert words in shown, words
    assert "<button" not in shown.split('id="main"')[1].split("<footer")[0]


def test_without_a_contact_the_page_leads_to_the_editors(client, section):
    assert "/feedback/?from=" in text(client, EventPageFactory())


def test_after_the_last_day_for_applications_the_link_is_gone(client, section):
    page = EventPageFactory(contact_url="https://example.org/zapis", apply_by=at(-1).date())
    shown = text(client, page)
    assert "Заявки больше не принимают" in shown
    assert "https://example.org/zapis" not in shown


def test_after_the_event_its_story_takes_the_place_of_the_announcement(client, section):
    page = EventPageFactory(
        in_days=-3, outcome="Станцию собрали 29 участников.", participants=46, recording=[("video", FILM)],
        materials=[("material", {"title": "Чертежи станций", "document": None})], contact_email="events@example.org",
    )  # fmt: skip
    shown = text(client, page)
    for words in ("Что получилось", "Станцию собрали 29 участников.", "Запись встречи", "Смотреть", "46", "Материалы"):
        assert words in shown, words
    for words in ("Как принять участие", "events@example.org", "Добавить в календарь"):
        assert words not in shown, words


def test_outcome_and_recording_wait_for_the_end(client, section):
    page = EventPageFactory(in_days=2, outcome="Станцию собрали 29 участников.", recording=[("video", FILM)])
    shown = text(client, page)
    assert "Станцию собрали" not in shown and "Запись встречи" not in shown


def test_a_moved_event_says_what_was_and_what_is(client, section):
    page = EventPageFactory(in_days=10, state="postponed", state_reason="Совпало с другим.", moved_from=at(3))
    shown = text(client, page)
    assert "Событие перенесено" in shown and "Было:" in shown and "Стало:" in shown


def test_practices_of_speakers_are_shown_while_they_are_public(client, section):
    bank = PracticeIndexPage.objects.get()
    open_one = PracticePageFactory(parent=bank, title="Инженерный двор")
    draft = PracticePageFactory(parent=bank, title="Тайная практика", live=False)
    page = EventPageFactory()
    for order, practice in enumerate((open_one, draft)):
        EventPractice.objects.create(page=page, practice=practice, sort_order=order)
    shown = text(client, page)
    assert "Инженерный двор" in shown and "По какой практике" in shown
    assert "Тайная практика" not in shown


def test_a_meeting_names_its_place_in_the_cycle_and_the_others(client, section, cycle):
    EventPageFactory(title="первая встреча", in_days=-30, cycle=cycle, number_in_cycle=1)
    second = EventPageFactory(title="вторая встреча", in_days=5, cycle=cycle, number_in_cycle=2)
    shown = text(client, second)
    assert "встреча 2 из 4" in shown and "1 из 4 проведено" in shown and "первая встреча" in shown
    cycle.unpublish()
    hidden = text(client, second)
    assert "Круги обмена" not in hidden and "из 4" not in hidden


def test_a_cycle_counts_what_was_held_and_leaves_cancelled_meetings_out(client, section, cycle):
    EventPageFactory(in_days=-60, cycle=cycle, participants=40)
    EventPageFactory(in_days=-30, cycle=cycle, participants=50)
    EventPageFactory(in_days=-20, cycle=cycle, state="cancelled", state_reason="Ремонт.", participants=9)
    EventPageFactory(title="следующая", in_days=5, cycle=cycle)
    EventPageFactory(title="тайная", in_days=6, cycle=cycle, live=False)
    shown = text(client, cycle)
    assert "2 из 4 проведено" in shown and "Участий во всех встречах: 90." in shown
    assert "следующая" in shown and "тайная" not in shown


def test_a_cycle_with_more_meetings_than_promised_counts_them_all(client, section):
    cycle = EventCyclePageFactory(parent=section, planned_count=1)
    for days in (-9, -5, 4):
        EventPageFactory(in_days=days, cycle=cycle)
    assert "2 из 3 проведено" in text(client, cycle)


def test_a_plan_shows_its_rows_by_months_and_how_far_municipalities_have_got(client, section):
    event = EventPageFactory(title="Практикум")
    draft = EventPageFactory(live=False)
    plan = EventPlanPageFactory(parent=section)
    plan.rows = [
        EventPlanRow(month=dt.date(2022, 4, 7), title="Меры по итогам", form="семинар", event=event),
        EventPlanRow(month=dt.date(2022, 2, 1), title="Как спланировать год", event=draft),
    ]
    first, second, third = Municipality.objects.formations()[:3]
    day = dt.date(2022, 1, 10)
    plan.deliveries = [
        PlanDeliveryRow(municipality=first, sent_on=day, received_on=day, held_on=day),
        PlanDeliveryRow(municipality=second, sent_on=day),
        PlanDeliveryRow(municipality=third, sent_on=day),
    ]
    plan.save_revision().publish()
    cache.clear()
    response = client.get(plan.url)
    assert [row["title"] for row in response.context["rows"]] == ["Как спланировать год", "Меры по итогам"]
    assert [row["url"] for row in response.context["rows"]] == ["", event.url]
    assert response.context["figures"] == [
        {"value": 2, "label": "план направлен"},
        {"value": 1, "label": "мероприятия проведены"},
    ]
    assert "10.01.2022" in response.content.decode()


def test_other_rooms_get_coming_events_without_cancelled_ones(section):
    EventPageFactory(title="третье", in_days=9)
    EventPageFactory(title="первое", in_days=0)
    EventPageFactory(title="второе", in_days=2)
    EventPageFactory(in_days=1, state="cancelled", state_reason="Ремонт.")
    EventPageFactory(in_days=-1)
    assert [row["title"] for row in queries.coming(2)] == ["первое", "второе"]
    assert queries.upcoming_count() == 3


def test_other_rooms_get_events_of_a_topic_a_place_and_an_organisation(section):
    host = OrganisationFactory()
    party = Party.objects.create(slug="sad", short_name="Детский сад-организатор", organisation=host)
    ahead = EventPageFactory(title="впереди", host=host, municipality=host.municipality, tags=["Игра"])
    EventPageFactory(title="прошло", in_days=-5, organisers=[party], tags=["Игра"])
    EventPageFactory(title="тайное", host=host, municipality=host.municipality, tags=["Игра"], live=False)
    EventPageFactory(title="чужое")
    tag = ahead.tagged_items.first().tag
    cases = {
        "topic": queries.for_tag(tag.slug, 5),
        "place": queries.of_municipality(host.municipality.slug, 5),
        "organisation": queries.of_organisation(host.pk, 5),
    }
    found = {name: [row["title"] for row in found.rows] for name, found in cases.items()}
    assert found == {"topic": ["впереди", "прошло"], "place": ["впереди"], "organisation": ["впереди", "прошло"]}
    assert queries.for_tag(tag.slug, 1).total == 2


def test_a_cancelled_event_promises_nothing(client, section):
    page = EventPageFactory(
        state="cancelled", state_reason="Ремонт.", contact_email="events@example.org",
        materials=[("material", {"title": "Чертежи станций", "document": None})],
    )  # fmt: skip
    shown = text(client, page)
    assert "Событие отменено" in shown and "Ремонт." in shown and "Убрать из календаря" in shown
    for words in ("Как принять участие", "events@example.org", "Чертежи станций"):
        assert words not in shown, words
