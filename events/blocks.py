"""Rows of an event: its programme and what is given out."""

from __future__ import annotations

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock


class ProgrammeBlock(blocks.StructBlock):
    """A line of the programme; the speaker is named by post."""

    time = blocks.CharBlock(label="когда", max_length=20, help_text="10:00 или «день 1».")
    title = blocks.CharBlock(label="что", max_length=250)
    speaker = blocks.CharBlock(
        label="кто ведёт", max_length=160, required=False, help_text="Должность; имя — только с согласия человека."
    )

    class Meta:
        label = "пункт программы"
        icon = "list-ol"


class MaterialBlock(blocks.StructBlock):
    """What participants take away; the file may come after the event."""

    title = blocks.CharBlock(label="название", max_length=160)
    document = DocumentChooserBlock(
        label="файл", required=False, help_text="Пока файла нет, страница обещает его после события."
    )

    class Meta:
        label = "материал"
        icon = "doc-full"
