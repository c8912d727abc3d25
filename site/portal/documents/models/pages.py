"""The section of documents and its pages."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from portal.core.blocks import BodyBlock
from portal.core.fields import MatchKeyField, StreamField
from portal.core.models import BasePage
from portal.core.publicity import public
from portal.core.sections import SectionPage
from portal.organisations.models import Organisation
from portal.roadmap.panels import evidence_panel
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Tag, Term


class TaggedDocument(ItemBase):
    """A topic of a document."""

    tag = models.ForeignKey(Tag, verbose_name="тема", on_delete=models.CASCADE, related_name="document_items")
    content_object = ParentalKey(
        "official_documents.DocumentPage", on_delete=models.CASCADE, related_name="tagged_items"
    )

    class Meta:
        verbose_name = "тема документа"
        verbose_name_plural = "темы документов"
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="document_topic_once")]


class DocumentIndexPage(SectionPage):
    """The section of official documents."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["official_documents.DocumentPage"]
    section_slug = "documents"
    routed_with = ("documentpage__kind", "documentpage__issuer")

    class Meta:
        verbose_name = "раздел «Документы»"
        verbose_name_plural = "раздел «Документы»"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.documents.views.listing import document_list  # noqa: PLC0415 (the list reads these models)

        return {**super().get_context(request, *args, **kwargs), **document_list(request)}


class DocumentQuerySet(PageQuerySet):
    def published(self) -> DocumentQuerySet:
        """Documents that any visitor may read, the newest first."""
        return public(self).order_by("-date", "-pk")

    def in_force(self, on: datetime.date | None = None) -> DocumentQuerySet:
        """Documents that are not void on the day `on`, today by default."""
        return self.filter(Q(void_since=None) | Q(void_since__gt=on or timezone.localdate()))


class DocumentPage(BasePage):
    """An official document: what it is, who issued it, whether it is in force, its files and what it replaces."""

    parent_page_types = ["official_documents.DocumentIndexPage"]
    subpage_types: list[str] = []

    kind = models.ForeignKey(
        Term,
        verbose_name="вид",
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.DOCUMENT_KIND},
    )
    number = models.CharField(
        "номер", max_length=60, blank=True, help_text="Как в документе: 12/34-о. Пустой — без номера."
    )
    date = models.DateField("дата", default=timezone.localdate, db_index=True)
    issuer = models.ForeignKey(
        Organisation,
        verbose_name="кто издал",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="issued_documents",
        help_text="Организация из реестра. Если её там нет, впишите название в следующее поле.",
    )
    issuer_name = models.CharField("кто издал, словами", max_length=250, blank=True)
    void_since = models.DateField(
        "не действует с", null=True, blank=True, help_text="Пустая дата — действует. Дата впереди — действует до неё."
    )
    void_reason = models.CharField("почему", max_length=250, blank=True, help_text="Например: отменён приказом № 12.")
    replaces = models.ForeignKey(
        "self",
        verbose_name="заменяет документ",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaced_by",
    )
    voids_replaced = models.BooleanField(
        "прежний перестаёт действовать",
        default=True,
        help_text="При публикации прежний документ получит отметку «не действует» с даты этого и ссылку сюда.",
    )
    tags = ClusterTaggableManager(through=TaggedDocument, verbose_name="темы", blank=True)
    body = StreamField(BodyBlock(), verbose_name="текст", blank=True, default=list)
    number_match = MatchKeyField(source="number", max_length=100)

    objects = PageManager.from_queryset(DocumentQuerySet)()  # type: ignore[misc]

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("number"), FieldPanel("date")]),
                FieldPanel("issuer"),
                FieldPanel("issuer_name"),
                FieldPanel("tags"),
            ],
            heading="Что за документ",
        ),
        InlinePanel(
            "files",
            heading="Файлы",
            label="Файл",
            help_text="Первый — сам документ, дальше приложения. Скан без текста читатели не найдут по словам.",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("void_since"), FieldPanel("void_reason")]),
                PageChooserPanel("replaces", "official_documents.DocumentPage"),
                FieldPanel("voids_replaced"),
            ],
            heading="Действует ли и что заменяет",
        ),
        FieldPanel("body"),
        evidence_panel(),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("number", boost=2),
        index.SearchField("issuer_title"),
        index.SearchField("body"),
        index.RelatedFields("tags", [index.SearchField("name", boost=2)]),
        index.AutocompleteField("title"),
        index.FilterField("date"),
    ]

    class Meta:
        verbose_name = "документ"
        verbose_name_plural = "документы"

    def clean(self) -> None:
        super().clean()
        errors = {}
        if not self.issuer_id and not self.issuer_name:
            errors["issuer"] = "Назовите, кто издал документ: выберите организацию или впишите название."
        if self.void_since and self.date and self.void_since < self.date:
            errors["void_since"] = "Документ не может перестать действовать раньше своей даты."
        if self.replaces is not None:
            errors |= self._faults_of_replacement(self.replaces)
        if errors:
            raise ValidationError(errors)

    def _faults_of_replacement(self, replaced: DocumentPage) -> dict[str, str]:
        if self.date and replaced.date > self.date:
            return {"replaces": f"«{replaced.title}» издан позже: новый документ не может быть старше прежнего."}
        seen: set[int] = set()
        earlier: DocumentPage | None = replaced
        while earlier is not None and earlier.pk not in seen:
            if earlier.pk == self.pk:
                return {"replaces": "Получается круг: этот документ уже заменён выбранным."}
            seen.add(earlier.pk)
            earlier = earlier.replaces
        return {}

    @property
    def issuer_title(self) -> str:
        """Who issued the document, as shown to people."""
        return self.issuer.short_name if self.issuer is not None else self.issuer_name

    @property
    def is_in_force(self) -> bool:
        """Whether the document is in force today."""
        return self.void_since is None or self.void_since > timezone.localdate()

    def evidence_on(self) -> datetime.date | None:
        return self.date

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.documents.views.page import document_context  # noqa: PLC0415 (the view reads these models)

        return {**super().get_context(request, *args, **kwargs), **document_context(self)}
