"""Rows of a passport. Texts are plain paragraphs and «- » lists: applicants write them, the portal renders them."""

from __future__ import annotations

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term


class StepBlock(blocks.StructBlock):
    """One step of the solution: what children and adults do."""

    title = blocks.CharBlock(label="название шага", max_length=80)
    text = blocks.TextBlock(label="что делают дети и взрослые", rows=4)

    class Meta:
        label = "шаг"
        icon = "list-ol"


class IndicatorBlock(blocks.StructBlock):
    """A measured change: before and after, the unit, the way and the number of those measured."""

    name = blocks.CharBlock(label="что измеряли", max_length=160)
    unit = blocks.CharBlock(label="единица", max_length=40, required=False)
    before = blocks.FloatBlock(label="до", required=False)
    after = blocks.FloatBlock(label="после", required=False)
    method = blocks.CharBlock(label="чем и у скольких", max_length=200, required=False)

    class Meta:
        label = "показатель"
        icon = "order"


class RiskBlock(blocks.StructBlock):
    """What may go wrong and what to do about it."""

    risk = blocks.CharBlock(label="риск", max_length=250)
    mitigation = blocks.CharBlock(label="что делать", max_length=250)

    class Meta:
        label = "риск"
        icon = "warning"


class ReplicationBlock(blocks.StructBlock):
    """Who has repeated the practice already."""

    organisation = blocks.CharBlock(label="организация", max_length=200)
    note = blocks.CharBlock(label="ссылка или письмо-подтверждение", max_length=250, required=False)

    class Meta:
        label = "кто повторил"
        icon = "group"


def _document_kinds() -> list[tuple[str, str]]:
    return list(Term.objects.of(Vocabulary.DOCUMENT_KIND).values_list("slug", "title"))


class FileBlock(blocks.StructBlock):
    """A file to take away: a card index, a form, a plan, a presentation."""

    title = blocks.CharBlock(label="название для коллег", max_length=160)
    kind = blocks.ChoiceBlock(label="вид", choices=_document_kinds, required=False)
    document = DocumentChooserBlock(label="файл")

    class Meta:
        label = "файл"
        icon = "doc-full"


class PhotoBlock(blocks.StructBlock):
    """A photograph with words for those who do not see it."""

    image = ImageChooserBlock(label="снимок")
    alt = blocks.CharBlock(label="что на снимке", max_length=160, help_text="Для незрячего читателя. Без имён детей.")
    caption = blocks.CharBlock(label="подпись", max_length=200, required=False)

    class Meta:
        label = "снимок"
        icon = "image"
