"""Which plan the section shows."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.core import publicity
from portal.roadmap import rules
from portal.roadmap.domain.errors import RoadmapError
from portal.roadmap.models import RoadmapIndexPage, RoadmapPage


def feature_plan(plan: RoadmapPage, *, actor: Any) -> RoadmapIndexPage:
    """Make `plan` the one that opens at /roadmap/; the section is published with that change alone.

    Raises PermissionDenied for who is no administrator, RoadmapError for a plan that visitors may not read and when
    the section has unpublished edits of somebody.
    """
    if not rules.can_arrange_plans(actor):
        raise PermissionDenied
    if not publicity.is_public(plan):
        raise RoadmapError("Сначала опубликуйте этот план.")
    with transaction.atomic():
        section = RoadmapIndexPage.objects.select_for_update(of=("self",)).get(pk=plan.get_parent().pk)
        if section.has_unpublished_changes:
            raise RoadmapError("У раздела «Дорожная карта» есть неопубликованные правки: сначала опубликуйте их.")
        section.featured = plan
        section.save_revision(user=actor).publish(user=actor)
    return section
