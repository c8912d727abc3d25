"""News tell of an event or a contest: each stands on the other's page while visitors may read it."""

import pytest
from django.core.cache import cache

from portal.news.models import NewsIndexPage
from tests.factories.news import NewsPageFactory
from tests.factories.siblings import make_siblings

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.parametrize(
    ("room", "field", "section"), [("events", "event", "events"), ("contests", "contest", "contests")]
)
def test_news_and_its_subject_name_each_other(client, room, field, section):
    subject = make_siblings()[room]
    index = NewsIndexPage.objects.get()
    story = NewsPageFactory(parent=index, title="Рассказ о нём", **{field: subject})
    NewsPageFactory(parent=index, title="Черновик о нём", live=False, **{field: subject})
    own = f"/{section}/{subject.slug}/"
    body = client.get(own).content.decode()
    assert "Рассказ о нём" in body
    assert "Черновик о нём" not in body
    told = client.get(f"/news/{story.slug}/").content.decode()
    assert f'href="{own}"' in told
    subject.unpublish()
    cache.clear()
    assert f'href="{own}"' not in client.get(f"/news/{story.slug}/").content.decode()
