"""The home page, free pages and messages of visitors."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index
from wagtail.url_routing import RouteResult

from portal.core.blocks import BodyBlock
from portal.core.fields import StreamField
from portal.core.models import BasePage, Consent
from portal.core.publicity import public
from portal.core.sections import section_below


class HomePage(BasePage):
    """The first page: what is on now."""

    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    hero_title = models.CharField("заголовок", max_length=120, blank=True)
    hero_text = models.CharField("строка под заголовком", max_length=250, blank=True)
    popular_queries = models.CharField(
        "часто ищут", max_length=250, blank=True, help_text="Через запятую: адаптация, игра, природа края."
    )

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("hero_title"), FieldPanel("hero_text"), FieldPanel("popular_queries")], heading="Первый экран"
        ),
    ]

    class Meta:
        verbose_name = "главная страница"
        verbose_name_plural = "главные страницы"

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a section in memory: every page below it would ask for it with two queries."""
        section = section_below(self, path_components[0]) if path_components else None
        if section is not None:
            return section.route(request, path_components[1:])
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.home.front import front  # noqa: PLC0415 (the front reads other apps' pages)

        return {**super().get_context(request, *args, **kwargs), **front(self)}


class ContentPage(BasePage):
    """A free page that editors put together from blocks: about the portal, rules, methodical pages."""

    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = ["home.ContentPage"]

    body = StreamField(BodyBlock(), verbose_name="текст", blank=True, default=list)
    show_in_footer = models.BooleanField("показывать в подвале", default=False)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    promote_panels = [*BasePage.promote_panels, FieldPanel("show_in_footer")]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.AutocompleteField("title")]

    class Meta:
        verbose_name = "страница"
        verbose_name_plural = "страницы"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["children"] = public(self.get_children()).in_menu()
        context["crumbs"] = [
            {"title": page.title, "url": page.get_url(request)} for page in self.get_ancestors().filter(depth__gt=2)
        ]
        return context


class FeedbackMessage(models.Model):
    """A message of a visitor to the portal's office."""

    name = models.CharField("имя", max_length=120, blank=True)
    email = models.EmailField("электронная почта")
    subject = models.CharField("тема", max_length=160)
    text = models.TextField("сообщение", max_length=5000)
    page_url = models.CharField("со страницы", max_length=500, blank=True)
    send_token = models.CharField(max_length=64, unique=True, editable=False)
    consent = models.ForeignKey(
        Consent, verbose_name="согласие", null=True, on_delete=models.SET_NULL, related_name="feedback_messages"
    )
    created_at = models.DateTimeField("получено", default=timezone.now)
    is_answered = models.BooleanField("отвечено", default=False)

    class Meta:
        verbose_name = "обращение"
        verbose_name_plural = "обращения"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.subject
