"""Rows of a contest's page: what to send, how it is judged, files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock


class RequirementBlock(blocks.StructBlock):
    """One paper or file that a participant sends."""

    title = blocks.CharBlock(label="что приложить", max_length=250)
    required = blocks.BooleanBlock(label="обязательно", required=False, default=True)
    limit = blocks.CharBlock(label="объём", max_length=80, required=False, help_text="Например: до 20 страниц.")

    class Meta:
        label = "документ участника"
        icon = "doc-empty"


class FileBlock(blocks.StructBlock):
    """A document of the contest: the regulation, the order, a form of an entry."""

    title = blocks.CharBlock(label="название", max_length=200)
    document = DocumentChooserBlock(label="файл", required=False)
    page = blocks.PageChooserBlock(
        label="страница раздела «Документы»",
        page_type="official_documents.DocumentPage",
        required=False,
        help_text="Если документ уже стоит в разделе «Документы», выберите его страницу вместо файла.",
    )

    class Meta:
        label = "документ"
        icon = "doc-full"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        if not value["document"] and not value["page"]:
            raise StructBlockValidationError({"document": ValidationError("Выберите файл или страницу документа.")})
        return value


class CriterionBlock(blocks.StructBlock):
    """One criterion with the most points it may bring."""

    title = blocks.CharBlock(label="критерий", max_length=250)
    max = blocks.IntegerBlock(label="баллов, не больше", min_value=1, max_value=1000)

    class Meta:
        label = "критерий"
        icon = "order"


class TrialBlock(blocks.StructBlock):
    """One test of a tour; a tour judged as a whole has one test without a name."""

    title = blocks.CharBlock(label="испытание", max_length=200, required=False)
    items = blocks.ListBlock(CriterionBlock(), label="критерии", min_num=1)

    class Meta:
        label = "испытание"
        icon = "tasks"


class TourBlock(blocks.StructBlock):
    """The criteria of one tour; totals are counted, never typed."""

    title = blocks.CharBlock(label="тур", max_length=200)
    note = blocks.TextBlock(label="пояснение", required=False, rows=2)
    tests = blocks.ListBlock(TrialBlock(), label="испытания", min_num=1)

    class Meta:
        label = "критерии тура"
        icon = "list-ol"


def points(items: Iterable[Any]) -> int:
    """Return the most points that criteria bring together."""
    return sum(item["max"] for item in items)
