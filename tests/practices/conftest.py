"""The bank with every kind of sibling that no visitor may see."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from practices.models import PracticeIndexPage, PracticePage
from tests.factories.practices import PracticePageFactory


@pytest.fixture
def bank(db):
    """The section of the bank."""
    return PracticeIndexPage.objects.get()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Run what waits for a commit when the block ends, as a real transaction would."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@dataclass
class Siblings:
    shown: PracticePage
    hidden: list[PracticePage] = field(default_factory=list)


@pytest.fixture
def siblings(bank, home):
    """One public practice, and a draft, a private, an expired one and a child of an unpublished section."""
    values = {
        "areas": ["poznavatelnoe"],
        "ages": ["age-5-6"],
        "kinds": ["obrazovatelnaya"],
        "tags": ["Степь"],
        "summary": "Наблюдения за степью.",
    }
    shown = PracticePageFactory(parent=bank, title="Степной дневник", slug="stepnoy", **values)
    draft = PracticePageFactory(parent=bank, title="Степной черновик", live=False, **values)
    private = PracticePageFactory(parent=bank, title="Степная закрытая", **values)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    expired = PracticePageFactory(
        parent=bank, title="Степная прошлая", expire_at=timezone.now() - dt.timedelta(hours=1), **values
    )
    closed = home.add_child(instance=PracticeIndexPage(title="Старый банк", slug="old-bank", live=False, is_demo=False))
    orphan = PracticePageFactory(parent=closed, title="Степная сирота", **values)
    return Siblings(shown, [draft, private, expired, orphan])
