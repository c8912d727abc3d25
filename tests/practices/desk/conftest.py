"""The office's desk: people, and submissions in their statuses."""

from __future__ import annotations

import pytest
from django.utils import timezone

from practices.domain.checklist import FORMAL_CHECK
from practices.domain.transitions import perform
from tests.factories.submissions import make_submission
from tests.factories.whole import make_whole
from tests.practices.submission.conftest import make_people


@pytest.fixture
def people(db):
    return make_people()


@pytest.fixture
def sent(people, media):
    """A whole submission that the head has let out."""
    draft = make_whole(people.ours, people.author)
    draft.title = "Огород на подоконнике"
    draft.save(update_fields=["title"])
    return perform(draft, "send", actor=people.head)


@pytest.fixture
def checked(sent):
    """The same with every line of the formal check ticked."""
    sent.checklist = dict.fromkeys(FORMAL_CHECK, True)
    sent.save(update_fields=["checklist"])
    return sent


@pytest.fixture
def late(people):
    """A submission whose check is three days late."""
    return make_submission(
        people.theirs,
        people.other,
        status="formal_check",
        title="Метеостанция во дворе",
        due_at=timezone.now() - timezone.timedelta(days=3),
    )
