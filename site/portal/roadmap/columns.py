"""The column of lists of pages in the admin that names the items which each page says it proves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from wagtail.admin.ui.tables import Column
from wagtail.models import Page

from portal.roadmap.models import EvidenceLink


class NamesItems:
    """Mixin of a view that lists pages: reads the items of all the shown pages at once, for `items_column`.

    A prefetch would not do: relations of page drafts build a query for each page whatever was prefetched.
    """

    def get_table(self, object_list: Iterable[Page], **kwargs: Any) -> Any:
        labels: dict[int, list[str]] = defaultdict(list)
        pages = list(object_list)
        links = EvidenceLink.objects.filter(page__in=[page.pk for page in pages]).select_related("item")
        for link in links.order_by("item__position"):
            labels[link.page_id].append(link.item.label)
        for page in pages:
            page.proved_items = ", ".join(dict.fromkeys(labels[page.pk])) or "—"
        return super().get_table(pages, **kwargs)  # type: ignore[misc]


def items_column() -> Column:
    """Return the column «Пункты плана»."""
    return Column("items", label="Пункты плана", accessor="proved_items")
