"""The section of the bank."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.url_routing import RouteResult

from portal.core.sections import SectionPage
from practices.models.page import PracticePage


class PracticeIndexPage(SectionPage):
    """The bank of best practices: the catalogue with its facets."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["practices.PracticePage", "practices.CollectionPage"]
    section_slug = "practices"

    intro = RichTextField("вступление", blank=True, features=["bold", "italic", "link"])

    content_panels = [*SectionPage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = "раздел «Банк практик»"
        verbose_name_plural = "раздел «Банк практик»"

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a practice in one query instead of two, with the records around it only when it is drawn anew."""
        if path_components:
            from practices.views.practice import read_practice  # noqa: PLC0415 (the reads use these models)

            practice = read_practice(PracticePage.objects.child_of(self), path_components[0])
            if practice is not None:
                return practice.route(request, path_components[1:])
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from practices.views.catalogue import catalogue_context  # noqa: PLC0415 (the list reads these models)

        return {**super().get_context(request, *args, **kwargs), **catalogue_context(request)}

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        from practices.views.catalogue import is_part  # noqa: PLC0415 (the list reads these models)

        whole = super().get_template(request, *args, **kwargs)
        return "practices/components/catalogue.html" if is_part(request) else whole

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the catalogue; to htmx with the list alone and with the short address of it."""
        response = super().serve(request, *args, **kwargs)
        if "HX-Request" in request.headers and response.status_code == 200:
            response.headers["HX-Push-Url"] = response.context_data["address"]  # type: ignore[attr-defined]
        return response
