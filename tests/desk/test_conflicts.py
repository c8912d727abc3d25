"""Two people write one page: nobody's words are lost."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.fields import StreamField

from portal.news.models import NewsIndexPage, NewsPage
from portal.setup.groups import EDITORS
from tests.factories.people import make_account

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def news():
    page = NewsIndexPage.objects.get().add_child(instance=NewsPage(title="Общая новость", summary="Было."))
    page.save_revision().publish()
    return page


def people():
    return [
        make_account(f"{name}@example.org", groups=[EDITORS], first_name=name.title(), last_name="Проба")
        for name in ("anna", "vera")
    ]


def opened(client, page):
    """What the form of the editor holds when it is opened."""
    from bs4 import BeautifulSoup

    html = BeautifulSoup(client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content, "html.parser")
    form = html.select_one("#page-edit-form")
    # Streams are drawn by scripts; those of the page are empty.
    sent = {f"{field.name}-count": "0" for field in NewsPage._meta.fields if isinstance(field, StreamField)}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.name == "textarea":
            sent[field["name"]] = field.text.lstrip("\n")
        elif field.name == "select":
            chosen = field.select_one("option[selected]")
            sent[field["name"]] = chosen["value"] if chosen else ""
        elif field.get("type") not in {"checkbox", "radio", "submit", "button"} or field.has_attr("checked"):
            sent[field["name"]] = field.get("value", "")
    return sent


def save(client, page, sent, **changes):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**sent, **changes})


def hidden(answer):
    from bs4 import BeautifulSoup

    form = BeautifulSoup(answer.content, "html.parser").select_one("form[action$='/edit/']")
    fields = form.select("input[type=hidden], input[type=radio][checked]")
    return {field["name"]: field["value"] for field in fields if field["name"] != "csrfmiddlewaretoken"}


@pytest.fixture
def both(client, news):
    """Anna has saved a new summary while Vera was writing a title and a summary; returns Vera's refused answer."""
    anna, vera = people()
    client.force_login(vera)
    sent = opened(client, news)
    client.force_login(anna)
    assert save(client, news, opened(client, news), summary="Пишет Анна.").status_code == 302
    client.force_login(vera)
    return save(client, news, sent, summary="Пишет Вера.", title="Заголовок Веры")


def latest(page):
    return NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_stale_save_shows_both_texts_and_saves_nothing(both, news):
    words = both.content.decode()
    assert both.status_code == 409
    assert "Пока вы писали" in words
    for text in ("Проба Anna", "Пишет Анна.", "Пишет Вера.", "Заголовок Веры", "Общая новость", "писали оба"):
        assert text in words, text
    assert latest(news).summary == "Пишет Анна."


def test_what_only_one_wrote_is_taken_from_the_one_who_wrote(both, client, news):
    fields = hidden(both)
    assert fields["conflict-take-title"] == "mine"
    save(client, news, fields, **{"conflict": "merge", "conflict-take-summary": "theirs"})
    merged = latest(news)
    assert (merged.title, merged.summary) == ("Заголовок Веры", "Пишет Анна.")
    texts = {revision.content["summary"] for revision in news.revisions.all()}
    assert texts == {"Было.", "Пишет Анна.", "Пишет Вера."}


def test_own_text_is_saved_whole_and_the_other_stays_in_the_history(both, client, news):
    assert save(client, news, hidden(both), conflict="mine").status_code == 302
    assert latest(news).summary == "Пишет Вера."
    assert "Пишет Анна." in {revision.content["summary"] for revision in news.revisions.all()}


def test_other_text_is_left_and_own_goes_into_the_history(both, client, news):
    save(client, news, hidden(both), conflict="theirs")
    assert latest(news).summary == "Пишет Анна."
    assert "Пишет Вера." in {revision.content["summary"] for revision in news.revisions.all()}


def test_third_save_in_between_is_shown_again(both, client, news):
    third = NewsPage.objects.get(pk=news.pk).get_latest_revision_as_object()
    third.summary = "Пишет третий."
    third.save_revision()
    answer = save(client, news, hidden(both), conflict="merge")
    assert answer.status_code == 409
    assert "Пишет третий." in answer.content.decode()


def test_publishing_over_a_newer_text_is_stopped_too_and_goes_on_when_confirmed(both, client, news):
    anna_text = hidden(both)
    third = NewsPage.objects.get(pk=news.pk).get_latest_revision_as_object()
    third.save_revision()
    answer = save(client, news, anna_text, **{"action-publish": "1"})
    assert answer.status_code == 409
    save(client, news, hidden(answer), conflict="mine")
    assert NewsPage.objects.get(pk=news.pk).summary == "Пишет Вера."


def test_ordinary_saves_are_not_disturbed(client, news):
    client.force_login(people()[0])
    for text in ("Раз.", "Два."):
        assert save(client, news, opened(client, news), summary=text).status_code == 302
    assert latest(news).summary == "Два."


def test_rows_and_blocks_of_both_are_shown_and_taken(client, news):
    anna, vera = people()
    client.force_login(vera)
    sent = opened(client, news)
    theirs = NewsPage.objects.get(pk=news.pk).get_latest_revision_as_object()
    theirs.body = [("text", "<p>Абзац Анны</p>")]
    theirs.save_revision(user=anna)
    answer = save(client, news, sent, summary="Пишет Вера.")
    assert "Абзац Анны" in answer.content.decode()
    assert hidden(answer)["conflict-take-body"] == "theirs"
    save(client, news, hidden(answer), conflict="merge")
    merged = latest(news)
    assert merged.summary == "Пишет Вера."
    assert "Абзац Анны" in str(merged.body)


def test_text_with_markup_is_shown_as_text(client, news):
    anna, vera = people()
    client.force_login(vera)
    sent = opened(client, news)
    client.force_login(anna)
    save(client, news, opened(client, news), summary="<script>alert(1)</script>")
    client.force_login(vera)
    words = save(client, news, sent, summary="Моё").content.decode()
    assert "<script>alert(1)" not in words
    assert "&lt;script&gt;" in words
