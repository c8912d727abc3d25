"""Writes many pages at once, as the tree of pages and Wagtail's indexes want them, in a few statements per batch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.search.backends import get_search_backends

from portal.demo.publishing import OFFICE_HOUR
from practices.models import PracticeAuthor, PracticeIndexPage, PracticePage, TaggedPractice

TermLink = PracticePage.terms.through


def insert_pages(section: PracticeIndexPage, pages: Sequence[PracticePage], slugs: Sequence[str]) -> None:
    """Add published `pages` below `section`, in one transaction with the tree's counters.

    Topics (`tagged_items`) and authors are taken from the pages' memory, terms from their attribute `chosen_terms`
    (keys). No signals are sent and no revisions made; the caller renews what depends on the bank.
    """
    with transaction.atomic():
        parent = Page.objects.select_for_update().get(pk=section.pk)
        _number(parent, pages, slugs)
        base_fields = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
        bases = Page.objects.bulk_create(
            [Page(**{name: getattr(page, name) for name in base_fields}) for page in pages], batch_size=100
        )
        for page, base in zip(pages, bases, strict=True):
            page.pk = page.id = page.page_ptr_id = base.pk
            page._state.adding = False
        own = PracticePage._meta.local_concrete_fields
        # Django refuses bulk_create for a table with a parent; the parent's rows are there already.
        PracticePage._base_manager.get_queryset()._batched_insert(list(pages), fields=own, batch_size=100)
        _insert_children(pages)
        Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(pages))
        _index(pages)


def _number(parent: Page, pages: Sequence[PracticePage], slugs: Sequence[str]) -> None:
    """Give each page its place in the tree and what Wagtail fills on the way of saving."""
    last = parent.get_last_child()
    step = PracticePage._str2int(last.path[-PracticePage.steplen :]) if last else 0
    kind = ContentType.objects.get_for_model(PracticePage)
    locale = Locale.get_default()
    for number, (page, slug) in enumerate(zip(pages, slugs, strict=True), start=1):
        page.path = PracticePage._get_path(parent.path, parent.depth + 1, step + number)
        page.depth, page.numchild = parent.depth + 1, 0
        page.slug, page.url_path = slug, f"{parent.url_path}{slug}/"
        page.draft_title = page.title
        page.content_type, page.locale = kind, locale
        page.live, page.has_unpublished_changes = True, False
        assert page.published_on is not None
        moment = timezone.make_aware(dt.datetime.combine(page.published_on, dt.time(OFFICE_HOUR)))
        page.first_published_at = page.last_published_at = moment


def _insert_children(pages: Sequence[PracticePage]) -> None:
    """Write the rows that the pages hold in memory; they get their keys, which the index of references names."""
    tagged: list[TaggedPractice] = []
    authors: list[PracticeAuthor] = []
    links: list[Any] = []
    for page in pages:
        for item in page.tagged_items.all():
            item.content_object_id = page.pk
            tagged.append(item)
        for author in page.authors.all():
            author.page_id = page.pk
            authors.append(author)
        links += [TermLink(practicepage_id=page.pk, term_id=term) for term in page.chosen_terms]
    TaggedPractice.objects.bulk_create(tagged, batch_size=400)
    PracticeAuthor.objects.bulk_create(authors, batch_size=200)
    TermLink.objects.bulk_create(links, batch_size=400)


def _index(pages: Sequence[PracticePage]) -> None:
    _index_references(pages)
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(PracticePage, list(pages))


def _index_references(pages: Sequence[PracticePage]) -> None:
    """What `ReferenceIndex.create_or_update_for_object` writes for a new object, for all of them together."""
    kind = ContentType.objects.get_for_model(PracticePage)
    base = ContentType.objects.get_for_model(Page)
    rows = [
        ReferenceIndex(
            content_type=kind,
            base_content_type=base,
            object_id=str(page.pk),
            to_content_type_id=to_kind,
            to_object_id=to_pk,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
        for page in pages
        for to_kind, to_pk, model_path, content_path in set(ReferenceIndex._extract_references_from_object(page))
    ]
    ReferenceIndex.objects.bulk_create(rows, batch_size=100)
