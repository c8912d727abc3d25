"""Names of authors: shown under a consent that stands, hidden with it, erased with the person from every version."""

from __future__ import annotations

import pytest

from portal.core import privacy
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term
from practices.models import PracticeAuthor, PracticePage
from tests.factories.people import make_account
from tests.factories.practices import PracticePageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
NAME = "Тестова Проба"


@pytest.fixture
def person(db):
    return make_account("author@example.org", "пароль-для-теста-1", last_name="Тестова", first_name="Проба")


@pytest.fixture
def practice(person, home):
    consent = privacy.give_consent("distribution", user=person, fields=["name"], address=None, basis="тест")
    page = PracticePageFactory()
    position = Term.objects.filter(vocabulary=Vocabulary.POSITION).first()
    page.authors.add(PracticeAuthor(position=position, name=NAME, consent=consent))
    page.save_revision().publish()
    return PracticePage.objects.get(pk=page.pk)


def test_name_is_hidden_at_once_with_the_consent(practice, person, client):
    assert NAME in client.get(practice.url).content.decode()
    privacy.hide_person(user=person)
    assert PracticePage.objects.get(pk=practice.pk).authors.get().public_name == ""


def test_erased_author_stays_in_no_version_of_the_page(practice, person):
    act = privacy.erase_person(email=person.email)
    assert any("имя автора стёрто" in line for line in act)
    author = PracticeAuthor.objects.get(page=practice)
    assert (author.name, author.consent) == ("", None)
    for revision in practice.revisions.all():
        assert NAME not in str(revision.content)


def test_erasing_a_person_reaches_what_was_typed_and_what_lost_to_another_version(person, home):
    from portal.intake.domain.saving import CONFLICT
    from practices.models import PracticeSubmission
    from tests.factories.organisations import OrganisationFactory
    from tests.factories.submissions import make_submission

    typed = {
        "contact_phone": {"value": "8 900, Тестова", "words": "Цифрами."},
        "title": {"value": "й" * 200, "words": "Длинно."},
    }
    draft = make_submission(OrganisationFactory(), person, contact_email=person.email, contact_name=NAME, typed=typed)
    draft.snapshots.create(reason=CONFLICT, version=1, answers={"contact_name": NAME, "goal": "Цель"})
    privacy.erase_person(user=person)
    kept = PracticeSubmission.objects.get(pk=draft.pk)
    assert (kept.contact_name, list(kept.typed)) == ("", ["title"])
    assert kept.snapshots.get().answers == {"goal": "Цель"}
