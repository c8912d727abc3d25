"""The shape of the portal's JSON: every field is named here, nothing is taken from a model as it is."""

from __future__ import annotations

import datetime as dt

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


class EventOut(Schema):
    """A public event; moments carry the portal's offset from UTC."""

    id: int
    title: str
    url: str
    calendar_url: str = Field(description="Файл календаря, .ics")
    summary: str
    kind: str
    format: str = Field(description="ochno, onlayn, smeshannyy")
    starts_at: dt.datetime
    ends_at: dt.datetime
    state: str = Field(description="Намечено, перенесено или отменено: код")
    state_reason: str
    place: str
    address: str
    municipality: str | None = Field(description="null: событие всей области")
    organisers: list[str]
    cycle: str | None
    number_in_cycle: int | None
    hours: int | None = Field(description="Академических часов")
    tags: list[str]


class EventList(Schema):
    """A page of events."""

    count: int
    results: list[EventOut]


class StageOut(Schema):
    """A stage of a contest."""

    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    is_intake: bool = Field(description="В этот срок принимают заявки")


class ContestOut(Schema):
    """One year of a contest."""

    id: int
    title: str
    url: str
    calendar_url: str
    summary: str
    series: str
    level: str
    year: int
    state: str = Field(description="open, running, announced, finished, cancelled")
    state_label: str = Field(description="То же словами, с датой")
    until: dt.datetime | None = Field(description="До какого мига считаются дни")
    stages: list[StageOut]
    nominations: list[str]
    results_on: dt.date | None = Field(description="День итогов, когда они показаны")


class ContestList(Schema):
    """A page of contests."""

    count: int
    results: list[ContestOut]


class NewsOut(Schema):
    """A public news item."""

    id: int
    title: str
    url: str
    date: dt.date
    category: str | None
    summary: str
    tags: list[str]


class NewsList(Schema):
    """A page of news."""

    count: int
    results: list[NewsOut]


class DocumentFileOut(Schema):
    """A file of a document; it is taken from the document's page."""

    title: str
    type: str
    size: int | None = Field(description="Байт")


class DocumentOut(Schema):
    """A public official document."""

    id: int
    title: str
    url: str
    kind: str
    number: str
    date: dt.date
    issuer: str
    in_force: bool = Field(description="Действует сегодня")
    void_since: dt.date | None
    summary: str
    tags: list[str]
    files: list[DocumentFileOut]


class DocumentList(Schema):
    """A page of documents."""

    count: int
    results: list[DocumentOut]


class PlanShort(Schema):
    """A plan in the list."""

    slug: str
    title: str
    document_title: str
    url: str
    starts_on: dt.date
    ends_on: dt.date
    is_archived: bool
    done: int = Field(description="Пунктов выполнено")
    total: int = Field(description="Пунктов, кроме снятых")
    percent: int | None


class PlanList(Schema):
    """All plans."""

    count: int
    results: list[PlanShort]


class ProofOut(Schema):
    """What proves an item."""

    on: dt.date
    title: str
    url: str | None
    amount: int
    is_counted: bool = Field(description="Засчитано в факт")


class ItemOut(Schema):
    """An item of a plan: the cells of the document beside dates, quantities and status."""

    position: int
    number: str
    period: str
    title: str
    result: str
    responsible: str = Field(description="Имена без основания для публикации заменены должностью или стороной")
    parties: list[str]
    starts_on: dt.date
    ends_on: dt.date
    recurrence: str
    planned: int | None
    unit: str
    confirmed: int
    confirmed_in_period: int | None
    percent: int | None
    status: str
    note: str
    url: str
    evidence: list[ProofOut]


class PlanSectionOut(Schema):
    """A section of a plan."""

    heading: str
    slug: str
    percent: int | None
    items: list[ItemOut]


class Plan(Schema):
    """A plan whole."""

    title: str
    document_title: str
    url: str
    starts_on: dt.date
    ends_on: dt.date
    day: dt.date = Field(description="На какой день посчитано")
    done: int
    total: int
    percent: int | None
    sections: list[PlanSectionOut]


class FoundOut(Schema):
    """A page that the search found."""

    title: str
    url: str
    type: str
    type_label: str
    date: dt.date | None
    highlight: str = Field(description="Место, где нашлись слова, в разметке <mark>")


class TypeCount(Schema):
    """How many pages of a type were found."""

    value: str
    label: str
    count: int


class FoundList(Schema):
    """A page of what was found."""

    count: int
    results: list[FoundOut]
    types: list[TypeCount]
