"""Work of the worker after a change of the dictionaries."""

from __future__ import annotations

from django_tasks import task
from wagtail.models import Page
from wagtail.search.index import insert_or_update_object


@task()
def reindex_pages(ids: list[int]) -> None:
    """Write pages into the search index anew: their topics are called otherwise now."""
    for page in Page.objects.filter(pk__in=ids).specific().iterator(chunk_size=100):
        insert_or_update_object(page)
