"""Fields of GET forms of lists: they drop what they do not understand and never refuse."""

from __future__ import annotations

from collections.abc import Collection

from django import forms

from portal.core.text import single_line
from search.text import match_key

MAX_QUERY = 200
LAST_PAGE = 100_000


class WordsField(forms.Field):
    """Words to look for, cut to a length; signs alone are nothing."""

    def clean(self, value: str | None) -> str:
        text = single_line((value or "")[: 2 * MAX_QUERY])[:MAX_QUERY].strip()
        return text if match_key(text) else ""


class KnownField(forms.Field):
    """Repeated parameters: the known values once each; unknown ones are dropped."""

    widget = forms.MultipleHiddenInput

    def __init__(self, known: Collection[str]) -> None:
        super().__init__(required=False)
        self.known = set(known)

    def clean(self, value: list[str] | None) -> tuple[str, ...]:
        return tuple(item for item in dict.fromkeys(value or ()) if item in self.known)


class PageField(forms.Field):
    """A positive whole number no greater than `most`, `default` for anything that is none."""

    def __init__(self, default: int = 1, most: int = LAST_PAGE) -> None:
        super().__init__(required=False)
        self.default, self.most = default, most

    def clean(self, value: str | None) -> int:
        text = value or ""
        if not (text.isascii() and text.isdecimal()):
            return self.default
        return min(max(int(text[:12]), 1), self.most)  # more digits than that mean «the last» all the same
