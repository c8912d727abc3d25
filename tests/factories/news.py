"""News for tests."""

from __future__ import annotations

import datetime as dt

import factory
import wagtail_factories

from portal.news.models import NewsPage


class NewsPageFactory(wagtail_factories.PageFactory):
    """A published news item; give `parent`, the section of news."""

    title = factory.Sequence(lambda n: f"Новость номер {n}")
    slug = factory.Sequence(lambda n: f"novost-{n}")
    summary = "Коротко о событии."
    date = factory.Sequence(lambda n: dt.date(2022, 1, 1) + dt.timedelta(days=n))

    class Meta:
        model = NewsPage
