"""Marks over many pages, and remarks on the text."""

from __future__ import annotations

import pytest

from portal.desk.domain import marking, wording
from portal.news.models import NewsIndexPage, NewsPage
from portal.setup.groups import BANK_EDITORS, NEWS_EDITORS
from portal.vocabularies.models import Tag
from practices.models import PracticeIndexPage
from tests.factories.news import NewsPageFactory
from tests.factories.people import make_account
from tests.factories.practices import PracticePageFactory
from tests.factories.siblings import free_page

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def news():
    made = [NewsPageFactory(parent=NewsIndexPage.objects.get(), title=f"Новость {number}") for number in range(2)]
    for page in made:
        page.save_revision().publish()
    return [NewsPage.objects.get(pk=page.pk) for page in made]


def topics(page):
    return list(NewsPage.objects.get(pk=page.pk).tags.values_list("name", flat=True))


def test_topic_is_given_to_chosen_pages_and_the_number_is_named(client, news, home):
    client.force_login(make_account("news@example.org", groups=[NEWS_EDITORS]))
    tag = Tag.objects.first()
    foreign = PracticePageFactory(parent=PracticeIndexPage.objects.get(), title="Чужая практика")
    plain = free_page(home, "Без тем")
    ids = "&".join(f"id={page.pk}" for page in (*news, foreign, plain))
    address = f"/admin/bulk/wagtailcore/page/add_topic/?{ids}&next=/admin/news/"
    asked = client.get(address).content.decode()
    assert "Добавить тему: 2 страницы" in asked
    assert "Эти страницы не изменятся" in asked
    assert "Чужая практика" in asked
    answer = client.post(address, {"tag": tag.pk}, follow=True)
    assert "Отмечено: 2 страницы." in answer.content.decode()
    assert [topics(page) for page in news] == [[tag.name], [tag.name]]
    assert all(not NewsPage.objects.get(pk=page.pk).has_unpublished_changes for page in news)
    assert list(foreign.tags.all()) == []


def test_topic_waits_in_the_draft_where_something_unseen_waits(news):
    editor = make_account("news@example.org", groups=[NEWS_EDITORS])
    page = news[0]
    page.summary = "Ещё не показано."
    page.save_revision()
    page = NewsPage.objects.get(pk=page.pk)
    assert marking.add_topic(page, Tag.objects.first(), user=editor)
    assert topics(page) == []
    assert NewsPage.objects.get(pk=page.pk).summary != "Ещё не показано."
    assert not marking.add_topic(page, Tag.objects.first(), user=editor)


def test_foreign_editor_marks_nothing(news):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        marking.add_topic(news[0], Tag.objects.first(), user=make_account("b@example.org", groups=[BANK_EDITORS]))


def test_pages_that_prove_something_take_items_and_free_pages_do_not(news, home):
    assert marking.takes_evidence(news[0])
    assert not marking.takes_evidence(free_page(home, "Обычная"))


LONG = "слово " * 40


@pytest.mark.parametrize(
    ("html", "remark"),
    [
        ('<p>Читайте <a href="/x/">здесь</a>.</p>', "Ссылка «здесь»"),
        ("<h3>Сразу третий</h3>", "Перед заголовком «Сразу третий»"),
        (f"<p>{LONG}.</p>", "слов — 40"),
    ],
)
def test_text_that_would_trouble_a_reader_is_remarked_on(html, remark):
    page = NewsPage(title="Новость", body=[("text", html)])
    assert [remark in one for one in wording.remarks(page)] == [True]


def test_good_text_is_not_remarked_on():
    text = (
        '<h2>Итоги</h2><h3>Числа</h3><p>Читайте <a href="/x/">отчёт за март</a>.</p><ul><li>раз</li><li>два</li></ul>'
    )
    folded = {"title": "", "parts": [{"title": "Как?", "text": "<p>Так.</p>"}]}
    assert wording.remarks(NewsPage(title="Новость", body=[("text", text), ("accordion", folded)])) == []
