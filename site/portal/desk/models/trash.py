"""The trash of pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from wagtail.models import Page


class TrashPage(Page):
    """The branch of the tree below which deleted pages wait: it stands outside every site and is never public."""

    parent_page_types: list[str] = []
    subpage_types: list[str] = []
    max_count = 1
    is_creatable = False
    search_fields: list[Any] = []

    class Meta:
        verbose_name = "корзина"
        verbose_name_plural = "корзины"


class TrashedPage(models.Model):
    """A deleted page with everything below it: where it stood and what of it was published."""

    page = models.OneToOneField(Page, verbose_name="страница", on_delete=models.CASCADE, related_name="trashed")
    parent = models.ForeignKey(
        Page, verbose_name="стояла в разделе", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    slug = models.SlugField("прежний адрес", max_length=255)
    # Rows of {page, live_revision, changed} for each page that visitors saw, of {revision, at} for each appointed
    # publication: what unpublishing forgets.
    published = models.JSONField("что было опубликовано", default=list)
    appointed = models.JSONField("что было назначено", default=list)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кто удалил", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    deleted_at = models.DateTimeField("когда удалена", auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "страница в корзине"
        verbose_name_plural = "страницы в корзине"
        ordering = ["-deleted_at", "-pk"]

    def __str__(self) -> str:
        return self.page.title
