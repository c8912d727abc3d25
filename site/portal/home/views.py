"""Feedback, the map of the site, addresses for robots."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from wagtail.models import Site

from portal.core.limits import hit
from portal.core.models import ConsentText
from portal.core.models.privacy import ConsentPurpose
from portal.core.publicity import public
from portal.home.domain import receive_feedback
from portal.home.forms import FeedbackForm, new_ticket

FEEDBACK_PER_HOUR = 5


@method_decorator(never_cache, name="dispatch")
class FeedbackView(View):
    """The form to write to the office, and its receipt."""

    def get(self, request: HttpRequest) -> HttpResponse:
        page = request.GET.get("from", "")[:500]
        return self._show(request, FeedbackForm(initial={"ticket": new_ticket(), "page_url": page}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FeedbackForm(request.POST)
        if form.is_trapped:
            return redirect("feedback_sent")
        if not form.is_valid():
            return self._show(request, self._with_new_ticket(form))
        address = request.client_address  # type: ignore[attr-defined]
        if not hit("feedback", address, limit=FEEDBACK_PER_HOUR, per_seconds=3600):
            form.add_error(
                None, "С вашего адреса уже пришло несколько сообщений. Отправьте это через час: текст остаётся в форме."
            )
            return self._show(request, form, status=429)
        receive_feedback(form.cleaned_data, send_token=form.send_token, address=address)
        return redirect("feedback_sent")

    def _with_new_ticket(self, form: FeedbackForm) -> FeedbackForm:
        if "ticket" in form.errors:
            form.data = {**{name: form.data.get(name) for name in form.data}, "ticket": new_ticket()}
        return form

    def _show(self, request: HttpRequest, form: FeedbackForm, status: int = 200) -> HttpResponse:
        text = ConsentText.objects.filter(purpose=ConsentPurpose.FEEDBACK).order_by("-version").first()
        context = {"form": form, "consent_url": text.get_absolute_url() if text else ""}
        return render(request, "home/feedback.html", context, status=status)


def feedback_sent(request: HttpRequest) -> HttpResponse:
    """Tell that the message has come."""
    return render(request, "home/feedback_sent.html")


def site_map(request: HttpRequest) -> HttpResponse:
    """The map of the site for people: sections and free pages, two levels deep."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    sections = []
    if site:
        pages = list(
            public(site.root_page.get_descendants()).filter(depth__lte=site.root_page.depth + 2).order_by("path")
        )
        for page in pages:
            if page.depth == site.root_page.depth + 1:
                sections.append({"page": page, "children": []})
            elif sections and page.path.startswith(sections[-1]["page"].path) and page.show_in_menus:
                sections[-1]["children"].append(page)
    return render(request, "home/site_map.html", {"sections": sections})


def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what not to walk and where the map for them is."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        "Disallow: /api/",
        "Disallow: /search/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
