"""Subscribing without an account, confirming from the letter, leaving by its link."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from portal.core import versions
from portal.core.limits import hit, network
from portal.core.models import ConsentText
from portal.core.models.privacy import ConsentPurpose
from portal.subscriptions.domain import joining, links
from portal.subscriptions.enums import Target
from portal.subscriptions.forms import SubscribeForm, target_of
from portal.subscriptions.models import Subscription
from portal.vocabularies.models import Tag

ASKS_PER_HOUR = 10
_HOUR = 3600
_SECTIONS = {Target.NEWS: "/news/", Target.EVENTS: "/events/"}


def _consent_url() -> str:
    text = ConsentText.objects.current().filter(purpose=ConsentPurpose.SUBSCRIPTION).first()
    return text.get_absolute_url() if text else ""


def _shared() -> dict[str, object]:
    key = f"subscription-consent:{timezone.localdate()}"
    return {"consent_url": versions.cached(key, _consent_url)}


@method_decorator(never_cache, name="dispatch")
class SubscribeView(View):
    """The form of one section or topic; without one, the choice of sections."""

    def get(self, request: HttpRequest) -> HttpResponse:
        meant = target_of(request.GET)
        if meant is None:
            return render(request, "subscriptions/choose.html")
        return self._show(request, SubscribeForm(initial={"ticket": SubscribeForm.new_ticket()}), *meant)

    def post(self, request: HttpRequest) -> HttpResponse:
        meant = target_of(request.GET)
        if meant is None:
            return redirect("subscribe")
        form = SubscribeForm(request.POST)
        if not form.is_valid():
            form.renew()
            return self._show(request, form, *meant)
        address = request.client_address  # type: ignore[attr-defined]
        if not hit("subscribe", network(address), limit=ASKS_PER_HOUR, per_seconds=_HOUR):
            form.refuse("С вашего адреса уже оформили несколько подписок. Отправьте эту через час.")
            response = self._show(request, form, *meant, status=429)
            response.headers["Retry-After"] = str(_HOUR)
            return response
        joining.ask(form.cleaned_data["email"], *meant)
        return redirect("subscribe_sent")

    def _show(
        self, request: HttpRequest, form: SubscribeForm, target: Target, tag: Tag | None, *, status: int = 200
    ) -> HttpResponse:
        what = Subscription(target=target, tag=tag).what
        back = tag.get_absolute_url() if tag else _SECTIONS[target]
        context = {"form": form, "what": what, "back": back, **_shared()}
        return render(request, "subscriptions/subscribe.html", context, status=status)


@never_cache
def sent(request: HttpRequest) -> HttpResponse:
    """Tell that a letter is on its way; the same whether the mailbox was known or not."""
    return render(request, "subscriptions/sent.html")


@method_decorator(never_cache, name="dispatch")
class ConfirmView(View):
    """Asks on GET, for mail programs open links by themselves; begins the subscription on POST."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        found = links.to_confirm(token)
        if found is None:
            return render(request, "subscriptions/too_late.html", status=404)
        context = {"subscription": found, "done": found in joining.own(found.email), **_shared()}
        return render(request, "subscriptions/confirm.html", context)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        found = links.to_confirm(token)
        if found is None:
            return render(request, "subscriptions/too_late.html", status=404)
        joining.confirm(found, address=request.client_address)  # type: ignore[attr-defined]
        return render(request, "subscriptions/confirm.html", {"subscription": found, "done": True})


@method_decorator([never_cache, csrf_exempt], name="dispatch")
class LeaveView(View):
    """The mailbox's subscriptions, each with its button; a POST that names none ends all (RFC 8058)."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._show(request, self._email(token))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        email = self._email(token)
        own = joining.own(email)
        named = request.POST.get("end", "")
        joining.end(row for row in own if not named or str(row.pk) == named)
        return self._show(request, email, done=True)

    def _email(self, token: str) -> str:
        email = links.leaving_email(token)
        if email is None:
            raise Http404("Ссылка из письма не подходит")
        return email

    def _show(self, request: HttpRequest, email: str, *, done: bool = False) -> HttpResponse:
        context = {"email": email, "subscriptions": joining.own(email), "done": done, "url": reverse("subscribe")}
        return render(request, "subscriptions/leave.html", context)
