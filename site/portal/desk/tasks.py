"""Lines of the first screen about pages; other rooms register theirs with `portal.core.awaiting`."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.models import Page, TaskState
from wagtail.permissions import policy_registry

from portal.core import awaiting
from portal.core.awaiting import Task
from portal.desk.domain import refusals, waiting
from portal.desk.rules import works_with_pages


def _to_approve(user: Any) -> Task | None:
    if not policy_registry.get_by_type(Page).user_has_permission(user, "publish"):
        return None
    count = TaskState.objects.reviewable_by(user).count()
    return Task("Страницы на согласовании", count, f"{reverse('wagtailadmin_reports:workflow')}?reviewable=true")


def _returned(user: Any) -> Task | None:
    return _pages(user, "Вернули вам на доработку", waiting.returned, "desk_returned")


def _drafts(user: Any) -> Task | None:
    return _pages(user, "Ваши черновики", waiting.drafts, "desk_drafts")


def _appointed(user: Any) -> Task | None:
    return _pages(user, "Назначено по времени", waiting.appointed, "desk_appointed")


def _refused(user: Any) -> Task | None:
    return _pages(user, "Не вышли в назначенное время", refusals.refused, "desk_refused")


def _stale(user: Any) -> Task | None:
    if not policy_registry.get_by_type(Page).user_has_permission(user, "publish"):
        return None
    url = f"{reverse('wagtailadmin_reports:aging_pages')}?live=true&last_published_at={waiting.stale_since():%d.%m.%Y}"
    return Task("Не обновлялись больше года", waiting.stale(user).count(), url)


def _pages(user: Any, title: str, pages: Any, url_name: str) -> Task | None:
    return Task(title, pages(user).count(), reverse(url_name)) if works_with_pages(user) else None


def register() -> None:
    """Add the lines about pages."""
    for order, source in enumerate((_to_approve, _refused, _returned, _drafts, _appointed), start=1):
        awaiting.register(f"desk{source.__name__}", source, order=order * 10)
    awaiting.register("desk_stale", _stale, order=900)
