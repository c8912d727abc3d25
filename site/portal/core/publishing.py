"""A page may refuse to be published: its own `publish()` raises, and every way to publish answers in words.

The gate stands in the model because Wagtail's hook runs in the editor alone: bulk publishing, the end of an agreement
and the schedule pass it by.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.dispatch import Signal

# Sent by the worker, in one transaction with the end of the appointment, with `revision` and `refused`: nobody sits
# before the screen then, so the desk keeps it as a task and writes a letter.
scheduled_publication_refused = Signal()


class PublicationRefused(Exception):
    """A page may not be published yet; `reasons` are sentences in Russian, each names one thing to do."""

    def __init__(self, title: str, reasons: Sequence[str]) -> None:
        self.title, self.reasons = title, tuple(reasons)
        super().__init__(f"Страница «{title}» не опубликована. {' '.join(self.reasons)}")
