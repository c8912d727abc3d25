"""What follows from changes of the register of contests, and what the contests tell the core."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from contests.domain import changes, editions
from contests.models import ContestSeries
from portal.core import publicity
from portal.files import shown


@receiver(post_save, sender=ContestSeries)
@receiver(post_delete, sender=ContestSeries)
def series_changed(sender: type[ContestSeries], instance: ContestSeries, **kwargs: Any) -> None:
    changes.series_changed(instance)


publicity.register_moments(editions.next_boundary)
shown.hold_back("results.item.protocol", changes.without_shown_results)
