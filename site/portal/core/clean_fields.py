"""Form fields whose text is cleaned before it is checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from portal.core.text import single_line


class CleanCharField(forms.CharField):
    """Text that is cleaned before it is measured.

    A browser counts the end of a line as one character and sends two; invisible characters are no text.
    """

    def __init__(self, *, clean_text: Callable[[str], str] = single_line, **options: Any) -> None:
        super().__init__(**options)
        self.clean_text = clean_text

    def to_python(self, value: Any) -> str:
        return super().to_python(self.clean_text(str(value)) if value else value) or ""
