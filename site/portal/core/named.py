"""Names under consent on pages: found for a person and erased from the page and every revision of it.

A name is hidden by the withdrawal of its consent, so hiding needs nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page

from portal.core.models import NamedUnderConsent
from portal.core.privacy import Person


def find_names(model: type[NamedUnderConsent], person: Person) -> QuerySet:
    """Return rows of `model` that name the person: by the consent, or by the full name."""
    by_consent = Q(consent__user_id=person.user_id, consent__user__isnull=False) | Q(consent__email__in=person.emails)
    name = person.user.full_name if person.user is not None else ""
    return model._default_manager.filter(by_consent | Q(name=name) & ~Q(name=""))


def erase_names(model: type[Any], person: Person) -> Iterator[tuple[Page, int]]:
    """Take the person's names away; yield each page they stood on with the number of revisions that held them.

    `model` is a child of its page by the key `page`, serialised in revisions under its related name.
    """
    rows = list(find_names(model, person))
    names = {row.name for row in rows} - {""}
    model._default_manager.filter(pk__in=[row.pk for row in rows]).update(name="", consent=None)
    key = model._meta.get_field("page")
    pages = key.related_model._default_manager.filter(pk__in={row.page_id for row in rows})
    for page in pages:
        relation = key.remote_field.related_name
        yield page, sum(_erase_in_revision(revision, relation, names) for revision in page.revisions.iterator())


def _erase_in_revision(revision: Any, relation: str, names: set[str]) -> bool:
    rows = [row for row in revision.content.get(relation, []) if row.get("name") in names]
    for row in rows:
        row.update(name="", consent=None)
    if rows:
        revision.save(update_fields=["content"])
    return bool(rows)
