"""Visitors write to the office: nothing typed is lost, nothing is sent twice, robots are kept out without a captcha."""

import datetime as dt
import re
import threading

import pytest
import time_machine
from django.db import connection
from django.test import Client

from portal.core.models import Consent, ConsentText, Letter, PortalSettings
from portal.core.trap_forms import MAX_SECONDS, MIN_SECONDS
from portal.home.forms import FeedbackForm
from portal.home.models import FeedbackMessage
from portal.home.views import FEEDBACK_PER_HOUR

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# After the day on which the test database was set up: texts of consents are in force from then.
NOW = dt.datetime(2032, 5, 17, 9, 0, tzinfo=dt.UTC)
URL = "/feedback/"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def filled(clock):
    """What a person sends half a minute after opening the form."""
    ticket = FeedbackForm.new_ticket()
    clock.shift(30)
    return {
        "subject": "Не открывается файл",
        "text": "Паспорт практики не скачивается.",
        "email": "teacher@example.org",
        "name": "Педагог",
        "website": "",
        "ticket": ticket,
        "page_url": "/practices/",
        "consent": "on",
    }


def nothing_came():
    return not (FeedbackMessage.objects.exists() or Letter.objects.exists() or Consent.objects.exists())


def errors(response):
    return " ".join(error for list_ in response.context["form"].errors.values() for error in list_)


def test_a_message_is_stored_with_its_consent_and_reaches_the_office(client, filled):
    PortalSettings.objects.update(operator_email="office@example.org")
    response = client.post(URL, filled)
    assert (response.status_code, response["Location"]) == (302, "/feedback/sent/")
    message = FeedbackMessage.objects.get()
    assert (message.subject, message.text) == (filled["subject"], filled["text"])
    consent = message.consent
    text = ConsentText.objects.current().get(purpose="feedback")
    assert (consent.text, consent.text_digest, consent.email) == (text, text.digest, "teacher@example.org")
    assert (consent.address, consent.given_at) == ("127.0.0.1", NOW + dt.timedelta(seconds=30))
    letter = Letter.objects.get()
    assert (letter.to, letter.reply_to) == ("office@example.org", "teacher@example.org")
    assert filled["text"] in letter.body
    assert "http://testserver/practices/" in letter.body
    assert "Получили, спасибо" in client.get(response["Location"]).content.decode()


def test_the_form_asks_for_consent_and_does_not_tick_it_for_people(client, filled):
    page = client.get(URL).content.decode()
    box = re.search(r'<input type="checkbox" name="consent"[^>]*>', page)[0]
    assert "checked" not in box
    text = ConsentText.objects.current().get(purpose="feedback")
    assert text.get_absolute_url() in page
    del filled["consent"]
    response = client.post(URL, filled)
    assert "Отметьте согласие" in errors(response)
    assert filled["text"] in response.content.decode()
    assert nothing_came()


def test_the_newest_edition_in_force_is_shown_not_one_of_the_future(client, clock):
    now = ConsentText.objects.current().get(purpose="feedback")
    ConsentText.objects.create(
        purpose="feedback", version=now.version + 1, title="Новая", body="<p>-</p>", in_force_from=dt.date(2040, 1, 1)
    )
    assert client.get(URL).context["consent_url"] == now.get_absolute_url()


@pytest.mark.parametrize(
    ("seconds", "words"), [(MIN_SECONDS - 1, "слишком быстро"), (MAX_SECONDS + 1, "слишком давно")]
)
def test_a_form_sent_too_fast_or_too_late_keeps_the_text_and_goes_the_second_time(
    client, filled, clock, seconds, words
):
    clock.move_to(NOW)
    filled["ticket"] = FeedbackForm.new_ticket()
    clock.shift(seconds)
    response = client.post(URL, filled)
    assert words in errors(response)
    page = response.content.decode()
    assert filled["text"] in page
    assert "Ticket" not in page
    assert nothing_came()
    clock.shift(MIN_SECONDS)
    again = {**filled, "ticket": re.search(r'name="ticket" value="([^"]+)"', page)[1]}
    assert client.post(URL, again).status_code == 302
    assert FeedbackMessage.objects.count() == 1


@pytest.mark.parametrize("ticket", ["", "forged", "a" * 10_000, "a:b:c"])
def test_a_forged_ticket_is_refused_in_words(client, filled, ticket):
    response = client.post(URL, {**filled, "ticket": ticket})
    assert response.status_code == 200
    assert "нажмите «Отправить сообщение» ещё раз" in errors(response)
    assert nothing_came()


def test_a_robot_that_fills_the_trap_sends_nothing_and_a_person_loses_nothing(client, filled):
    response = client.post(URL, {**filled, "website": "https://spam.example"})
    assert nothing_came()
    page = response.content.decode()
    assert filled["text"] in page
    assert "spam.example" not in page


def test_the_trap_is_out_of_sight_of_everybody(client, settings):
    page = client.get(URL).content.decode()
    trap = re.search(r'<div class="trap" aria-hidden="true">.*?</div>\n?</div>', page, re.S)[0]
    assert re.search(r'<input[^>]* name="website"[^>]*>', trap)
    assert 'tabindex="-1"' in trap
    assert "style=" not in page
    sheet = (settings.ROOT / "site/portal/core/static/css/forms.css").read_text(encoding="utf-8")
    assert re.search(r"\.trap\s*{\s*position: absolute; left: -200vw", sheet)


@pytest.mark.parametrize("times", [2, 4])
def test_double_click_refresh_and_going_back_send_once(client, filled, times):
    for _ in range(times):
        assert client.post(URL, filled)["Location"] == "/feedback/sent/"
    assert FeedbackMessage.objects.count() == Letter.objects.count() == Consent.objects.count() == 1


def test_the_repeat_of_the_last_allowed_message_is_no_seventh(client, filled):
    for _ in range(FEEDBACK_PER_HOUR):
        last = {**filled, "ticket": new_ticket_of(30)}
        assert client.post(URL, last).status_code == 302
    assert client.post(URL, last)["Location"] == "/feedback/sent/"


def new_ticket_of(seconds_ago):
    with time_machine.travel(dt.datetime.now(dt.UTC) - dt.timedelta(seconds=seconds_ago), tick=False):
        return FeedbackForm.new_ticket()


def test_other_words_in_a_form_gone_back_to_are_not_swallowed(client, filled, clock):
    client.post(URL, filled)
    response = client.post(URL, {**filled, "text": "И ещё вот что."})
    assert response.status_code == 200
    assert "Прошлое сообщение" in errors(response)
    clock.shift(10)
    ticket = re.search(r'name="ticket" value="([^"]+)"', response.content.decode())[1]
    assert client.post(URL, {**filled, "text": "И ещё вот что.", "ticket": ticket}).status_code == 302
    assert set(FeedbackMessage.objects.values_list("text", flat=True)) == {filled["text"], "И ещё вот что."}


def test_one_address_sends_a_few_in_an_hour_and_the_refused_text_stays(client, filled, clock):
    for number in range(FEEDBACK_PER_HOUR):
        client.post(URL, {**filled, "subject": f"Тема {number}", "ticket": new_ticket_of(30)})
    refused = {**filled, "subject": "Лишняя", "ticket": new_ticket_of(30)}
    response = client.post(URL, refused)
    assert response.status_code == 429
    assert response["Retry-After"] == "3600"
    assert filled["text"] in response.content.decode()
    assert "через час" in errors(response)
    assert FeedbackMessage.objects.count() == FEEDBACK_PER_HOUR
    neighbour = Client(REMOTE_ADDR="192.0.2.7").post(URL, refused)
    assert neighbour.status_code == 302
    clock.shift(3600)
    assert client.post(URL, {**filled, "subject": "Потом", "ticket": new_ticket_of(30)}).status_code == 302


def test_a_household_of_the_new_internet_is_one_visitor(filled):
    statuses = [
        Client(REMOTE_ADDR=f"2001:db8::{number}").post(URL, {**filled, "ticket": new_ticket_of(30)}).status_code
        for number in range(1, FEEDBACK_PER_HOUR + 2)
    ]
    assert statuses == [302] * FEEDBACK_PER_HOUR + [429]


def test_no_line_break_or_control_character_reaches_the_headers_of_the_letter(client, filled):
    filled |= {"subject": "Тема\r\nBcc: all@example.org\u2028\u202eX", "name": "Имя\nБез\u200bконца"}
    assert client.post(URL, filled).status_code == 302
    message, letter = FeedbackMessage.objects.get(), Letter.objects.get()
    assert message.subject == "Тема Bcc: all@example.org X"
    assert message.name == "Имя Безконца"
    assert letter.subject.splitlines() == [letter.subject]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", "я" * 5001),
        ("subject", "я" * 10_240),
        ("subject", "\u200b\u200b"),
        ("text", " \r\n \u2060"),
        ("name", "я" * 121),
        ("email", f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.org"),
        ("email", "teacher@example.org\r\nBcc: all@example.org"),
        ("email", ""),
    ],
)
def test_what_is_too_long_or_empty_is_told_beside_its_field(client, filled, field, value):
    response = client.post(URL, {**filled, field: value})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert nothing_came()


def test_as_much_text_as_the_browser_lets_in_is_taken(client, filled):
    filled["text"] = "\r\n".join(["я" * 9] * 500)  # 4,999 characters to a browser, 5,498 on the way
    assert client.post(URL, filled).status_code == 302
    assert len(FeedbackMessage.objects.get().text) == 4999


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/" + "a" * 9000]
)
def test_only_a_page_of_the_portal_is_named_in_the_letter(client, filled, address):
    assert client.post(URL, {**filled, "page_url": address}).status_code == 302
    stored = FeedbackMessage.objects.get().page_url
    assert stored == ("/" + "a" * 499 if address.startswith("/a") else "")
    shown = client.get(URL, {"from": address}).context["form"].initial["page_url"]
    assert shown == stored


def test_nul_is_refused_in_russian(client):
    response = client.post(URL, "text=a%00b", content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400
    assert "Запрос не разобран" in response.content.decode()


def test_the_form_is_plain_html_and_never_kept_by_a_cache(client):
    response = client.get(URL)
    assert "no-store" in response["Cache-Control"]
    page = response.content.decode()
    assert re.search(r'<form class="form" method="post"', page)
    assert 'type="submit"' in page


def test_opening_the_form_costs_few_queries(client, django_assert_max_num_queries):
    client.get(URL)
    with django_assert_max_num_queries(8):
        client.get(URL)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="два потока сразу проверяются на PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_message():
    data = {"subject": "Тема", "text": "Текст", "email": "a@example.org", "consent": "on", "ticket": new_ticket_of(30)}
    barrier, statuses = threading.Barrier(2), []

    def send():
        barrier.wait()
        statuses.append(Client().post(URL, data).status_code)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [302, 302]
    assert FeedbackMessage.objects.count() == Letter.objects.count() == Consent.objects.count() == 1
