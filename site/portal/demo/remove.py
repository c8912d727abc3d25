"""Removes the demonstration: every row marked as such, what hangs on it, its files; what people made stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, ProtectedError, Q
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision, get_page_models

from portal.accounts.models import User
from portal.core import usage, versions
from portal.core.models import BasePage, Demonstrable
from portal.demo import contests, documents, events, news, notices, people, practices, storage
from portal.demo.content import practices as practice_rows
from portal.demo.content import read
from portal.demo.models import DemoLoad
from portal.demo.pictures import event_drawings, news_drawings, practice_drawings
from portal.demo.submissions import remove_submissions
from portal.files.models import PortalDocument, PortalImage
from portal.organisations.models import Organisation
from portal.roadmap.enums import ChangeKind
from portal.roadmap.models import EvidenceLink, Fact, PlanChange
from practices.domain import changes
from practices.models import CollectionItem

CHUNK = 200
NAMED = 5  # holders of one kind that the report names


def remove_demo() -> Iterator[str]:
    """Remove the demonstration and yield lines: what was removed, what was kept and why. Safe to repeat after a kill."""
    yield from remove_submissions()
    yield from _remove_pages()
    yield from _remove_files()
    people.remove_people()
    yield from _remove_organisations()
    yield from _remove_accounts()
    notices.remove_notices()
    DemoLoad.objects.all().delete()
    changes.practices_version.bump()
    changes.names_changed()
    versions.bump()


def _remove_pages() -> Iterator[str]:
    yield from _collections_that_lose()
    for model in get_page_models():
        if not issubclass(model, BasePage):
            continue
        marked = model._default_manager.filter(is_demo=True).order_by("-path")
        total, gone = marked.count(), 0
        kept: set[int] = set()
        while pks := list(marked.exclude(pk__in=kept).values_list("pk", flat=True)[:CHUNK]):
            parents = set(Page.objects.filter(pk__in=pks, numchild__gt=0).values_list("pk", flat=True))
            kept |= parents
            leaves = [pk for pk in pks if pk not in parents]
            _delete_leaves(model, leaves)
            gone += len(leaves)
            if total > CHUNK:
                yield f"  {model._meta.verbose_name}: {gone} из {total}"
        if gone:
            yield f"Удалено: {model._meta.verbose_name_plural} — {gone}"
        for page in Page.objects.filter(pk__in=kept):
            yield f"Оставлена страница «{page.title}»: под ней есть страницы, сделанные людьми"


def _collections_that_lose() -> Iterator[str]:
    lost = CollectionItem.objects.filter(practice__is_demo=True, page__is_demo=False)
    counts = lost.values_list("page__title").annotate(number=models.Count("pk")).order_by("page__title")
    for title, number in counts:
        yield f"Подборка «{title}» остаётся, из неё уходят демонстрационные практики: {number}"


def _delete_leaves(model: type[BasePage], pks: list[int]) -> None:
    """Delete pages without children, with signals, revisions and search entries, and mend the counters of parents.

    treebeard's own delete asks for the descendants of each page; leaves have none.
    """
    if not pks:
        return
    with transaction.atomic():
        _forget_evidence(pks)
        leaves = model._default_manager.filter(pk__in=pks)
        parents = Counter(path[: -Page.steplen] for path in leaves.values_list("path", flat=True))
        keys = [str(pk) for pk in pks]
        page_type = ContentType.objects.get_for_model(Page)
        Revision.objects.filter(base_content_type=page_type, object_id__in=keys).delete()
        ReferenceIndex.objects.filter(base_content_type=page_type, object_id__in=keys).delete()
        models.QuerySet.delete(leaves)
        for path, number in parents.items():
            Page.objects.filter(path=path).update(numchild=F("numchild") - number)
        # The journal of people's deeds stays; the loader's own entries hang on the demonstration.
        ours = Q(user=None) | Q(user__in=User.objects.filter(is_demo=True))
        PageLogEntry.objects.filter(ours, page_id__in=pks).delete()


def _forget_evidence(pks: list[int]) -> None:
    """What demonstration pages proved goes whole: a plan of people tells nothing of them, their owner gets no letter."""
    EvidenceLink.objects.filter(page_id__in=pks).delete()  # or deleting the page would propose its facts anew
    facts = Fact.objects.filter(page_id__in=pks)
    PlanChange.objects.filter(kind=ChangeKind.FACT, after__fact__in=list(facts.values_list("pk", flat=True))).delete()
    facts.delete()


def _remove_files() -> Iterator[str]:
    removed = 0
    for model, label in ((PortalImage, "изображения"), (PortalDocument, "документы")):
        gone = 0
        kept: list[Any] = []
        rows = model._default_manager.filter(is_demo=True).order_by("pk")
        while chunk := list(rows.exclude(pk__in=[row.pk for row in kept])[:CHUNK]):
            used = [row for row in chunk if _is_used(row)]
            kept += used
            free = [row for row in chunk if row not in used]
            names = [name for row in free for name in _files_of(row)]
            with transaction.atomic():
                for row in free:
                    row.delete()
            # At once: the worker that deletes files otherwise may not be running.
            removed += storage.delete_files(names)
            gone += len(free)
        if gone:
            yield f"Удалено: {label} — {gone}"
        for row in kept:
            yield f"Оставлен файл «{row.title}»: его используют страницы, сделанные людьми"
    removed += storage.delete_files(_left_by_a_kill())
    if removed:
        yield f"Удалено файлов с диска: {removed}"


def _left_by_a_kill() -> Iterator[str]:
    """Files that the loader wrote before it was killed, so that no row tells of them."""
    held = {*PortalImage.objects.values_list("file", flat=True), *PortalDocument.objects.values_list("file", flat=True)}
    return (name for name in _planned_files() if name not in held)


def _is_used(row: models.Model) -> bool:
    return ReferenceIndex.get_references_to(row).exists()


def _files_of(row: Any) -> list[str]:
    scaled = row.renditions.values_list("file", flat=True) if isinstance(row, PortalImage) else ()
    return [*scaled, row.file.name]


def _planned_files() -> Iterator[str]:
    """Where the loader would put its files: a kill may have left one that no row tells of."""
    rows, items, meetings = practice_rows(), read("news"), read("events")
    for drawings in practice_drawings(rows).values():
        yield from (storage.image_place(drawing.key) for drawing in drawings)
    for drawing in [*news_drawings(items).values(), *(d for item in items for d in news.body_drawings(item))]:
        yield storage.image_place(drawing.key)
    held = read("contests")
    for drawing in contests.drawings(held).values():
        yield storage.image_place(drawing.key)
    for row in held:
        yield from (storage.document_place(key, name) for key, name, _ in contests.file_plan(row))
    for row in read("documents"):
        yield from (storage.document_place(key, name) for key, name, _ in documents.file_plan(row))
    for row in rows:
        yield from (storage.document_place(key, name) for key, name, _ in practices.file_plan(row))
    for item in items:
        yield from (storage.document_place(key, name) for key, name, _ in news.file_plan(item))
    for drawings in event_drawings(meetings).values():
        yield from (storage.image_place(drawing.key) for drawing in drawings)
    for meeting in meetings:
        yield from (storage.document_place(key, name) for key, name, _ in events.file_plan(meeting))


def _remove_organisations() -> Iterator[str]:
    yield from _remove_unused(Organisation, "организации", "Оставлена организация")


def _remove_accounts() -> Iterator[str]:
    yield from _remove_unused(User, "учётные записи", "Оставлена учётная запись")


def _remove_unused(model: type[Demonstrable], plural: str, kept: str) -> Iterator[str]:
    gone = 0
    for row in model._default_manager.filter(is_demo=True).order_by("pk"):
        try:
            with transaction.atomic():
                row.delete()
            gone += 1
        except ProtectedError:
            yield f"{kept} «{row}»: {', '.join(_users_of(row))}"
    if gone:
        yield f"Удалено: {plural} — {gone}"


def _users_of(row: models.Model) -> Iterator[str]:
    """Name what holds a row, a few of each kind."""
    for use in usage.uses(type(row)):
        for holder in use.rows(public=False).filter(**{use.field: row.pk})[:NAMED]:
            yield f"на неё ссылается {holder._meta.verbose_name} «{holder}»"
