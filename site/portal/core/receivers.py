"""What changes the public portal bumps its version: one line each, the rule lives in `versions`."""

from __future__ import annotations

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from portal.core import versions
from portal.core.models import Consent, ConsentText, PortalSettings
from portal.core.models.privacy import ConsentPurpose

for _signal in (page_published, page_unpublished, post_page_move):
    _signal.connect(versions.bump, dispatch_uid=f"version-{id(_signal)}")

for _model in (PageViewRestriction, PortalSettings, ConsentText, Site):
    post_save.connect(versions.bump, sender=_model, dispatch_uid=f"version-save-{_model.__name__}")
    post_delete.connect(versions.bump, sender=_model, dispatch_uid=f"version-delete-{_model.__name__}")


@receiver(post_save, sender=Consent)
@receiver(post_delete, sender=Consent)
def consent_changed(sender: type, instance: Consent, **kwargs: object) -> None:
    """Only a consent to distribution shows a name; one for an account comes with every sign-up and shows nothing."""
    if instance.text.purpose == ConsentPurpose.DISTRIBUTION:
        versions.bump()


@receiver(post_delete)
def page_deleted(sender: type, **kwargs: object) -> None:
    """A deleted page of any type leaves every list."""
    if issubclass(sender, Page):
        versions.bump()
