"""The bell in the cabinet: what a person was told, newest first, and how letters about it come."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.rules import is_staff
from portal.core import letter_kinds, notify
from portal.core.listing import page_links
from portal.core.models import LetterChoice, Notice
from portal.core.models.notices import LetterWay
from portal.mailing.domain import bell
from portal.mailing.forms import LetterWaysForm, number_of

PER_PAGE = 20


@never_cache
@require_safe
@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """The list of one's own notices."""
    own = Notice.objects.filter(user_id=str(request.user.pk))
    links = page_links(
        request.path, [], number=number_of(request.GET.get("page")), total=own.count(), per_page=PER_PAGE
    )
    rows = list(own[links.start : links.stop])
    context = {
        "cabinet_section": "notices",
        "notices": rows,
        "newest": rows[0].pk if rows else None,
        "unread": own.unread().count(),
        "links": links,
    }
    return render(request, "mailing/notices.html", context)


@never_cache
@require_safe
@login_required
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to what the notice tells of and mark it read."""
    notice = get_object_or_404(Notice, pk=pk, user_id=str(request.user.pk))
    bell.read_one(notice)
    return redirect(notice.href)


@require_POST
@login_required
def read_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice read without opening it."""
    bell.read_one(get_object_or_404(Notice, pk=pk, user_id=str(request.user.pk)))
    return redirect("notices")


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark read everything up to the newest notice that the page showed."""
    bell.read_all(request.user, newest=number_of(request.POST.get("newest")))
    messages.success(request, "Все уведомления отмечены прочитанными.")
    return redirect("notices")


@method_decorator([never_cache, login_required], name="dispatch")
class LetterWaysView(View):
    """Which letters come, one by one or as a digest, and which not at all."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, self._form(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self._form(request, request.POST)
        if not form.is_valid():
            return self._show(request, form)
        for group, way in form.changed_ways():
            notify.choose(request.user, group, way)
        messages.success(request, "Сохранено.")
        return redirect("letter_ways")

    def _form(self, request: HttpRequest, data: QueryDict | None = None) -> LetterWaysForm:
        return LetterWaysForm(data, chosen=self._chosen(request), staff=is_staff(request.user))

    def _chosen(self, request: HttpRequest) -> dict[str, str]:
        rows = LetterChoice.objects.filter(user_id=str(request.user.pk)).values_list("group", "way")
        return {group: way for group, way in rows if way in LetterWay.values}

    def _show(self, request: HttpRequest, form: LetterWaysForm) -> HttpResponse:
        always = [kind for kind in letter_kinds.all_kinds() if kind.group and kind.necessary]
        necessary = [kind for kind in always if not kind.staff or is_staff(request.user)]
        context = {"cabinet_section": "notices", "form": form, "necessary": necessary}
        return render(request, "mailing/letter_ways.html", context)
