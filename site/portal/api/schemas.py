"""The shape of the portal's JSON: every field is named here, nothing is taken from a model as it is."""

from __future__ import annotations

from ninja import Schema
from pydantic import Field


class PracticeOut(Schema):
    """A public practice in a list."""

    id: int
    external_id: str | None
    title: str
    url: str = Field(description="Полный адрес страницы")
    summary: str
    tags: list[str]
    municipality: str | None
    organisation: str | None
    highlight: str | None = Field(description="Место, где нашлись слова запроса, в разметке <mark>; null без запроса")


class FacetValue(Schema):
    """A value of a facet and the number of practices there would be with it."""

    value: str
    label: str
    count: int


class PracticeList(Schema):
    """A page of the list with counts that follow the other choices."""

    count: int
    results: list[PracticeOut]
    facets: dict[str, list[FacetValue]]
    corrected_query: str | None


class SuggestionOut(Schema):
    """A line under the search box."""

    text: str
    url: str
    kind: str


class SuggestionList(Schema):
    """Suggestions, best first."""

    suggestions: list[SuggestionOut]


class Problem(Schema):
    """Why there is no answer."""

    detail: str
