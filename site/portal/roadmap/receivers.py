"""Signals of Wagtail, of restrictions and of accounts; one line each, the rules live in `roadmap.domain`."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from portal.core import publicity, versions
from portal.roadmap.domain import owners, reconcile
from portal.roadmap.models import Party, PartyPerson, PlanItem, RoadmapPage

for _model in (Party, PartyPerson):
    post_save.connect(versions.bump, sender=_model, dispatch_uid=f"version-save-{_model.__name__}")
    post_delete.connect(versions.bump, sender=_model, dispatch_uid=f"version-delete-{_model.__name__}")

publicity.register_moments(reconcile.next_moment)


@receiver(page_published)
@receiver(page_unpublished)
@receiver(post_page_move)
def page_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    reconcile.page_changed(instance)


@receiver(post_delete)
def page_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    if sender is Page:  # a page of any type is deleted as a row of this table too
        reconcile.page_deleted(instance)


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
def restriction_changed(sender: type, instance: PageViewRestriction, **kwargs: Any) -> None:
    reconcile.restriction_changed(instance)


@receiver(post_save, sender=RoadmapPage)
@receiver(post_delete, sender=RoadmapPage)
@receiver(post_save, sender=PlanItem)
@receiver(post_delete, sender=PlanItem)
def owner_changed(sender: type, **kwargs: Any) -> None:
    owners.follow_names()
