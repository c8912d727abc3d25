"""What publishing a document sets going: one line each, the rules live in `domain`."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from portal.documents.domain.replacement import retire_replaced
from portal.documents.models import DocumentPage


@receiver(page_published, sender=DocumentPage)
def document_published(sender: type[DocumentPage], instance: DocumentPage, **kwargs: Any) -> None:
    retire_replaced(instance)
