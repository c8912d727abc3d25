"""Panels of the core's screens in the admin."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel

from portal.core import letter_kinds, letters
from portal.core.models import LetterTemplate


class LetterPreviewPanel(Panel):
    """Placeholders of the letter with their meaning, and the letter as it was last saved with sample values."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "core/admin/letter_preview.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            template: LetterTemplate = self.instance
            kind = letter_kinds.find(template.kind)
            if kind is not None:
                subject, body = letters.compose(template.kind, kind.samples)
                context.update(
                    placeholders=[
                        {"name": f"{{{name}}}", "meaning": meaning, "required": name in kind.required}
                        for name, meaning in {**kind.placeholders, **letter_kinds.COMMON}.items()
                    ],
                    preview_subject=subject,
                    preview_body=body,
                )
            return context
