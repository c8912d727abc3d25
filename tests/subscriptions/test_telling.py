"""Letters to subscribers: what is new and public, each thing once, one letter a day."""

from __future__ import annotations

import datetime as dt
import re
import threading
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from events.models import EventIndexPage
from portal.core.models import Letter
from portal.news.models import NewsIndexPage
from portal.subscriptions.domain import joining, telling
from portal.subscriptions.enums import Target
from portal.subscriptions.models import Subscription
from practices.models import PracticeIndexPage
from tests.factories.events import EventPageFactory
from tests.factories.news import NewsPageFactory
from tests.factories.practices import PracticePageFactory, topic
from tests.factories.siblings import make_siblings

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
ZONE = ZoneInfo("Europe/Volgograd")
START = dt.datetime(2032, 5, 17, 9, 0, tzinfo=ZONE)
MORNING = dt.datetime(2032, 5, 18, 8, 0, tzinfo=ZONE)


@pytest.fixture
def clock(clocked_cache):
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def subscribed(email="reader@example.org", target=Target.NEWS, tag=None):
    joining.ask(email, target, tag)
    found = Subscription.objects.get(email=email, target=target, tag=tag)
    joining.confirm(found, address="10.0.0.1")
    return found


def news(title, **values):
    values.setdefault("first_published_at", timezone.now())
    return NewsPageFactory(parent=NewsIndexPage.objects.get(), title=title, **values)


def told():
    return list(Letter.objects.filter(kind="subscription_news").order_by("pk"))


def test_subscriber_hears_the_next_morning_of_what_is_new_and_only_once(clock):
    news("Прежняя новость")
    clock.shift(60)
    subscribed()
    clock.shift(timedelta(hours=5))
    first, second = news("Первая новость"), news("Вторая новость")
    EventPageFactory(parent=EventIndexPage.objects.get(), title="Чужой раздел")
    clock.shift(timedelta(hours=18))
    assert telling.tell_subscribers() == 1
    assert telling.tell_subscribers() == 0
    letter = told()[0]
    assert "2 новых материала" in letter.subject
    assert f"http://testserver{second.url}" in letter.body
    assert letter.body.index(second.title) < letter.body.index(first.title)
    assert "Прежняя" not in letter.body
    assert "Чужой раздел" not in letter.body
    assert letter.unsubscribe_url in letter.body
    clock.shift(timedelta(days=1))
    assert telling.tell_subscribers() == 0


def test_nothing_leaves_at_night(clock):
    subscribed()
    clock.move_to(START.replace(hour=22))
    news("Вечерняя")
    clock.shift(timedelta(hours=1))
    assert telling.tell_subscribers() == 0
    clock.move_to(START.replace(hour=8) + timedelta(days=1))
    assert telling.tell_subscribers() == 1


def test_what_nobody_may_read_is_in_no_letter(clock):
    subscribed()
    subscribed(target=Target.EVENTS)
    clock.shift(timedelta(hours=1))
    public = make_siblings()
    clock.shift(timedelta(hours=23))
    # Drafts and those taken down have a moment of publication too: it must not be what keeps them out.
    Page.objects.filter(first_published_at=None).update(first_published_at=timezone.now() - timedelta(hours=20))
    for page in public.values():
        type(page).objects.filter(pk=page.pk).update(first_published_at=timezone.now() - timedelta(hours=20))
    assert telling.tell_subscribers() == 1
    body = told()[0].body
    titles = re.findall(r"^- (?:Новость|Событие|Практика): (.+)$", body, re.MULTILINE)
    assert sorted(titles) == sorted([public["news"].title, public["events"].title])


def test_page_taken_down_before_the_morning_is_in_no_letter(clock):
    subscribed()
    clock.shift(60)
    news("Ошибочная").unpublish()
    clock.move_to(MORNING)
    assert telling.tell_subscribers() == 0


def test_page_published_again_is_not_told_of_twice(clock):
    subscribed()
    clock.shift(60)
    page = news("Новость")
    clock.shift(timedelta(hours=23))
    assert telling.tell_subscribers() == 1
    page.unpublish()
    page.save_revision().publish()
    clock.shift(timedelta(days=1))
    assert telling.tell_subscribers() == 0


def test_event_that_is_over_or_cancelled_is_no_news(clock):
    subscribed(target=Target.EVENTS)
    clock.shift(60)
    section = EventIndexPage.objects.get()
    EventPageFactory(parent=section, in_days=0, starts_at=START, title="Утром")
    EventPageFactory(parent=section, in_days=9, state="cancelled", state_reason="Карантин", title="Отменено")
    clock.move_to(MORNING)
    assert telling.tell_subscribers() == 0


def test_topic_gathers_practices_events_and_news_and_each_stands_once(clock):
    tag = topic("Природа края")
    subscribed(target=Target.TOPIC, tag=tag)
    subscribed()
    clock.shift(60)
    moment = timezone.now()
    practice = PracticePageFactory(
        parent=PracticeIndexPage.objects.get(), tags=[tag.name], first_published_at=moment, title="Степной дневник"
    )
    PracticePageFactory(parent=PracticeIndexPage.objects.get(), first_published_at=moment, title="О другом")
    event = EventPageFactory(tags=[tag], title="Показ в степи")
    item = news("И тема, и раздел")
    item.tags.set([tag])
    item.save()
    clock.move_to(MORNING)
    assert telling.tell_subscribers() == 1
    body = told()[0].body
    assert [body.count(page.title) for page in (practice, event, item)] == [1, 1, 1]
    assert "О другом" not in body
    assert f"Вы подписаны: Новости, Тема «{tag.name}»." in body


def test_unconfirmed_and_ended_get_nothing(clock):
    joining.ask("never@example.org", Target.NEWS)
    joining.end([subscribed()])
    clock.shift(60)
    news("Новость")
    clock.move_to(MORNING)
    assert telling.tell_subscribers() == 0


def test_what_came_after_the_letter_of_the_day_waits_for_the_next(clock):
    subscribed()
    clock.shift(60)
    news("Утренняя")
    clock.move_to(START.replace(hour=8) + timedelta(days=1))
    assert telling.tell_subscribers() == 1
    news("Дневная")
    clock.shift(timedelta(hours=2))
    assert telling.tell_subscribers() == 0
    clock.move_to(START.replace(hour=8) + timedelta(days=2))
    assert telling.tell_subscribers() == 1
    assert "Дневная" in told()[1].body
    assert "Утренняя" not in told()[1].body


@pytest.mark.parametrize("number", [1, 30])
def test_price_of_a_letter_does_not_grow_with_what_is_new(clock, number, django_assert_max_num_queries):
    subscribed()
    clock.shift(60)
    for count in range(number):
        news(f"Новость {count}")
    clock.move_to(MORNING)
    with django_assert_max_num_queries(22):
        assert telling.tell_subscribers() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_letter():
    if connection.vendor != "postgresql":
        pytest.skip("two writers at once: PostgreSQL")
    with time_machine.travel(START, tick=True):
        found = subscribed()
        Subscription.objects.filter(pk=found.pk).update(told_until=timezone.now() - timedelta(days=1))
        news("Новость", first_published_at=timezone.now() - timedelta(hours=1))

        def run():
            try:
                telling.tell_subscribers()
            finally:
                connection.close()

        threads = [threading.Thread(target=run) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(told()) == 1
