"""Blocks that editors mix on pages: text, table, pictures, video, folded parts, files, quotation."""

from __future__ import annotations

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


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


class VideoBlock(blocks.StructBlock):
    """A film: a poster with a link to its host, and a file or a text for those who cannot open it."""

    title = blocks.CharBlock(label="название", max_length=160)
    url = blocks.URLBlock(label="ссылка на видео", help_text="Российская площадка: RuTube, VK Видео, Яндекс Диск.")
    poster = ImageChooserBlock(label="кадр", required=False)
    file = DocumentChooserBlock(label="файл", required=False)
    transcript = blocks.RichTextBlock(
        label="текст вместо видео", required=False, features=["bold", "italic", "ol", "ul"]
    )

    class Meta:
        label = "видео"
        icon = "media"
        template = "components/blocks/video.html"


class FoldedBlock(blocks.StructBlock):
    """A part that opens on demand."""

    title = blocks.CharBlock(label="заголовок", max_length=160)
    text = blocks.RichTextBlock(label="текст", features=TEXT_FEATURES)

    class Meta:
        label = "раскрывающаяся часть"
        icon = "collapse-down"
        template = "components/blocks/folded.html"


class FileRowBlock(blocks.StructBlock):
    """A file to download."""

    title = blocks.CharBlock(label="название", max_length=160)
    document = DocumentChooserBlock(label="файл")

    class Meta:
        label = "файл"
        icon = "doc-full"
        template = "components/blocks/file.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words; the author is a post unless the person agreed to be named."""

    text = blocks.TextBlock(label="слова")
    author = blocks.CharBlock(label="чьи слова", max_length=160, required=False)

    class Meta:
        label = "цитата"
        icon = "openquote"
        template = "components/blocks/quote.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    text = blocks.RichTextBlock(label="текст", features=TEXT_FEATURES, template="components/blocks/text.html")
    picture = PictureBlock()
    gallery = blocks.ListBlock(PictureBlock(), label="галерея", icon="image", template="components/blocks/gallery.html")
    table = TypedTableBlock(
        [("text", blocks.CharBlock(label="текст")), ("number", blocks.FloatBlock(label="число"))],
        label="таблица",
        template="components/blocks/table.html",
    )
    video = VideoBlock()
    folded = FoldedBlock()
    file = FileRowBlock()
    quote = QuoteBlock()
