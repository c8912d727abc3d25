"""The way out of a group of letters for whoever holds the letter: no sign-in, one click of a mail program is enough."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from portal.core import letter_kinds, notify


@method_decorator([never_cache, csrf_exempt], name="dispatch")
class UnsubscribeView(View):
    """Asks on GET, for programs open links of letters by themselves; leaves the group on POST (RFC 8058).

    The signed token is all the right that is needed: the POST comes without a session and without cookies, and it is
    answered by a page, not by a redirect, as the RFC asks.
    """

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        _user, group = self._meant(token)
        return self._show(request, group, done=False)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        user, group = self._meant(token)
        notify.leave(user, group)
        return self._show(request, group, done=True)

    def _meant(self, token: str) -> tuple[object, str]:
        """Return the account and the group of the token; a group that was renamed or is necessary now is not found."""
        values = notify.read_unsubscribe(token)
        if values is None or values[1] not in {notify.DIGEST, *letter_kinds.optional_groups()}:
            raise Http404("Ссылка из письма не подходит")
        user = get_user_model()._default_manager.filter(pk=values[0]).first()
        if user is None:
            raise Http404("Ссылка из письма не подходит")
        return user, values[1]

    def _show(self, request: HttpRequest, group: str, *, done: bool) -> HttpResponse:
        kinds = letter_kinds.optional_groups().get(group, [])
        title = "Сводки уведомлений" if group == notify.DIGEST else group
        return render(request, "mailing/unsubscribe.html", {"group": title, "kinds": kinds, "done": done})
