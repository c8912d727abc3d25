"""What a visitor may ask of the catalogue. A GET form: it drops what it does not understand and never refuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from portal.core.text import single_line
from practices.domain.catalogue import FACETS, RECOGNISED, Catalogue
from search.engines.query import MAX_QUERY, words_of

RELEVANCE = "relevance"
NEW = "new"
SORTS = {RELEVANCE: "по соответствию", NEW: "сначала новые", RECOGNISED: "сначала признанные"}
WHOLE = {
    "deficit": "Все затруднения",
    "need": "Все потребности",
}  # facets that are shown in part unless asked for whole
LAST_PAGE = 1_000_000


class _KnownValues(forms.Field):
    """Repeated parameters: the known values once each, in the order of asking; unknown ones are dropped."""

    widget = forms.MultipleHiddenInput

    def __init__(self, known: Mapping[str, Any]) -> None:
        super().__init__(required=False)
        self.known = known

    def clean(self, value: Sequence[str] | None) -> list[str]:
        return [item for item in dict.fromkeys(value or ()) if item in self.known]


class _Whole(forms.Field):
    """The facet to show whole; the last of repeated values counts, also one that means none."""

    def clean(self, value: str | None) -> str:
        return value if value in WHOLE else ""


class _Number(forms.Field):
    """A positive whole number no greater than `most`; anything else is `default`."""

    def __init__(self, default: int, most: int) -> None:
        super().__init__(required=False)
        self.default, self.most = default, most

    def clean(self, value: str | None) -> int:
        text = value or ""
        if not (text.isascii() and text.isdecimal()):
            return self.default
        return min(max(int(text[:12]), 1), self.most)  # more digits than that mean «the last» all the same


class _Query(forms.Field):
    """Words to look for: cut to the length that the portal answers, without controls; no words at all is nothing."""

    def clean(self, value: str | None) -> str:
        text = single_line((value or "")[: 2 * MAX_QUERY])[:MAX_QUERY].strip()
        return text if words_of(text) else ""


class CatalogueForm(forms.Form):
    """The filters of the bank. `cleaned_data` after `full_clean()` holds every name; there are no errors."""

    def __init__(self, data: QueryDict, *, catalogue: Catalogue) -> None:
        super().__init__(data)
        self.fields["q"] = _Query(required=False)
        for facet in FACETS:
            self.fields[facet] = _KnownValues(catalogue.options[facet])
        self.fields["sort"] = _KnownValues(SORTS)
        self.fields["all"] = _Whole(required=False)
        self.fields["page"] = _Number(1, LAST_PAGE)
        self.fields["page_size"] = _Number(20, 100)
        self.fields["sort"].widget = forms.MultipleHiddenInput()
        self.full_clean()

    @property
    def query(self) -> str:
        """What was asked in words."""
        return self.cleaned_data["q"]

    @property
    def choices(self) -> dict[str, list[str]]:
        """The chosen values of every facet that has any."""
        return {facet: self.cleaned_data[facet] for facet in FACETS if self.cleaned_data[facet]}

    @property
    def whole(self) -> str:
        """The long facet of which every value is to be shown: one at a time, the last asked for; blank for none."""
        return self.cleaned_data["all"]

    @property
    def sort(self) -> str:
        """The order asked for; by relevance where there are words, else the new ones first."""
        asked = self.cleaned_data["sort"]
        chosen = asked[0] if asked else RELEVANCE
        return NEW if chosen == RELEVANCE and not self.query else chosen

    @property
    def params(self) -> list[tuple[str, str]]:
        """The understood parameters without the page, in one order: the address of the list."""
        pairs = [("q", self.query)] if self.query else []
        pairs += [(facet, value) for facet, values in self.choices.items() for value in values]
        if self.sort != (RELEVANCE if self.query else NEW):
            pairs.append(("sort", self.sort))
        return pairs
