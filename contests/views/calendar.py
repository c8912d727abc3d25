"""Stages of a contest as a calendar file."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from contests.enums import SECTION_URL
from contests.models import ContestPage, ContestStage
from portal.core import moments
from portal.core.calendars import Entry, calendar_response
from portal.core.publicity import is_public


def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the stages of a public contest: days for each stage, an hour for the end of the intake."""
    page = ContestPage.objects.filter(slug=slug).first()
    if page is None or not is_public(page):
        raise Http404
    entries = [entry for stage in page.stages.all() for entry in _entries(page, stage)]
    return calendar_response(f"{page.slug}.ics", page.title, entries)


def _entries(page: ContestPage, stage: ContestStage) -> Iterator[Entry]:
    changed = page.last_published_at or stage.starts_at
    # Grows with every publication, and only a publication moves a date.
    sequence = int((changed - (page.first_published_at or changed)).total_seconds() // 60)
    url = f"{settings.SITE_URL}{SECTION_URL}{page.slug}/"
    yield Entry(
        key=f"contest-stage-{stage.pk}",
        title=f"{page.title}: {stage.title}",
        begins=timezone.localdate(stage.starts_at),
        ends=timezone.localdate(stage.ends_at),
        changed_at=changed,
        url=url,
        description=stage.content,
        place=stage.place,
        is_cancelled=page.is_cancelled,
        sequence=sequence,
    )
    if stage.is_intake:
        yield Entry(
            key=f"contest-deadline-{stage.pk}",
            title=f"{page.title}: приём заканчивается",
            begins=stage.ends_at,
            ends=None,
            changed_at=changed,
            url=url,
            description=f"Приём до {moments.deadline(stage.ends_at)}.",
            is_cancelled=page.is_cancelled,
            sequence=sequence,
        )
