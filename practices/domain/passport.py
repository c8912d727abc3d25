"""A practice in plain words: the one reading of a page that its web page and its files share.

What may be shown is settled here: names of authors only under a standing consent.
"""

from __future__ import annotations

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from portal.core.context import portal_settings
from portal.files.models import PortalDocument
from portal.vocabularies.enums import Vocabulary
from practices.domain import words
from practices.enums import SECTION_URL
from practices.models import PracticeAuthor, PracticePage
from practices.passport_files.content import (
    AuthorLine,
    FileLine,
    Indicator,
    Passport,
    Replication,
    Risk,
    Step,
)

HIDDEN_NAME = "автор скрыл имя"

Documents = list[tuple[str, PortalDocument]]


def passport_of(page: PracticePage, attached: Documents | None = None) -> Passport:
    """Return everything public that `page` says, in words; for a draft, what it would say.

    `attached` is what `documents` has returned for the page, if it was asked already.
    """
    portal = portal_settings.get()
    return Passport(
        title=page.title,
        number=page.external_id or f"П-{page.pk}" if page.pk else "",
        summary=page.summary,
        url=f"{settings.SITE_URL}{SECTION_URL}{page.slug}/",
        level=words.LEVEL_LABELS[page.current_level],
        level_date=words.day(page.level_on) if page.level_on else "",
        organisation=page.organisation.name if page.organisation else "",
        municipality=page.municipality.name if page.municipality else "",
        authors=_authors(page),
        areas=_titles(page, Vocabulary.AREA),
        ages=_titles(page, Vocabulary.AGE),
        kinds=_titles(page, Vocabulary.KIND),
        group_kinds=_titles(page, Vocabulary.GROUP_KIND),
        quality_areas=_titles(page, Vocabulary.QUALITY_AREA),
        audiences=_titles(page, Vocabulary.AUDIENCE),
        special_needs=_titles(page, Vocabulary.NEED),
        deficits=_titles(page, Vocabulary.DEFICIT),
        tags=tuple(tag.name for tag in page.chosen_tags),
        period=words.period(page.period_start, page.period_end),
        maturity="; ".join(_titles(page, Vocabulary.MATURITY)),
        approbation="; ".join(_titles(page, Vocabulary.APPROBATION)),
        cost=page.get_cost_display() or "",
        launch_time=page.get_launch_time_display() or "",
        evidence=page.get_evidence_display() or "",
        problem=page.problem,
        goal=page.goal,
        tasks=tuple(words.rows_of(page.tasks)),
        audience_text=page.audience_text,
        steps=tuple(Step(title=row["title"], text=row["text"]) for row in words.rows_of(page.steps)),
        technologies=page.technologies,
        staff=page.res_staff,
        material=page.res_material,
        information=page.res_information,
        partners=page.partners,
        results_summary=page.results_summary,
        indicators=tuple(
            Indicator(
                name=row["name"],
                unit=row.get("unit") or "",
                before=row.get("before"),
                after=row.get("after"),
                method=row.get("method") or "",
            )
            for row in words.rows_of(page.indicators)
        ),
        negative=page.negative,
        risks=tuple(Risk(risk=row["risk"], mitigation=row["mitigation"]) for row in words.rows_of(page.risks)),
        replication=page.replication,
        replicated_by=tuple(
            Replication(organisation=row["organisation"], note=row.get("note") or "")
            for row in words.rows_of(page.replicated_by)
        ),
        files=tuple(
            FileLine(title=title, type=document.kind, size=size_in_words(document.file_size))
            for title, document in (documents(page) if attached is None else attached)
        ),
        licence="; ".join(_titles(page, Vocabulary.LICENCE)),
        published_on=words.day(page.published_on) if page.published_on else "",
        is_demo=page.is_demo,
        is_incomplete=bool(page.missing_fields()),
        portal_name=portal.portal_name,
        region=portal.region_name,
    )


def documents(page: PracticePage) -> Documents:
    """Return (title, document) of the files of a practice, those deleted from the library left out; one query."""
    rows = words.rows_of(page.files)
    found = PortalDocument.objects.in_bulk([row["document"] for row in rows if row.get("document")])
    return [(row["title"], found[row["document"]]) for row in rows if row.get("document") in found]


def size_in_words(size: int | None) -> str:
    """Return «1,2 МБ»."""
    return filesizeformat(size).replace("\xa0", " ") if size else ""


def _titles(page: PracticePage, vocabulary: str) -> tuple[str, ...]:
    return tuple(term.title for term in page.terms_of(vocabulary))


def _authors(page: PracticePage) -> tuple[AuthorLine, ...]:
    """Return authors by post; a post's names are shown only when their owner agreed to it."""
    return tuple(
        AuthorLine(post=author.position.title, count=author.count, names=_names(author))
        for author in page.named_authors
    )


def _names(author: PracticeAuthor) -> tuple[str, ...]:
    if author.public_name:
        return (author.public_name,)
    return (HIDDEN_NAME,) if author.is_hidden_by_owner else ()
