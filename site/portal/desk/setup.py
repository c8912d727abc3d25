"""What the desk needs from the first start: the trash."""

from __future__ import annotations

from collections.abc import Iterator

from portal.desk.domain import trash
from portal.desk.models import TrashPage


def setup() -> Iterator[str]:
    """Make the trash that is missing."""
    if not TrashPage.objects.exists():
        trash.root()
        yield "корзина страниц"
