"""The public page behind the link of an author's letter."""

from __future__ import annotations

import pytest

from portal.core.models import Consent
from practices.domain.author_consents import AuthorState
from tests.factories.submissions import make_submission
from tests.practices.attachments.test_author_consents import ANNA, NAMELESS, asked, state

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("private")]


@pytest.fixture
def draft(kindergarten, author):
    return make_submission(kindergarten, author, authors=[ANNA, NAMELESS])


@pytest.fixture
def link(draft, author):
    return f"/practices/author-consent/{asked(draft, author)}/"


def test_the_author_reads_who_asks_and_where_the_name_will_stand(client, link, draft, settings):
    page = client.get(link)
    text = page.content.decode()
    assert ANNA["name"] in text
    assert draft.title in text
    assert f"{settings.SITE_URL}/practices/" in text
    assert "checked" not in text
    assert text.count('name="opens"') == 5
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in page.headers["Cache-Control"]
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert NAMELESS["position"] not in text


def test_opening_the_link_answers_nothing(client, link, draft):
    client.get(link)
    client.head(link)
    assert state(draft) is AuthorState.ASKED


def test_the_author_agrees_to_the_ticked_and_may_withdraw(client, link, draft):
    response = client.post(link, {"answer": "give", "opens": ["name", "position"], "conditions": ["transfer"]})
    assert response.status_code == 302
    consent = Consent.objects.get(text__purpose="distribution")
    assert consent.fields == ["name", "position"]
    assert "запрещаю передавать" in consent.basis
    assert consent.address == "127.0.0.1"
    text = client.get(link).content.decode()
    assert "фамилия и имя, должность" in text
    client.post(link, {"answer": "withdraw"})
    assert state(draft) is AuthorState.WITHDRAWN
    assert "отозвано" in client.get(link).content.decode()


@pytest.mark.parametrize("opens", [[], ["photo"], ["everything"]])
def test_what_cannot_be_agreed_to_comes_back_with_words(client, link, draft, opens):
    page = client.post(link, {"answer": "give", "opens": opens, "valid_until": "2031-01-01"})
    assert page.status_code == 200
    assert "2031-01-01" in page.content.decode()
    assert state(draft) is AuthorState.ASKED


def test_the_author_refuses(client, link, draft):
    client.post(link, {"answer": "refuse"})
    assert state(draft) is AuthorState.REFUSED
    assert client.post(link, {"answer": "give", "opens": ["name"]}).status_code == 302
    assert state(draft) is AuthorState.REFUSED


def test_a_second_press_of_the_button_changes_nothing(client, link):
    for _ in range(2):
        client.post(link, {"answer": "give", "opens": ["name"]})
    assert Consent.objects.filter(text__purpose="distribution").count() == 1


def test_a_made_up_link_tells_nothing(client, link, draft):
    page = client.get("/practices/author-consent/abc/")
    assert page.status_code == 404
    assert draft.title not in page.content.decode()


def test_asking_and_recording_a_sheet_from_the_form(client, draft, author):
    from tests.intake.samples import upload

    client.force_login(author)
    base = f"/cabinet/practices/{draft.public_id}/authors/a1/"
    assert client.post(f"{base}ask/").status_code == 302
    assert state(draft) is AuthorState.ASKED
    response = client.post(f"{base}paper/", {"paper-a1": upload(name="Лист.pdf"), "paper-a1-on": "2026-01-20"})
    assert "Отметьте, что разрешено." in [str(message) for message in response.wsgi_request._messages]
    sheet = {"paper-a1": upload(name="Лист.pdf"), "paper-a1-on": "2026-01-20", "paper-a1-opens": ["name", "photo"]}
    client.post(f"{base}paper/", sheet)
    assert state(draft) is AuthorState.PAPER


def test_a_stranger_asks_nobody(client, draft):
    from tests.factories.people import make_account

    client.force_login(make_account("stranger@example.org"))
    assert client.post(f"/cabinet/practices/{draft.public_id}/authors/a1/ask/").status_code == 404
