"""Topics in the admin: merging, and names offered while an editor types."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from portal.core.listing import plural
from portal.core.matching import matching
from portal.core.usage import usage_of
from portal.vocabularies.domain.tags import merge_tags
from portal.vocabularies.forms import MergeForm
from portal.vocabularies.models import Tag
from search.text import match_key

OFFERED = 10


class MergeView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, FormView):
    """Merges one topic into another: choice, then a confirmation that names the number of pages."""

    model = Tag
    form_class = MergeForm
    template_name = "vocabularies/admin/merge.html"
    page_title = "Объединить темы"
    header_icon = "tag"
    permission_required = "delete"
    index_url_name = ""
    edit_url_name = ""

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": "Темы"},
            {"url": reverse(self.edit_url_name, args=[self.object.pk]), "label": str(self.object)},
            {"url": "", "label": self.page_title},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "source": self.object}

    def form_valid(self, form: MergeForm) -> HttpResponse:
        into: Tag = form.cleaned_data["into"]
        if not form.cleaned_data["confirmed"]:
            return self.render_to_response(self.get_context_data(form=form, into=into))
        moved = merge_tags(self.object, into, actor=self.request.user)
        pages = f"{moved} {plural(moved, 'страница', 'страницы', 'страниц')}"
        messages.success(self.request, f"Тема «{self.object}» объединена с темой «{into}»: перешло {pages}.")
        return redirect(reverse(self.edit_url_name, args=[into.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        used = usage_of(self.object)
        context["used"] = used
        context["pages"] = f"{used.pages} {plural(used.pages, 'странице', 'страницах', 'страницах')}"
        context["media"] = context["form"].media
        return context


@require_admin_access
def offer_topics(request: HttpRequest) -> JsonResponse:
    """Offer names of topics for what is typed into a tag field: any case, ё or е, synonyms too.

    Names that begin with the typed text stand first.
    """
    typed = request.GET.get("term", "")[:100]
    key = match_key(typed)
    if not key:
        return JsonResponse([], safe=False)
    begins = Case(When(name_match__startswith=key, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = (
        Tag.objects.filter(matching(typed, "name_match", "aliases__name_match"))
        .order_by(begins, "name_sort")
        .values_list("name", flat=True)
    )
    return JsonResponse(list(dict.fromkeys(found[: OFFERED * 3]))[:OFFERED], safe=False)
