"""Feedback, the map of the site, addresses for robots."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sitemaps import Sitemap
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from portal.core import versions
from portal.core.limits import hit, network
from portal.core.models import ConsentText
from portal.core.models.privacy import ConsentPurpose
from portal.core.publicity import public
from portal.core.sites import address_path, default_site
from portal.home.domain import is_same, receive_feedback, sent_with
from portal.home.forms import FeedbackForm, own_page
from portal.home.models import ContentPage

FEEDBACK_PER_HOUR = 5
_HOUR = 3600


def _consent_url() -> str:
    text = ConsentText.objects.current().filter(purpose=ConsentPurpose.FEEDBACK).first()
    return text.get_absolute_url() if text else ""


@method_decorator(never_cache, name="dispatch")
class FeedbackView(View):
    """The form to write to the office, and its receipt."""

    def get(self, request: HttpRequest) -> HttpResponse:
        page = own_page(request.GET.get("from", ""))
        return self._show(request, FeedbackForm(initial={"ticket": FeedbackForm.new_ticket(), "page_url": page}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FeedbackForm(request.POST)
        if not form.is_valid():
            form.renew()
            return self._show(request, form)
        earlier = sent_with(form.send_token)
        if earlier and is_same(earlier, form.cleaned_data):
            return redirect("feedback_sent")
        if earlier:
            form.refuse("Прошлое сообщение из этой формы мы уже получили. Если это новое, отправьте его ещё раз.")
            return self._show(request, form)
        address = request.client_address  # type: ignore[attr-defined]
        if not hit("feedback", network(address), limit=FEEDBACK_PER_HOUR, per_seconds=_HOUR):
            form.add_error(
                None, "С вашего адреса уже пришло несколько сообщений. Отправьте это через час: текст остаётся в форме."
            )
            response = self._show(request, form, status=429)
            response.headers["Retry-After"] = str(_HOUR)
            return response
        receive_feedback(form.cleaned_data, send_token=form.send_token, address=address)
        return redirect("feedback_sent")

    def _show(self, request: HttpRequest, form: FeedbackForm, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "consent_url": versions.cached(f"feedback-consent:{timezone.localdate()}", _consent_url),
        }
        return render(request, "home/feedback.html", context, status=status)


def feedback_sent(request: HttpRequest) -> HttpResponse:
    """Tell that the message has come."""
    return render(request, "home/feedback_sent.html")


def site_map(request: HttpRequest) -> HttpResponse:
    """The map of the site for people: the sections, and free pages below the pages they belong to."""
    site = default_site()
    sections: list[dict[str, Any]] = []
    if site:
        path_of = address_path()
        top = site.root_page.depth + 1
        free = ContentType.objects.get_for_model(ContentPage)
        pages = public(site.root_page.get_descendants()).filter(Q(depth=top) | Q(content_type=free)).order_by("path")
        for title, url_path, depth in pages.values_list("title", "url_path", "depth"):
            link = {"title": title, "url": path_of(url_path), "children": []}
            if depth == top:
                sections.append(link)
            else:
                sections[-1]["children"].append(link)
    return render(request, "home/site_map.html", {"sections": sections})


def sitemap_index(request: HttpRequest, sitemaps: dict[str, type[Sitemap]]) -> HttpResponse:
    """The index of the map for search engines; under the portal's own address, whatever name the request came by."""
    parts = []
    for section, kind in sitemaps.items():
        part = kind()
        url = settings.SITE_URL + reverse("sitemap_part", args=[section])
        lastmod = part.get_latest_lastmod()
        for number in part.paginator.page_range:
            parts.append({"location": url if number == 1 else f"{url}?p={number}", "last_mod": lastmod})
    return render(request, "sitemap_index.xml", {"sitemaps": parts}, content_type="application/xml")


def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what not to walk and where the map for them is."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        "Disallow: /api/",
        "Disallow: /cabinet/",
        "Disallow: /search/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
