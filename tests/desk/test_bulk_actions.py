"""Actions over several pages: the question and the answer name the number in Russian."""

from __future__ import annotations

import pytest
from wagtail.models import Page

from portal.news.models import NewsIndexPage
from tests.factories.news import NewsPageFactory
from tests.factories.siblings import free_page

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
VERBS = {
    "publish": ("Опубликовать", "Опубликовано"),
    "unpublish": ("Снять с публикации", "Снято с публикации"),
    "delete": ("Убрать в корзину", "В корзине"),
}


def address(verb, pages):
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return f"/admin/bulk/wagtailcore/page/{verb}/?{chosen}&next=/admin/pages/"


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(("number", "words"), [(1, "1 страница"), (3, "3 страницы"), (5, "5 страниц")])
def test_question_and_answer_name_the_number(admin_client, verb, number, words):
    news = NewsIndexPage.objects.get()
    pages = [NewsPageFactory(parent=news, live=verb != "publish") for _number in range(number)]
    asked, done = VERBS[verb]
    question = admin_client.get(address(verb, pages)).content.decode()
    assert f"{asked}: {words}" in question
    assert "Include descendants" not in question
    answer = admin_client.post(address(verb, pages), follow=True).content.decode()
    assert f"{done}: {words}" in answer


def test_move_names_the_number(admin_client, home):
    pages = [free_page(home, f"Переезжает {number}") for number in range(2)]
    shelf = free_page(home, "Полка")
    assert "Переместить: 2 страницы" in admin_client.get(address("move", pages)).content.decode()
    answer = admin_client.post(address("move", pages), {"chooser": shelf.pk}, follow=True).content.decode()
    assert "Перемещено: 2 страницы." in answer
    assert Page.objects.child_of(shelf).count() == 2
