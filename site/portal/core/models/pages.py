"""What every page of the portal has."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from portal.core import publicity
from portal.core.page_forms import PortalPageForm
from portal.core.pagecache import mark_public


class Demonstrable(models.Model):
    """A record that the demonstration loader may have made; `remove_demo` removes what is marked."""

    is_demo = models.BooleanField("демонстрационное", default=False, editable=False, db_index=True)

    class Meta:
        abstract = True


class BasePage(Demonstrable, Page):
    """Abstract page of the portal: a summary for cards and search engines, a picture for social networks."""

    summary = models.TextField(
        "кратко",
        blank=True,
        max_length=350,
        help_text="Одно-два предложения: их видят в карточке, в поиске и в социальных сетях.",
    )
    social_image = models.ForeignKey(
        "files.PortalImage",
        verbose_name="картинка для социальных сетей",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Если не выбрана, берётся обложка.",
    )

    show_in_menus_default = False
    base_form_class = PortalPageForm
    content_panels = [*Page.content_panels, FieldPanel("summary")]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description"), FieldPanel("social_image")],
            heading="Для поисковых систем и социальных сетей",
        ),
        MultiFieldPanel([FieldPanel("show_in_menus")], heading="Меню портала"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary", boost=2),
    ]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["meta_description"] = self.search_description or self.summary
        context["meta_image"] = self.social_image or getattr(self, "cover", None)
        return context

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Return the restrictions of the page; a public one has none on its path, so nothing is asked.

        An alias has those of its source, which may stand elsewhere.
        """
        if self.alias_of_id is None and publicity.is_public(self):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the page; one that everybody may read is marked for the page cache."""
        if publicity.has_hidden_ancestor(self) or not publicity.is_current(self):
            raise Http404
        response = super().serve(request, *args, **kwargs)
        return mark_public(response) if publicity.is_public(self) else response
