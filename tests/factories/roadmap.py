"""Plans for tests: a plan with one section, items to hang on it, pages that prove them."""

from __future__ import annotations

import datetime as dt
import itertools

from portal.core.sections import make_section
from portal.news.models import NewsIndexPage
from portal.roadmap.models import EvidenceLink, PlanItem, PlanSection, RoadmapIndexPage, RoadmapPage
from tests.factories.news import NewsPageFactory

_numbers = itertools.count(1)
YEAR = 2022


def roadmap_section():
    """The section of the roadmap, made when the setup has made none."""
    found = RoadmapIndexPage.objects.first()
    if found is None:
        list(make_section(RoadmapIndexPage(title="Дорожная карта", slug="roadmap")))
        found = RoadmapIndexPage.objects.get()
    return found


def make_test_plan(**values):
    """A published plan of the year 2022 with one section."""
    number = next(_numbers)
    values = {
        "title": f"Опытный план {number}",
        "slug": f"opytnyy-plan-{number}",
        "starts_on": dt.date(YEAR, 1, 1),
        "ends_on": dt.date(YEAR, 12, 31),
        **values,
    }
    plan = roadmap_section().add_child(instance=RoadmapPage(**values))
    PlanSection.objects.create(plan=plan, order=1, heading="I. Опыт", title="Опыт", slug="opyt")
    return plan


def make_item(plan, position=None, **values):
    """An item of the plan for March 2022."""
    position = position or plan.items.count() + 1
    values = {
        "number_text": f"{position}.",
        "period_text": "Март 2022",
        "title_text": f"Мероприятие {position}",
        "starts_on": dt.date(YEAR, 3, 1),
        "ends_on": dt.date(YEAR, 3, 31),
        **values,
    }
    section = values.pop("section", None) or plan.sections.first()
    return PlanItem.objects.create(plan=plan, section=section, position=position, **values)


def prove(items, *, parent=None, amount=1, publish=True, **values):
    """A news item linked to `items`, published unless told otherwise."""
    values.setdefault("date", dt.date(YEAR, 3, 10))
    page = NewsPageFactory(parent=parent or NewsIndexPage.objects.get(), live=False, **values)
    for item in items:
        page.evidence_links.add(EvidenceLink(item=item, amount=amount))
    revision = page.save_revision()
    if publish:
        revision.publish()
    page.refresh_from_db()
    return page
