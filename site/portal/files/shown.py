"""Which pictures and documents of the library a visitor may have: those that something the visitor may read refers to.

Wagtail serves every image and every document outside private collections, so a file of a draft is open to whoever
guesses its address. Here a file follows the page that shows it. Wagtail's reference index holds the references of
what is published (not of drafts); snippets and settings are shown to everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpRequest
from wagtail.models import DraftStateMixin, Page, ReferenceIndex

from portal.core import publicity, versions

HeldBack = Callable[[list[int]], set[int]]
_held_back: dict[str, HeldBack] = {}
Door = Callable[[Model, HttpRequest], bool]
_doors: list[Door] = []  # other ways to a file, by rooms above this one
_known: dict[str, set[tuple[str, int]]] = {}  # one version's files found public; only «yes» is remembered


def hold_back(model_path: str, pages: HeldBack) -> None:
    """Let a room keep files closed that a published page refers to but does not show yet.

    `model_path` is how the reference index names the field (`results.item.protocol`); `pages` takes keys of pages with
    such a reference and returns those that do not show it.
    """
    _held_back[model_path] = pages


def may_be_seen(item: Model, request: HttpRequest) -> bool:
    """Tell whether this visitor may have the file of `item`, an image or a document."""
    if is_public(item) or is_staff(request) or _is_opened_to(item, request):
        return True
    return any(door(item, request) for door in _doors)


def open_by(door: Door) -> None:
    """Let `door(item, request)` open files too: to whoever was shown a draft that has them."""
    _doors.append(door)


def is_public(item: Model) -> bool:
    """Tell whether anybody may have the file of `item`; costs two queries per file, version and process."""
    token = versions.current()
    if token not in _known:
        _known.clear()
        _known[token] = set()
    key = (item._meta.label, item.pk)
    if key in _known[token]:
        return True
    pages, others = _references(item)
    if not (_others_are_live(others) or publicity.public(Page.objects.filter(pk__in=pages)).exists()):
        return False
    _known.setdefault(token, set()).add(key)
    return True


def is_staff(request: HttpRequest) -> bool:
    """Tell whether the visitor works in the admin, where everything of the library is seen."""
    return bool(request.user.is_active and request.user.has_perm("wagtailadmin.access_admin"))


def _is_opened_to(item: Model, request: HttpRequest) -> bool:
    """Whether a page with a password, or for some groups, shows the file to this visitor who has passed its check."""
    pages, _ = _references(item)
    return any(
        all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
        for page in Page.objects.filter(pk__in=pages, live=True)
        if publicity.is_current(page) and not publicity.has_hidden_ancestor(page)
    )


def _references(item: Model) -> tuple[list[int], list[tuple[int, str]]]:
    """Return ids of the pages, and (content type, id) of the other objects, that refer to `item` and show it."""
    page_type = ContentType.objects.get_for_model(Page).pk
    rows = ReferenceIndex.get_references_to(item).values_list("base_content_type_id", "object_id", "model_path")
    rows = list(rows.distinct())
    hidden = {
        (str(pk), path)
        for path, pages in _held_back.items()
        for pk in pages([int(key) for type_id, key, at in rows if at == path and type_id == page_type])
    }
    shown = {(type_id, pk) for type_id, pk, path in rows if (pk, path) not in hidden}
    pages = [int(pk) for type_id, pk in shown if type_id == page_type]
    return pages, [(type_id, pk) for type_id, pk in shown if type_id != page_type]


def _others_are_live(others: Iterable[tuple[int, str]]) -> bool:
    for type_id, pk in others:
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model is None:
            continue
        if hasattr(model, "shows_its_files"):  # a record that is sometimes hidden says so itself
            if any(found.shows_its_files() for found in model._default_manager.filter(pk=pk)):
                return True
        elif not issubclass(model, DraftStateMixin) or model._default_manager.filter(pk=pk, live=True).exists():
            return True
    return False
