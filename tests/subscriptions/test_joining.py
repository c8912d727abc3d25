"""Subscribing by e-mail: begun by the mailbox itself, told of to nobody else, ended by one click."""

from __future__ import annotations

import datetime as dt
import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from portal.core import letters, privacy
from portal.core.models import Consent, Letter
from portal.core.trap_forms import MIN_SECONDS
from portal.subscriptions.domain import joining, links
from portal.subscriptions.enums import Target
from portal.subscriptions.forms import SubscribeForm
from portal.subscriptions.models import Subscription
from portal.vocabularies.domain.tags import merge_tags
from tests.factories.practices import topic

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
NOW = dt.datetime(2032, 5, 17, 9, 0, tzinfo=dt.UTC)
EMAIL = "reader@example.org"
URL = "/subscribe/?to=news"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def filled(seconds=30, **values):
    with time_machine.travel(timezone.now() - timedelta(seconds=seconds), tick=False):
        ticket = SubscribeForm.new_ticket()
    return {"email": EMAIL, "consent": "on", "website": "", "ticket": ticket, **values}


def path(url):
    return url.removeprefix("http://testserver")


def link_of(kind):
    return path(re.search(r"^http://testserver/subscribe/\S+$", Letter.objects.get(kind=kind).body, re.MULTILINE)[0])


def subscribed(email=EMAIL, target=Target.NEWS, tag=None):
    joining.ask(email, target, tag)
    found = Subscription.objects.get(email=email, target=target, tag=tag)
    joining.confirm(found, address="10.0.0.1")
    found.refresh_from_db()
    return found


def test_subscription_begins_with_the_mailbox_and_records_its_consent(client, clock):
    answer = client.post(URL, filled())
    assert (answer.status_code, answer.url) == (302, "/subscribe/sent/")
    assert not Subscription.objects.active().exists()
    assert not Consent.objects.exists()
    link = link_of("subscription_confirm")
    assert "Подтвердить" in client.get(link).content.decode()
    assert not Subscription.objects.active().exists()
    assert "Подписка оформлена" in client.post(link).content.decode()
    stands = Subscription.objects.active().get()
    assert (stands.email, stands.what) == (EMAIL, "Новости")
    assert (stands.consent.text.purpose, stands.consent.address) == ("subscription", "127.0.0.1")
    client.post(link)
    assert Consent.objects.count() == 1


def test_one_time_link_is_wiped_once_sent(client, clock):
    client.post(URL, filled())
    clock.shift(60)
    letters.deliver_due_letters()
    assert "/subscribe/confirm/" in mail.outbox[0].body
    assert Letter.objects.get().body == ""


def test_known_mailbox_is_told_by_letter_and_the_page_says_the_same(client, clock):
    subscribed()
    before = client.post(URL, filled(email="new@example.org"))
    again = client.post(URL, filled())
    assert (before.status_code, before.url) == (again.status_code, again.url)
    assert "уже действует" in Letter.objects.get(kind="subscription_exists").body


def test_mailbox_is_not_flooded_whoever_asks(client, clock):
    for number in range(9):
        Client(REMOTE_ADDR=f"10.1.{number}.1").post(URL, filled())
    assert Letter.objects.count() == joining.LETTERS_PER_DAY


def test_one_address_of_the_network_is_limited(client, clock):
    answers = [client.post(URL, filled(email=f"r{number}@example.org")).status_code for number in range(11)]
    assert answers == [302] * 10 + [429]


@pytest.mark.parametrize(
    "values", [{"website": "x"}, {"ticket": "made up"}, {"seconds": MIN_SECONDS - 1}, {"consent": ""}, {"email": "нет"}]
)
def test_robots_and_forms_without_a_consent_are_given_back(client, clock, values):
    answer = client.post(URL, filled(**values))
    assert answer.status_code == 200
    assert "Форма не отправлена" in answer.content.decode()
    assert not Subscription.objects.exists()
    assert not Letter.objects.exists()


@pytest.mark.parametrize("query", ["", "?to=everything", "?to=topic", "?to=topic&topic=no-such", "?to=topic&topic=%00"])
def test_address_that_names_nothing_offers_the_sections(client, db, query):
    answer = client.get(f"/subscribe/{query}", follow=True)
    assert answer.status_code in {200, 400}
    if answer.status_code == 200:
        assert "О чём присылать письма" in answer.content.decode()


def test_topic_is_subscribed_to_by_its_present_name(client, clock):
    tag = topic("Природа края")
    client.post(f"/subscribe/?to=topic&topic={tag.slug}", filled())
    assert Subscription.objects.get().what == f"Тема «{tag.name}»"


def test_link_serves_a_week_and_made_up_ones_never(client, clock):
    client.post(URL, filled())
    link = link_of("subscription_confirm")
    clock.shift(timedelta(days=7, seconds=1))
    for address in (link, "/subscribe/confirm/made-up/"):
        assert client.post(address).status_code == 404
    assert not Subscription.objects.active().exists()


def test_one_click_of_a_mail_program_ends_all_and_withdraws_the_consents(clock):
    subscribed()
    subscribed(target=Target.EVENTS)
    other = subscribed("other@example.org")
    link = path(links.leave_url(EMAIL))
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(link).status_code == 200
    assert Subscription.objects.active().count() == 3
    assert strict.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert list(Subscription.objects.active()) == [other]
    assert Consent.objects.active().count() == 1


def test_one_of_several_is_ended_and_a_foreign_one_is_not(client, clock):
    kept, ended = subscribed(), subscribed(target=Target.EVENTS)
    foreign = subscribed("other@example.org")
    link = path(links.leave_url(EMAIL))
    client.post(link, {"end": ended.pk})
    client.post(link, {"end": foreign.pk})
    assert set(Subscription.objects.active()) == {kept, foreign}


def test_who_left_may_come_back_and_confirms_anew(client, clock):
    joining.end([subscribed()])
    joining.ask(EMAIL, Target.NEWS)
    assert not Subscription.objects.active().exists()
    joining.confirm(Subscription.objects.get(), address="10.0.0.1")
    assert Subscription.objects.active().count() == 1
    assert Consent.objects.count() == 2


def test_consent_withdrawn_by_the_office_ends_the_subscription(clock):
    stands = subscribed()
    privacy.withdraw_consent(stands.consent)
    assert not Subscription.objects.active().exists()


def test_night_forgets_the_unconfirmed_after_a_week_and_the_gone_after_a_month(clock):
    joining.ask("never@example.org", Target.NEWS)
    stands, gone = subscribed("stays@example.org"), subscribed("gone@example.org")
    joining.end([gone])
    clock.shift(timedelta(days=31))
    assert joining.prune() == 2
    assert list(Subscription.objects.all()) == [stands]
    assert set(Consent.objects.values_list("email", flat=True)) == {"", "stays@example.org"}
    assert not Letter.objects.filter(to="gone@example.org").exists()


def test_erasing_a_person_takes_the_subscriptions(clock):
    subscribed()
    assert any("Подписки" in line for line in privacy.erase_person(email=EMAIL))
    assert not Subscription.objects.exists()


def test_one_mailbox_has_one_subscription_to_a_thing(clock):
    joining.ask("Reader@Example.org", Target.NEWS)
    joining.ask(EMAIL, Target.NEWS)
    assert Subscription.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(email=EMAIL, target=Target.NEWS)


def test_merged_topics_leave_one_subscription_of_a_mailbox(clock, admin_user):
    source, into = topic("Природа края"), topic("Экология двора")
    subscribed(target=Target.TOPIC, tag=source)
    subscribed(target=Target.TOPIC, tag=into)
    moved = subscribed("other@example.org", Target.TOPIC, source)
    merge_tags(source, into, actor=admin_user)
    assert sorted(Subscription.objects.values_list("email", "tag")) == [
        ("other@example.org", into.pk),
        (EMAIL, into.pk),
    ]
    assert Subscription.objects.filter(pk=moved.pk).exists()


def test_pages_that_can_be_kept_link_to_the_form_and_hold_no_token(client, home):
    from practices.models import PracticeIndexPage
    from tests.factories.practices import PracticePageFactory

    PracticePageFactory(parent=PracticeIndexPage.objects.get(), tags=["Природа края"])
    tag = topic("Природа края")
    for address, link in (
        ("/news/", "/subscribe/?to=news"),
        ("/events/", "/subscribe/?to=events"),
        (tag.get_absolute_url(), f"/subscribe/?to=topic&amp;topic={tag.slug}"),
    ):
        page = client.get(address)
        assert f'href="{link}"' in page.content.decode()
        assert "csrfmiddlewaretoken" not in page.content.decode()
        assert "public" in page.headers["Cache-Control"]


@pytest.mark.parametrize("address", [URL, "/subscribe/", "/subscribe/sent/"])
def test_forms_are_small_and_kept_by_no_cache(client, db, address):
    import gzip

    answer = client.get(address)
    assert "no-store" in answer.headers["Cache-Control"]
    assert len(gzip.compress(answer.content, 6)) < 8 * 1024
