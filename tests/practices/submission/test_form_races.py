"""The same draft saved from two tabs at the same instant, again and again: nothing acknowledged is lost silently."""

from __future__ import annotations

import threading
from itertools import pairwise

import pytest
from django.db import connections

from portal.intake.domain.saving import Change
from practices.domain.answers import save_answers
from practices.form_spec import PRACTICE_FORM
from practices.models import PracticeSubmission
from tests.factories.organisations import OrganisationFactory
from tests.factories.submissions import make_member, make_submission

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]
SAVES = 100
GOAL = PRACTICE_FORM.by_name["goal"]


def test_two_tabs_save_a_hundred_times_and_every_version_is_found_again(home):
    kindergarten = OrganisationFactory()
    author = make_member(kindergarten, "author@example.org")
    draft = make_submission(kindergarten, author)
    start, writes, lost, faults = threading.Barrier(2), [], [], []

    def tab(name):
        """Save as a page does: against the version that it has seen, and see the other's after a conflict."""
        seen = 0
        try:
            start.wait(60)
            for number in range(SAVES // 2):
                text = f"Вкладка {name}, запись {number}"
                own = PracticeSubmission.objects.get(pk=draft.pk)
                saved = save_answers(own, [Change(GOAL, text, seen=seen)], actor=author, step="solution", page=name)
                if saved.conflicts:
                    lost.append(text)
                    seen = saved.conflicts[0].version
                else:
                    version = saved.draft.field_versions["goal"][0]
                    writes.append((version, name, seen, text))
                    seen = version
        except Exception as error:  # told in the main thread
            faults.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=tab, args=(name,)) for name in ("первая", "вторая")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    assert faults == []
    kept = PracticeSubmission.objects.get(pk=draft.pk)
    writes.sort()
    assert len(writes) + len(lost) == SAVES
    assert [version for version, *_rest in writes] == list(range(1, kept.version + 1))
    assert kept.goal == writes[-1][-1]
    assert {row.answers["goal"] for row in kept.snapshots.filter(reason="conflict")} == set(lost)
    for (before, page, _seen, _text), (_after, next_page, seen, text) in pairwise(writes):
        assert seen >= before or next_page == page, f"{text}: wrote over a version that nobody there had seen"
