"""What follows from a change of a contest."""

from __future__ import annotations

from django.db import transaction
from modelsearch.index import insert_or_update_object

from contests.models import ContestPage, ContestSeries
from portal.core import versions


def series_changed(series: ContestSeries) -> None:
    """Renew what was cached under the names of a contest and the search entries of its years."""
    versions.bump()
    transaction.on_commit(lambda: _reindex(series.pk))


def _reindex(series_id: int) -> None:
    for page in ContestPage.objects.filter(series=series_id, live=True):
        insert_or_update_object(page)


def without_shown_results(page_ids: list[int]) -> set[int]:
    """Return those of the pages whose results visitors may not see yet."""
    if not page_ids:
        return set()
    shown = ContestPage.objects.filter(pk__in=page_ids).with_shown_results().values_list("pk", flat=True)
    return set(page_ids) - set(shown)
