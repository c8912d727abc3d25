"""The list of news in the admin."""

from __future__ import annotations

from wagtail.admin.ui.tables import Column

from portal.core import admin_menu
from portal.core.page_listing import PageListFilterSet, PageListView, PageListViewSet, page_columns
from portal.news.models import NewsPage
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.page_filters import term_filter, topic_filter


class NewsFilterSet(PageListFilterSet):
    category = term_filter("Рубрика", Vocabulary.NEWS_CATEGORY)
    tags = topic_filter("news_items")

    class Meta:
        model = NewsPage
        fields: list[str] = []


class NewsIndexView(PageListView):
    joined = ("category",)


class NewsListingViewSet(PageListViewSet):
    """All news in one list, the latest first."""

    model = NewsPage
    icon = "doc-full"
    menu_label = "Новости"
    menu_name = "news"
    menu_order = admin_menu.NEWS
    add_to_admin_menu = True
    ordering = "-date"
    index_view_class = NewsIndexView
    filterset_class = NewsFilterSet
    columns = page_columns(
        Column("date", label="Дата", accessor=lambda news: f"{news.date:%d.%m.%Y}", sort_key="date"),
        Column("category", label="Рубрика", accessor="category"),
    )


news_listing = NewsListingViewSet("news_listing", url_prefix="news")
