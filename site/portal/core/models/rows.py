"""Rows of a page that stand once in it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models, transaction


class RowOnce(models.Model):
    """Abstract row of a page, one for each value of the field `once`; needs a unique constraint of both.

    Rows are written one by one, so two that swap their values would meet for a moment: a row written first takes the
    value, and the one that had it makes room until its own turn comes in the same transaction.
    """

    once: ClassVar[str]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        values = {"page_id": self.page_id, self.once: getattr(self, self.once)}  # type: ignore[attr-defined]
        with transaction.atomic():
            for rival in type(self)._base_manager.filter(**values).exclude(pk=self.pk):
                rival.make_room()
            super().save(*args, **kwargs)

    def make_room(self) -> None:
        """Leave the value to another row; when this row's turn comes, it is written anew under its old key."""
        type(self)._base_manager.filter(pk=self.pk).delete()


class CodeOnce(RowOnce):
    """Abstract row with a code in `slug`; it never leaves the database, for other records hang on it."""

    once = "slug"

    class Meta:
        abstract = True

    def make_room(self) -> None:
        """Take a code that nobody else has until the row's own turn comes."""
        type(self)._base_manager.filter(pk=self.pk).update(**{self.once: f"_{self.pk}"})
