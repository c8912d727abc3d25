"""Publishing a demonstration page as Wagtail does, dated to the day the text speaks of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from modelsearch.index import insert_or_update_object
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from portal.core.slugs import free_slug

PageType = TypeVar("PageType", bound=Page)
OFFICE_HOUR = 10


def publish(page: PageType, parent: Page, on: dt.date, relate: Callable[[PageType], None]) -> PageType:
    """Add `page` below `parent` with revision, journal, search entry and references, published `on` that day.

    `relate` sets topics and other rows of the page once it has its key. Raises ValidationError for a faulty page.
    """
    with transaction.atomic(), disable_reference_index_auto_update():
        page.slug = free_slug(page.slug, lambda slug: parent.get_children().filter(slug=slug).exists())
        page.live = False
        parent.add_child(instance=page)
        relate(page)
        page.save_revision().publish()
        moment = timezone.make_aware(dt.datetime.combine(on, dt.time(OFFICE_HOUR)))
        dates = {"first_published_at": moment, "last_published_at": moment}
        type(page)._default_manager.filter(pk=page.pk).update(**dates)
        published = type(page)._default_manager.get(pk=page.pk)
        ReferenceIndex.create_or_update_for_object(published)
        # The worker would write the entry a little later; whoever looks at a fresh portal searches at once.
        insert_or_update_object(published)
    return published
