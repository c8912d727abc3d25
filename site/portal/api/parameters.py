"""Parameters of lists: described for OpenAPI, and read so that nothing asked makes an error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from portal.core.filter_fields import PageField

DEFAULT_SIZE, LARGEST_SIZE = 20, 100


def parameter(name: str, description: str, kind: str = "string", *, repeated: bool = False) -> dict[str, Any]:
    """Return the OpenAPI description of an optional query parameter."""
    schema: dict[str, Any] = {"type": kind}
    return {
        "in": "query",
        "name": name,
        "required": False,
        "description": description,
        "schema": {"type": "array", "items": schema} if repeated else schema,
    }


def repeated(titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the descriptions of filters that may be repeated."""
    return [parameter(name, f"{title}; можно повторять: внутри ИЛИ", repeated=True) for name, title in titles.items()]


PAGES = [
    parameter("page", "Страница, с 1; за концом списка отдаётся последняя", "integer"),
    parameter("page_size", f"Строк на странице, до {LARGEST_SIZE}; по умолчанию {DEFAULT_SIZE}", "integer"),
]


class PagesForm(forms.Form):
    """Which part of a list is asked for; there are no errors."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["page"] = PageField()
        self.fields["page_size"] = PageField(DEFAULT_SIZE, LARGEST_SIZE)
        self.full_clean()

    def part(self, total: int) -> tuple[int, int]:
        """Return from which number and up to which; past the end of `total` rows the last page."""
        size: int = self.cleaned_data["page_size"]
        last = max(1, -(-total // size))
        start = (min(self.cleaned_data["page"], last) - 1) * size
        return start, min(start + size, total)
