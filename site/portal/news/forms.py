"""Filters of the news list."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Tag, Term


@dataclass(frozen=True)
class NewsFilter:
    """What a visitor asked of the news list; a value that does not exist is left out and the others hold."""

    category: Term | None
    tag: Tag | None
    page: int

    @classmethod
    def read(cls, query: QueryDict) -> NewsFilter:
        """Return the filter in `query`: `category` and `tag` by slug, `page` by number."""
        category, tag = query.get("category", "")[:60], query.get("tag", "")[:100]
        number = query.get("page", "")
        return cls(
            category=Term.objects.of(Vocabulary.NEWS_CATEGORY).filter(slug=category).first() if category else None,
            tag=Tag.objects.filter(slug=tag).first() if tag else None,
            page=int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1,
        )

    @property
    def params(self) -> list[tuple[str, str]]:
        """The pairs of the address that say the same."""
        pairs = [("category", self.category.slug if self.category else ""), ("tag", self.tag.slug if self.tag else "")]
        return [(name, value) for name, value in pairs if value]
