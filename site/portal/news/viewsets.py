"""The list of news in the admin."""

from __future__ import annotations

import django_filters
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from portal.core import admin_menu
from portal.core.page_listing import PagesMenuItem
from portal.news.models import NewsPage
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Tag, Term


class NewsFilterSet(PageFilterSet):
    site = None
    has_child_pages = None
    category = django_filters.ModelChoiceFilter(
        label="Рубрика", queryset=lambda request: Term.objects.of(Vocabulary.NEWS_CATEGORY)
    )
    tags = django_filters.ModelChoiceFilter(label="Тема", queryset=lambda request: Tag.objects.all())

    class Meta:
        model = NewsPage
        fields = ["category", "tags"]


class NewsListingViewSet(PageListingViewSet):
    """All news in one list, the latest first."""

    menu_item_class = PagesMenuItem
    model = NewsPage
    icon = "doc-full"
    menu_label = "Новости"
    menu_name = "news"
    menu_order = admin_menu.NEWS
    add_to_admin_menu = True
    ordering = "-date"
    filterset_class = NewsFilterSet
    columns = [
        *[column for column in IndexView.base_columns if column.name in {"bulk_actions", "title"}],
        Column("date", label="Дата", accessor=lambda news: f"{news.date:%d.%m.%Y}", sort_key="date"),
        Column("category", label="Рубрика", accessor="category"),
        *[column for column in IndexView.base_columns if column.name in {"latest_revision_created_at", "status"}],
    ]


news_listing = NewsListingViewSet("news_listing", url_prefix="news")
