"""Signals of Wagtail and of the dictionaries; one line each, the rules live in `practices.domain`."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from portal.core import versions
from portal.core.models import Consent
from portal.files import shown
from portal.files.models import PortalImage
from portal.intake.models import IntakeWindow
from portal.organisations.models import Municipality, Organisation
from portal.vocabularies.models import Tag, Term
from practices.domain import changes, downloads, standing
from practices.models import PracticePage


@receiver(page_published)
@receiver(page_unpublished)
@receiver(post_page_move)
def page_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    changes.page_changed(instance)


@receiver(post_delete)
def page_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    if issubclass(sender, Page):
        changes.page_changed(instance)


@receiver(page_slug_changed)
@receiver(post_page_move)
def address_changed(sender: type[Page], **kwargs: Any) -> None:
    changes.address_changed()


for _path in ("cover", "social_image", "files.file.document"):
    shown.hold_back(_path, standing.without_permission)
shown.hold_back("photos.photo.image", standing.with_hidden_photos)

BORROWED = (Term, Tag, Municipality, Organisation, PortalImage)


@receiver(post_save)
@receiver(post_delete)
def names_changed(sender: type, **kwargs: Any) -> None:
    if issubclass(sender, BORROWED):
        changes.names_changed()
        versions.bump()


for _signal in (post_save, post_delete):
    _signal.connect(versions.bump, sender=IntakeWindow, dispatch_uid=f"intake-window-{id(_signal)}")
    _signal.connect(
        changes.practices_version.bump,
        sender=PageViewRestriction,
        dispatch_uid=f"practices-restriction-{id(_signal)}",
    )


@receiver(page_published, sender=PracticePage)
def passport_is_due(sender: type[Page], instance: PracticePage, **kwargs: Any) -> None:
    downloads.order(instance.pk)


@receiver(page_unpublished, sender=PracticePage)
@receiver(pre_delete, sender=PracticePage)
def passport_is_withdrawn(sender: type[Page], instance: PracticePage, **kwargs: Any) -> None:
    downloads.withdraw(instance.pk)


@receiver(post_save, sender=Consent)
@receiver(post_delete, sender=Consent)
def consent_changed(sender: type, instance: Consent, **kwargs: Any) -> None:
    downloads.consent_changed(instance)
