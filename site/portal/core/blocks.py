"""Blocks that editors mix on pages: text, table, pictures, video, folded parts, files, quotation."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from portal.core.block_adapters import BodyBlockAdapter, TableBlockAdapter

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
VIDEO_HOSTS = {
    "rutube.ru": "RuTube",
    "vk.com": "VK Видео",
    "vkvideo.ru": "VK Видео",
    "vk.ru": "VK Видео",
    "disk.yandex.ru": "Яндекс Диске",
    "dzen.ru": "Дзене",
    "ok.ru": "ОК",
}


def video_host(url: str) -> str:
    """Return the name of the Russian host of a film, in the case of «Смотреть на …», or an empty string."""
    try:
        name = (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:  # brackets that are no address
        return ""
    return VIDEO_HOSTS.get(name, "")


class PictureBlock(blocks.StructBlock):
    """A picture with words for those who do not see it."""

    image = ImageChooserBlock(label="изображение")
    alt = blocks.CharBlock(label="что изображено", max_length=160, required=False, help_text="Для незрячего читателя.")
    decorative = blocks.BooleanBlock(label="только украшение", required=False)
    caption = blocks.CharBlock(label="подпись", max_length=250, required=False)

    class Meta:
        label = "изображение"
        icon = "image"
        template = "components/blocks/picture.html"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        if not value["alt"] and not value["decorative"]:
            message = "Опишите изображение словами или отметьте «только украшение»."
            raise StructBlockValidationError({"alt": ValidationError(message)})
        return value


class GalleryBlock(blocks.StructBlock):
    """Several pictures side by side."""

    title = blocks.CharBlock(label="заголовок", max_length=160, required=False)
    pictures = blocks.ListBlock(PictureBlock(), label="изображения")

    class Meta:
        label = "галерея"
        icon = "image"
        template = "components/blocks/gallery.html"


class VideoValue(blocks.StructValue):
    """A film with the name of its host."""

    @property
    def host(self) -> str:
        return video_host(self["url"])


class VideoBlock(blocks.StructBlock):
    """A film: a poster with a link to its host, and a file or a text for those who cannot open it."""

    title = blocks.CharBlock(label="название", max_length=160)
    url = blocks.URLBlock(label="ссылка на видео", help_text="Российская площадка: RuTube, VK Видео, Яндекс Диск.")
    duration = blocks.CharBlock(label="длительность", max_length=40, required=False, help_text="Например: 6 минут.")
    poster = ImageChooserBlock(label="кадр", required=False)
    file = DocumentChooserBlock(label="файл", required=False)
    transcript = blocks.RichTextBlock(
        label="текст вместо видео", required=False, features=["bold", "italic", "ol", "ul"]
    )

    class Meta:
        label = "видео"
        icon = "media"
        template = "components/blocks/video.html"
        value_class = VideoValue

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        if not video_host(value["url"]):
            message = f"Нужна ссылка на российскую площадку: {', '.join(VIDEO_HOSTS)}."
            raise StructBlockValidationError({"url": ValidationError(message)})
        return value


class FoldedBlock(blocks.StructBlock):
    """One part of an accordion."""

    title = blocks.CharBlock(label="заголовок", max_length=160)
    text = blocks.RichTextBlock(label="текст", features=TEXT_FEATURES)


class AccordionBlock(blocks.StructBlock):
    """Parts that open on demand."""

    title = blocks.CharBlock(label="общий заголовок", max_length=160, required=False)
    parts = blocks.ListBlock(FoldedBlock(label="часть"), label="части")

    class Meta:
        label = "раскрывающиеся части"
        icon = "collapse-down"
        template = "components/blocks/accordion.html"


class FileRowBlock(blocks.StructBlock):
    """A file to download."""

    title = blocks.CharBlock(label="название", max_length=160)
    document = DocumentChooserBlock(label="файл")


class FilesBlock(blocks.StructBlock):
    """Files to download."""

    title = blocks.CharBlock(label="заголовок", max_length=160, required=False)
    files = blocks.ListBlock(FileRowBlock(label="файл"), label="файлы")

    class Meta:
        label = "файлы"
        icon = "doc-full"
        template = "components/blocks/files.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words; the author is a post unless the person agreed to be named."""

    text = blocks.TextBlock(label="слова")
    author = blocks.CharBlock(label="чьи слова", max_length=160, required=False)

    class Meta:
        label = "цитата"
        icon = "openquote"
        template = "components/blocks/quote.html"


class NumberBlock(blocks.FloatBlock):
    """A number of a table, shown as Russians write it: 34 and 3,5; an empty cell stays empty."""

    def render_basic(self, value: float | None, context: dict[str, Any] | None = None) -> str:
        return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")


class TableBlock(TypedTableBlock):
    """A table with a head; on a phone each row becomes a card that repeats the headings."""

    class Meta:
        label = "таблица"
        template = "components/blocks/table.html"

    def get_context(self, value: TypedTable, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        headings = [column["heading"] for column in value.columns]
        context["rows"] = [
            [{"label": label, "cell": cell} for label, cell in zip(headings, row, strict=False)] for row in value.rows
        ]
        return context


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    text = blocks.RichTextBlock(
        label="текст", icon="pilcrow", features=TEXT_FEATURES, template="components/blocks/text.html"
    )
    picture = PictureBlock()
    gallery = GalleryBlock()
    table = TableBlock(
        [
            ("text", blocks.CharBlock(label="текст", required=False)),
            ("number", NumberBlock(label="число", required=False)),
        ]
    )
    video = VideoBlock()
    accordion = AccordionBlock()
    files = FilesBlock()
    quote = QuoteBlock()


register(TableBlockAdapter(), TableBlock)
register(BodyBlockAdapter(), BodyBlock)
