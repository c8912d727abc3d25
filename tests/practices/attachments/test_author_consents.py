"""Authors are named only with their own consent, field by field; it is asked, given, refused, kept on paper, withdrawn."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from portal.core import letters, privacy
from portal.core.models import Consent, Letter
from portal.organisations.models import Membership
from practices.domain import attachments, author_consents, own_consents
from practices.domain.author_consents import AuthorState, author_lines
from practices.domain.author_names import opened, without_patronymic
from practices.enums import SubmissionStatus
from practices.form_spec import PRACTICE_FORM
from practices.models import AuthorConsent, PracticeSubmission
from tests.factories.people import make_account
from tests.intake.samples import upload

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("private")]

ANNA = {
    "id": "a1",
    "position": "vospitatel",
    "count": 1,
    "name": "Примерова Анна Ивановна",
    "email": "anna@example.org",
}
NAMELESS = {"id": "a2", "position": "starshiy-vospitatel", "count": 2, "name": "", "email": ""}


@pytest.fixture
def draft(draft):
    draft.authors = [ANNA, NAMELESS]
    draft.save(update_fields=["authors"])
    return draft


def state(draft):
    [line] = author_lines(PracticeSubmission.objects.get(pk=draft.pk))
    return line.state


def asked(draft, author):
    """Ask the author; the token of the link in the letter."""
    author_consents.ask(draft, "a1", actor=author)
    letter = Letter.objects.filter(kind="author_consent").latest("pk")
    return re.search(r"/practices/author-consent/([\w-]+)/", letter.body).group(1)


def agreed(draft, author, fields=("name", "patronymic")):
    record = author_consents.find_by_token(asked(draft, author))
    return author_consents.give(record, fields=fields, address="192.0.2.7")


def test_only_authors_with_names_are_asked(draft):
    [line] = author_lines(draft)
    assert (line.id, line.state) == ("a1", AuthorState.NOT_ASKED)


def test_the_letter_is_secret_and_names_the_practice(draft, author):
    asked(draft, author)
    letter = Letter.objects.get(kind="author_consent")
    assert (letter.to, letter.secret) == ("anna@example.org", True)
    assert "Мини-музей в чемодане" in letter.subject
    assert state(draft) is AuthorState.ASKED


def test_a_given_consent_keeps_its_words_fields_time_and_address(draft, author):
    consent = agreed(draft, author, ["patronymic", "name", "photo"])
    assert (consent.person, consent.email, consent.address) == (ANNA["name"], ANNA["email"], "192.0.2.7")
    assert consent.fields == ["name", "patronymic", "photo"]
    assert (consent.text.purpose, consent.text_digest) == ("distribution", consent.text.digest)
    assert state(draft) is AuthorState.GIVEN
    assert author_consents.agreed_authors(draft) == ["a1"]
    assert author_consents.consents_by_author(draft) == {"a1": consent}
    assert draft.records.get(action="author_agreed").details == {"author": "a1", "opens": consent.fields}


def test_the_form_counts_the_consent_and_lacks_it_before(draft, author):
    lacking = [one.field.name for one in PRACTICE_FORM.missing(draft)]
    assert "consent_spread" in lacking
    agreed(draft, author)
    fresh = PracticeSubmission.objects.get(pk=draft.pk)
    assert "consent_spread" not in [one.field.name for one in PRACTICE_FORM.missing(fresh)]


def test_without_the_name_nothing_is_agreed(draft, author):
    record = author_consents.find_by_token(asked(draft, author))
    with pytest.raises(ValidationError):
        author_consents.give(record, fields=["photo"], address="192.0.2.7")
    assert not Consent.objects.exists()


def test_an_answer_is_given_once(draft, author):
    token = asked(draft, author)
    author_consents.refuse(author_consents.find_by_token(token))
    assert state(draft) is AuthorState.REFUSED
    with pytest.raises(ValidationError):
        author_consents.give(author_consents.find_by_token(token), fields=["name"], address="192.0.2.7")
    assert not Consent.objects.exists()


def test_a_new_letter_ends_the_old_link_and_asks_anew_after_a_refusal(draft, author):
    first = asked(draft, author)
    author_consents.refuse(author_consents.find_by_token(first))
    second = asked(draft, author)
    assert author_consents.find_by_token(first) is None
    assert state(draft) is AuthorState.ASKED
    author_consents.give(author_consents.find_by_token(second), fields=["name"], address="192.0.2.7")
    assert state(draft) is AuthorState.GIVEN


def test_a_link_lives_a_month(draft, author):
    token = asked(draft, author)
    with time_machine.travel(timezone.now() + author_consents.TERM + timezone.timedelta(hours=1), tick=False):
        assert author_consents.find_by_token(token) is None
        assert state(draft) is AuthorState.OVERDUE


def test_letters_to_one_author_are_limited(draft, author):
    for _ in range(author_consents.MOST_LETTERS):
        author_consents.ask(draft, "a1", actor=author)
    with pytest.raises(ValidationError):
        author_consents.ask(draft, "a1", actor=author)


@pytest.mark.parametrize("row", ["a2", "a9", ""])
def test_nobody_without_a_name_is_asked(draft, author, row):
    with pytest.raises(ValidationError):
        author_consents.ask(draft, row, actor=author)


def test_strangers_and_those_who_left_ask_nobody(draft, author):
    with pytest.raises(PermissionDenied):
        author_consents.ask(draft, "a1", actor=make_account("stranger@example.org"))
    Membership.objects.filter(user=author).update(ended_at=timezone.now())
    with pytest.raises(PermissionDenied):
        author_consents.ask(draft, "a1", actor=type(author).objects.get(pk=author.pk))


def test_another_name_in_the_same_row_has_no_consent(draft, author):
    agreed(draft, author)
    PracticeSubmission.objects.filter(pk=draft.pk).update(authors=[{**ANNA, "name": "Другая Ольга Петровна"}])
    fresh = PracticeSubmission.objects.get(pk=draft.pk)
    assert state(fresh) is not AuthorState.GIVEN
    assert author_consents.agreed_authors(fresh) == []


def test_an_author_who_was_taken_out_has_no_page(draft, author):
    token = asked(draft, author)
    PracticeSubmission.objects.filter(pk=draft.pk).update(authors=[NAMELESS])
    assert author_consents.find_by_token(token) is None


def test_a_withdrawn_consent_no_longer_counts(draft, author):
    privacy.withdraw_consent(agreed(draft, author))
    assert state(draft) is AuthorState.WITHDRAWN
    assert author_consents.agreed_authors(PracticeSubmission.objects.get(pk=draft.pk)) == []


def test_a_consent_may_be_given_after_sending(draft, author):
    token = asked(draft, author)
    PracticeSubmission.objects.filter(pk=draft.pk).update(status=SubmissionStatus.FORMAL_CHECK, sent_at=timezone.now())
    author_consents.give(author_consents.find_by_token(token), fields=["name"], address="192.0.2.7")
    assert state(draft) is AuthorState.GIVEN


def test_a_signed_sheet_is_recorded_with_what_it_opens(draft, author):
    record = author_consents.record_paper(
        draft, "a1", upload=upload(name="Лист.pdf"), fields=["name"], signed_on=timezone.localdate(), actor=author
    )
    assert (record.consent.fields, record.consent.address) == (["name"], None)
    assert "Лист.pdf" in record.consent.basis
    assert record.paper.purpose == "consent"
    assert state(draft) is AuthorState.PAPER
    author_consents.remove_paper(record.paper, actor=author)
    assert state(draft) is AuthorState.NOT_ASKED
    assert not Consent.objects.get().is_active
    assert not draft.attachments.exists()


def test_a_sheet_signed_tomorrow_or_opening_nothing_is_refused_and_not_kept(draft, author):
    tomorrow = timezone.localdate() + timezone.timedelta(days=1)
    for fields, day in [(["name"], tomorrow), (["photo"], timezone.localdate())]:
        with pytest.raises(ValidationError):
            author_consents.record_paper(draft, "a1", upload=upload(), fields=fields, signed_on=day, actor=author)
    assert not draft.attachments.exists()


def test_the_team_hears_of_the_answer(draft, author):
    agreed(draft, author)
    assert author.notices.filter(kind="author_answered").count() == 1


def test_what_the_author_did_not_open_is_not_shown():
    name = "Примерова Анна Ивановна"
    assert opened(name, ["name"]).name == "Примерова Анна"
    assert opened(name, ["name", "patronymic"]).name == name
    assert opened(name, ["photo"]).name == ""
    assert opened(name, ["name", "photo"]).photo is True
    assert without_patronymic("Ким Олег") == "Ким Олег"
    assert without_patronymic("Анна Ивановна Примерова") == "Анна Примерова"


def test_own_consent_is_recorded_once_and_withdrawn_by_its_owner(draft, author):
    consent = own_consents.agree(draft, user=author, address="192.0.2.7")
    assert own_consents.agree(draft, user=author, address="192.0.2.8") == consent
    fresh = PracticeSubmission.objects.select_related("consent").get(pk=draft.pk)
    assert own_consents.has_consent(fresh)
    assert (consent.text.purpose, consent.user, consent.address) == ("submission", author, "192.0.2.7")
    with pytest.raises(PermissionDenied):
        own_consents.withdraw(fresh, user=make_account("stranger@example.org"))
    own_consents.withdraw(fresh, user=author)
    assert not own_consents.has_consent(PracticeSubmission.objects.get(pk=draft.pk))


def test_contacts_go_a_month_after_the_withdrawal(draft, author):
    PracticeSubmission.objects.filter(pk=draft.pk).update(contact_name="Образцова Мария", contact_email="m@example.org")
    own_consents.agree(draft, user=author, address="192.0.2.7")
    own_consents.withdraw(PracticeSubmission.objects.get(pk=draft.pk), user=author)
    assert own_consents.forget_contacts() == 0
    with time_machine.travel(timezone.now() + own_consents.KEPT + timezone.timedelta(days=1), tick=False):
        assert own_consents.forget_contacts() == 1
        assert own_consents.forget_contacts() == 0
    draft.refresh_from_db()
    assert (draft.contact_name, draft.contact_email) == ("", "")


def test_forgetting_an_author_takes_the_name_the_sheet_and_the_request(
    draft, author, django_capture_on_commit_callbacks
):
    record = author_consents.record_paper(
        draft, "a1", upload=upload(), fields=["name"], signed_on=timezone.localdate(), actor=author
    )
    name = record.paper.file.name
    with django_capture_on_commit_callbacks(execute=True):
        act = privacy.erase_person(email=ANNA["email"])
    assert any("подписанный лист стёрт" in line for line in act)
    draft.refresh_from_db()
    assert [row["name"] for row in draft.authors] == ["", ""]
    assert not AuthorConsent.objects.exists()
    assert not draft.attachments.exists()
    assert not record.paper.file.storage.exists(name)


def test_forgetting_who_added_a_file_keeps_the_work(draft, author):
    attachments.attach(draft, upload(), actor=author)
    privacy.erase_person(user=author)
    assert draft.attachments.get().added_by is None


def test_a_sent_letter_keeps_no_link(draft, author):
    asked(draft, author)
    letters.deliver_due_letters()
    assert len(mail.outbox) >= 1
    assert Letter.objects.get(kind="author_consent").body == ""
