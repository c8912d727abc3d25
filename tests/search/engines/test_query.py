"""The search façade: it finds by all words and never raises."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from search.engines import query
from search.engines.query import MAX_WORDS, highlight, search_ids, words_of
from tests.factories.practices import PracticePageFactory


@pytest.fixture
def pages(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = [
            PracticePageFactory(title="Игры в степи", summary="Пешие прогулки"),
            PracticePageFactory(title="Сказки Ёлочки", summary="Игры и речь"),
        ]
        for page in made:
            page.save_revision().publish()
    return made


@pytest.mark.integration
def test_all_words_must_be_there(pages):
    steppe, tale = pages
    assert set(search_ids(Page, "игры")) == {steppe.pk, tale.pk}
    assert search_ids(Page, "игры степи") == [steppe.pk]
    assert search_ids(Page.objects.exclude(pk=steppe.pk), "игры") == [tale.pk]
    assert search_ids(Page, "игры", limit=1) == search_ids(Page, "игры")[:1]
    assert search_ids(Page, "космос") == []


@pytest.mark.integration
@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        '"',
        "'",
        "\x00",
        "\x00игры",
        "a" * 10_000,
        "слово " * 500,
        "AND OR NOT",
        "(игры",
        "игры*",
        "title:игры",
        "-",
        "\u200f\u202e",
        "^",
        "{}",
        "\\",
        "NEAR(a,b)",
        "1' OR '1'='1",
    ],
)
def test_no_text_raises(pages, text):
    assert isinstance(search_ids(Page, text), list)


@pytest.mark.integration
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=80))
def test_no_generated_text_raises(db, text):
    # Asking changes nothing, so that the examples may share one database.
    assert isinstance(search_ids(Page, text, limit=5), list)


@pytest.mark.integration
def test_a_failed_engine_is_logged_and_titles_answer(pages, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise ConnectionError("engine is away")

    monkeypatch.setattr(query, "get_search_backend", broken)
    assert search_ids(Page, "елочки") == [pages[1].pk]
    assert search_ids(Page, "игры") == [pages[0].pk]
    assert "search engine failed" in caplog.text


@pytest.mark.unit
def test_words_are_cleaned_and_limited():
    assert words_of('  «Ёлка»\x00 "И" игры* ') == ["елка", "и", "игры"]
    assert len(words_of("слово " * 500)) == MAX_WORDS
    assert words_of('"') == []


@pytest.mark.unit
def test_highlight_escapes_and_marks_words_of_the_query():
    assert highlight("Игры <b> ёлки", "елки игры") == "<mark>Игры</mark> &lt;b&gt; <mark>ёлки</mark>"
    assert highlight("Подвижная игра", "подвижные") == "<mark>Подвижная</mark> игра"
    assert highlight("Игра & речь", "") == "Игра &amp; речь"


@pytest.mark.unit
@given(text=st.text(max_size=100), asked=st.text(max_size=30))
def test_highlight_never_lets_markup_through(text, asked):
    bare = highlight(text, asked).replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert ">" not in bare
