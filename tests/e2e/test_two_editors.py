"""Two editors open one page: each sees the other, and whoever saves second is shown both texts."""

from __future__ import annotations

import pytest
from wagtail.models import Page

from portal.news.models import NewsIndexPage, NewsPage
from portal.setup.groups import EDITORS
from tests.e2e.conftest import PASSWORD
from tests.factories.people import make_account

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def both(live_server, media, person):
    """The same news opened by Anna and then by Vera, each in a browser of her own."""
    for name, surname in (("anna", "Первая"), ("vera", "Вторая")):
        make_account(f"{name}@example.org", PASSWORD, groups=[EDITORS], first_name=name.title(), last_name=surname)
    news = NewsIndexPage.objects.get().add_child(instance=NewsPage(title="Общая новость", summary="Было."))
    news.save_revision().publish()
    pages = []
    for name in ("anna", "vera"):
        page = person(f"{name}@example.org")
        page.goto(f"/admin/pages/{news.pk}/edit/")
        pages.append(page)
    return news, *pages


def saved(news):
    return NewsPage.objects.get(pk=news.pk).get_latest_revision_as_object().summary


def test_each_sees_the_other_and_a_stale_save_shows_both_texts(both):
    news, anna, vera = both
    for page, other in ((vera, "Первая"), (anna, "Вторая")):
        face = page.locator(".w-editing-sessions__session").first
        face.wait_for(timeout=25_000)  # the form asks every ten seconds who else is here
        face.hover()
        page.get_by_text(other).first.wait_for()

    anna.fill("[name=summary]", "Написала Анна.")
    with anna.expect_navigation():
        anna.locator("footer [type=submit]").first.click()
    assert saved(news) == "Написала Анна."

    vera.fill("[name=summary]", "Написала Вера.")
    vera.locator("footer [type=submit]").first.click()
    proceed = vera.get_by_role("button", name="Продолжить")
    both_texts = vera.get_by_role("button", name="Собрать из отмеченного")
    proceed.or_(both_texts).first.wait_for()
    if proceed.is_visible():
        proceed.click()
    both_texts.wait_for()
    shown = vera.locator(".desk-conflict").inner_text()
    assert "Написала Анна." in shown
    assert "Написала Вера." in shown
    assert saved(news) == "Написала Анна."
    with vera.expect_navigation():
        vera.get_by_role("button", name="Сохранить мой текст целиком").click()
    assert saved(news) == "Написала Вера."
    texts = {revision.content["summary"] for revision in Page.objects.get(pk=news.pk).revisions.all()}
    assert {"Написала Анна.", "Написала Вера."} <= texts
