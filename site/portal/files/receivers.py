"""Published pages are entered into the reference index at once: their files are public from the same moment.

Wagtail leaves that to a queued task, which the worker may come to a minute later.
"""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page, ReferenceIndex
from wagtail.signals import page_published


@receiver(page_published)
def page_shows_its_files(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    ReferenceIndex.create_or_update_for_object(instance)
