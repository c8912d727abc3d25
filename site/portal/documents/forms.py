"""What a visitor may ask of the list. A GET form: it drops what it does not understand and never refuses."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.http import QueryDict

from portal.core.faceted import Filters
from portal.core.filter_fields import KnownField, PageField, WordsField
from portal.documents.enums import FACETS, NEW, SORTS


class DocumentListForm(forms.Form):
    """Filters of the list of documents; `labels` are the known values by facet. There are no errors."""

    def __init__(self, data: QueryDict, labels: Mapping[str, Mapping[str, str]]) -> None:
        super().__init__(data)
        self.fields["q"] = WordsField(required=False)
        for facet in FACETS:
            self.fields[facet] = KnownField(labels[facet])
        self.fields["sort"] = KnownField(SORTS)
        self.fields["page"] = PageField()
        self.full_clean()

    @property
    def filters(self) -> Filters:
        """The understood filters."""
        return Filters(self.cleaned_data["q"], {facet: self.cleaned_data[facet] for facet in FACETS})

    @property
    def sort(self) -> str:
        """The order asked for."""
        asked: tuple[str, ...] = self.cleaned_data["sort"]
        return asked[0] if asked else NEW

    @property
    def params(self) -> list[tuple[str, str]]:
        """The understood parameters without the page, in one order: the address of the list."""
        return self.filters.params + ([("sort", self.sort)] if self.sort != NEW else [])
