"""The admin's screens of the trash: what lies there, putting away, bringing back, emptying."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.coreutils import get_content_type_label
from wagtail.models import Page, ReferenceIndex

from portal.core.listing import plural
from portal.desk.domain import trash
from portal.desk.forms import PlaceForm
from portal.desk.models import TrashedPage
from portal.desk.rules import may_empty_trash, works_with_pages

CONFIRM = "core/admin/confirm.html"


def count_pages(number: int) -> str:
    """Return «3 страницы»."""
    return f"{number} {plural(number, 'страница', 'страницы', 'страниц')}"


class _PageColumn(TitleColumn):
    """The title with what may be done with the page."""

    def get_buttons(self, instance: TrashedPage, parent_context: Any) -> list[Button]:
        buttons = [Button("Вернуть", url=reverse("trash_restore", args=[instance.pk]), icon_name="undo", priority=10)]
        if may_empty_trash(parent_context["request"].user):
            url = reverse("trash_delete", args=[instance.pk])
            buttons.append(Button("Удалить навсегда", url=url, icon_name="bin", priority=20, classname="serious"))
        return buttons


class TrashView(BaseListingView):
    """What lies in the trash, the latest first."""

    model = TrashedPage
    page_title = "Корзина"
    header_icon = "bin"
    index_url_name = "trash"
    paginate_by = 50
    verbose_name_plural = "страницы"
    columns = [
        _PageColumn(
            "page", label="Страница", accessor="page.title", get_url=lambda row: reverse("trash_restore", args=[row.pk])
        ),
        Column("kind", label="Вид", accessor=lambda row: get_content_type_label(row.page.content_type)),
        Column("below", label="Страниц внутри", accessor=lambda row: row.page.numchild or "—"),
        Column("parent", label="Стояла в разделе", accessor=lambda row: row.parent or "раздела больше нет"),
        DateColumn("deleted_at", label="Удалена"),
        Column("deleted_by", label="Кто удалил", accessor=lambda row: row.deleted_by or "—"),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not works_with_pages(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[TrashedPage]:
        return trash.visible_to(self.request.user)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not may_empty_trash(self.request.user) or not TrashedPage.objects.exists():
            return []
        return [HeaderButton("Очистить корзину", url=reverse("trash_empty"), icon_name="bin")]

    @cached_property
    def no_results_message(self) -> str:
        return "В корзине пусто. Сюда попадают удалённые страницы, отсюда их можно вернуть."


def put_away(request: HttpRequest, page: Page) -> HttpResponse:
    """Answer the admin's request to delete `page`: ask, then move it to the trash; hook `before_delete_page`."""
    if trash.is_trashed(page):
        return redirect("trash")
    parent = page.get_parent()
    back = get_valid_next_url_from_request(request) or reverse("wagtailadmin_explore", args=[parent.pk])
    if request.method == "POST":
        entry = trash.throw_away(page, user=request.user)
        button = messages.button(reverse("trash_restore", args=[entry.pk]), "Вернуть")
        messages.success(request, f"Страница «{page.title}» в корзине.", buttons=[button])
        gone = reverse("wagtailadmin_pages:edit", args=[page.pk])
        return redirect(reverse("wagtailadmin_explore", args=[parent.pk]) if back == gone else back)
    context = {"title": "Убрать в корзину", "button": "Убрать в корзину", "back": back}
    return render(request, CONFIRM, {**context, "question": _question(page)})


def _question(page: Page) -> str:
    below = page.get_descendant_count()
    question = f"Убрать в корзину страницу «{page.title}»"
    if below:
        question += f" и всё внутри неё — всего {count_pages(below + 1)}"
    question += "? С сайта она исчезнет сразу, вернуть её можно из корзины."
    references = ReferenceIndex.get_references_to(page).group_by_source_object().count()
    if references:
        places = plural(references, "страница или запись", "страницы или записи", "страниц или записей")
        question += f" На неё ссылается {references} {places}: эти ссылки перестанут открываться."
    return question


def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, offer another place where the former one is gone or on request, and bring the page back."""
    entry = get_object_or_404(trash.visible_to(request.user), pk=pk)
    form = PlaceForm(request.POST or None, page=entry.page, former=entry.parent, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            page = trash.restore(entry, user=request.user, parent=form.cleaned_data["place"])
        except trash.TrashError as error:
            form.add_error("place", str(error))
        else:
            messages.success(request, _restored_words(page, entry))
            return redirect("wagtailadmin_pages:edit", page.pk)
    count = entry.page.get_descendant_count() + 1
    context = {"title": "Вернуть из корзины", "entry": entry, "count": count, "pages": count_pages(count), "form": form}
    return render(request, "desk/admin/trash_restore.html", {**context, "shown": len(entry.published)})


def _restored_words(page: Page, entry: TrashedPage) -> str:
    words = f"Страница «{page.title}» возвращена"
    words += " и снова опубликована." if page.live else " как черновик."
    if page.slug != entry.slug:
        words += f" Прежний адрес занят другой страницей, теперь он такой: {page.slug}."
    return words


def delete_forever(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask with the number, then delete one page of the trash with what is below it."""
    if not may_empty_trash(request.user):
        raise PermissionDenied
    entry = get_object_or_404(TrashedPage.objects.select_related("page"), pk=pk)
    count = entry.page.get_descendant_count() + 1
    if request.method == "POST":
        trash.delete_forever(entry, user=request.user)
        messages.success(request, f"Удалено навсегда: {count_pages(count)}.")
        return redirect("trash")
    question = f"Удалить навсегда «{entry.page.title}» — {count_pages(count)}? Вернуть её будет нельзя."
    context = {
        "title": "Удалить навсегда",
        "button": f"Удалить навсегда: {count_pages(count)}",
        "back": reverse("trash"),
    }
    return render(request, CONFIRM, {**context, "question": question})


def empty(request: HttpRequest) -> HttpResponse:
    """Ask with the number, then delete all that the person saw in the trash; what came later stays."""
    if not may_empty_trash(request.user):
        raise PermissionDenied
    if request.method == "POST":
        seen = parse_datetime(request.GET.get("up_to", ""))
        count = trash.empty(user=request.user, up_to=seen)
        messages.success(request, f"Корзина очищена. Удалено навсегда: {count_pages(count)}.")
        return redirect("trash")
    if "up_to" not in request.GET:
        return redirect(f"{reverse('trash_empty')}?up_to={timezone.now():%Y-%m-%dT%H:%M:%S.%fZ}")
    count = trash.pages_in(TrashedPage.objects.all())
    context = {
        "title": "Очистить корзину",
        "question": f"В корзине {count_pages(count)}. Удалить навсегда? Вернуть их будет нельзя.",
        "button": f"Удалить навсегда: {count_pages(count)}",
        "back": reverse("trash"),
    }
    return render(request, CONFIRM, context)
