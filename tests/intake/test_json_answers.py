"""A form loaded from rows of JSON keeps its answers in one JSON column and is saved by the same verb, field by field."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import QueryDict

from portal.intake.domain.saving import save_changes
from portal.intake.enums import StepState
from portal.intake.forms.loading import spec_from_json
from portal.intake.forms.step_form import StepForm, read_seen, seen_of, shown_values
from portal.intake.forms.storage import JsonAnswers
from practices.models import PracticeSubmission
from tests.factories.organisations import OrganisationFactory
from tests.factories.submissions import make_member, make_submission
from tests.intake.forms.test_spec import CONTEST

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
# A row that any draft has: its JSON column stands for the column of answers of a contest entry.
ENTRY = spec_from_json(CONTEST, JsonAnswers("checklist"))
WHO = ENTRY.step_by_key["who"]


@pytest.fixture
def entry(home):
    kindergarten = OrganisationFactory()
    return make_submission(kindergarten, make_member(kindergarten, "author@example.org"))


def fresh(entry):
    return PracticeSubmission.objects.get(pk=entry.pk)


def post(entry, text, *, seen=None, page="", settled=(), allowed=True):
    """Fill the step as a browser does and save what changed."""
    form = StepForm(WHO, shown={}, data=QueryDict(text))
    form.full_clean()
    return save_changes(
        entry,
        list(form.changes(seen or {}, settled)),
        store=ENTRY.store,
        actor=entry.created_by,
        step="who",
        page=page,
        allowed=lambda _draft: allowed,
    )


def seen_now(entry):
    shown = shown_values(WHO, ENTRY.answers(entry), entry.typed)
    return {name: tuple(row) for name, row in seen_of(shown, entry.field_versions).items()}


def test_answers_of_every_kind_lie_in_the_column_and_come_back(entry):
    post(
        entry,
        "motto=Играем вместе&nomination=team&phone=+7 900 000-00-00&members-a1-post=Воспитатель&members-a1-years=4,5",
    )
    kept = fresh(entry)
    assert (
        kept.checklist
        == ENTRY.answers(kept)
        == {
            "motto": "Играем вместе",
            "nomination": "team",
            "phone": "7 900 000-00-00",
            "members": [{"id": "a1", "post": "Воспитатель", "years": 4.5}],
        }
    )
    assert kept.version == 1 and ENTRY.step_states(kept)["who"] == StepState.BEGUN
    assert [one.words for one in ENTRY.missing(kept)] == ["Нужно не меньше 2 строк, сейчас 1."]


def test_what_is_not_accepted_stays_as_typed_and_the_rest_is_kept(entry):
    post(entry, "motto=" + "й" * 30 + "&nomination=juggler&members-a1-post=Воспитатель&members-a1-years=давно")
    kept = fresh(entry)
    assert ENTRY.answers(kept)["members"] == [{"id": "a1", "post": "Воспитатель", "years": None}]
    assert kept.typed["motto"]["value"] == "й" * 30
    assert "списке нет" in kept.typed["nomination"]["words"]
    assert shown_values(WHO, ENTRY.answers(kept), kept.typed)["members"][0]["years"] == "давно"
    post(kept, "motto=Играем&nomination=teacher&members-a1-post=Воспитатель&members-a1-years=4", seen=seen_now(kept))
    assert fresh(entry).typed == {}
    assert [one.words for one in ENTRY.missing(fresh(entry))] == ["Нужно не меньше 2 строк, сейчас 1."]


def test_two_who_changed_different_fields_are_joined_and_the_same_field_is_told(entry):
    seen = seen_now(entry)
    post(entry, "motto=Играем вместе", seen=seen, page="one")
    late = post(entry, "motto=Растём вместе&nomination=teacher", seen=seen, page="two")
    assert [(one.question.name, one.mine, one.theirs) for one in late.conflicts] == [
        ("motto", "Растём вместе", "Играем вместе")
    ]
    kept = fresh(entry)
    assert ENTRY.answers(kept)["motto"] == "Играем вместе" and ENTRY.answers(kept)["nomination"] == "teacher"
    assert kept.snapshots.get().answers == {"motto": "Растём вместе"}

    post(kept, "motto=Растём вместе", seen={"motto": (late.conflicts[0].version, "")}, settled=["motto"], page="two")
    assert ENTRY.answers(fresh(entry))["motto"] == "Растём вместе"
    assert {row.answers["motto"] for row in kept.snapshots.all()} == {"Растём вместе", "Играем вместе"}


def test_nothing_is_written_when_it_is_no_longer_allowed(entry):
    with pytest.raises(PermissionDenied):
        post(entry, "motto=Играем вместе", allowed=False)
    assert fresh(entry).version == 0


@pytest.mark.parametrize("text", ["", "{", "[]", "5", '{"a": 1}', '{"a": ["x", "y"]}', '{"a": [1]}', "null"])
def test_a_page_that_says_nonsense_has_seen_nothing(text):
    assert read_seen(text) == {}
