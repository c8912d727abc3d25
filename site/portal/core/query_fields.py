"""Fields of GET forms of lists: they drop what they do not understand and never refuse."""

from __future__ import annotations

from collections.abc import Collection

from django import forms

LAST_PAGE = 100_000


class KnownField(forms.Field):
    """Repeated parameters: the known values once each; unknown ones are dropped."""

    widget = forms.MultipleHiddenInput

    def __init__(self, known: Collection[str]) -> None:
        super().__init__(required=False)
        self.known = set(known)

    def clean(self, value: list[str] | None) -> tuple[str, ...]:
        return tuple(item for item in dict.fromkeys(value or ()) if item in self.known)


class PageField(forms.Field):
    """The number of a page, 1 for anything that is none."""

    def clean(self, value: str | None) -> int:
        text = value or ""
        if not (text.isascii() and text.isdecimal()) or len(text) > 12:
            return 1
        return min(max(int(text), 1), LAST_PAGE)
