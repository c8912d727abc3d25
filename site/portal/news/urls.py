"""Public addresses of the news beside the pages themselves."""

from __future__ import annotations

from django.urls import path

from portal.core.pagecache import public_page
from portal.news.feeds import NewsFeed

urlpatterns = [path("news/feed/", public_page(NewsFeed()), name="news_feed")]
