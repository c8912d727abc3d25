"""Search in lists of the admin that finds Russian names whatever their case, the same on every database."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from portal.core.matching import matching
from search.text import match_key


class MatchKeySearchMixin:
    """For index views of the admin: `key_fields` hold match keys of names, `latin_fields` lower-case Latin text.

    Each typed word is looked for anywhere in the keys; an e-mail is found by any part of it.
    """

    key_fields: tuple[str, ...] = ()
    latin_fields: tuple[str, ...] = ()
    search_query: str
    is_searching: bool

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        if not self.is_searching:
            return queryset
        typed = self.search_query.strip().lower()
        found = matching(typed, *self.key_fields) if self.key_fields and match_key(typed) else Q()
        for field in self.latin_fields:
            found |= Q(**{f"{field}__contains": typed})
        return queryset.filter(found)
