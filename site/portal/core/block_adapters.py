"""How the editor's scripts see our blocks: as Wagtail's, with tables that are pasted from Word and Excel."""

from __future__ import annotations

from django import forms
from wagtail.admin.staticfiles import versioned_static
from wagtail.blocks.stream_block import StreamBlockAdapter
from wagtail.contrib.typed_table_block.blocks import TypedTableBlockAdapter


def _scripts() -> forms.Media:
    """The one script extends both classes, so both have to be there before it.

    Asked for when a form is drawn: addresses of static files are known only after they are collected.
    """
    return forms.Media(
        js=[
            versioned_static("wagtailadmin/js/telepath/blocks.js"),
            versioned_static("typed_table_block/js/typed_table_block.js"),
            "admin/paste.js",
        ]
    )


class TableBlockAdapter(TypedTableBlockAdapter):
    """A table that takes pasted cells."""

    js_constructor = "portal.core.blocks.TableBlock"

    @property
    def media(self) -> forms.Media:
        """Scripts of the block, ours after Wagtail's."""
        return super().media + _scripts()


class BodyBlockAdapter(StreamBlockAdapter):
    """A body in whose texts a pasted table becomes a block below."""

    js_constructor = "portal.core.blocks.BodyBlock"

    @property
    def media(self) -> forms.Media:
        """Scripts of the block, ours after Wagtail's."""
        return super().media + _scripts()
