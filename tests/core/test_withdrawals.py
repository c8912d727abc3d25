"""What people took back stays taken back after the portal is put back from an older copy."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from portal.core import backups, privacy, withdrawals
from portal.core.models import Consent, ConsentText
from portal.core.models.privacy import ConsentPurpose
from tests.factories.people import make_account

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def consent(media):
    """The consent of somebody to be named."""
    return privacy.give_consent(
        ConsentPurpose.DISTRIBUTION, person="Иванова Анна", email="anna@example.org", fields=["name"], address=None,
        basis="лист",
    )  # fmt: skip


def put_back(consent):
    """The row as an older copy of the database has it."""
    Consent.objects.filter(pk=consent.pk).update(withdrawn_at=None)


def test_a_withdrawal_made_after_the_copy_is_applied_again_with_its_own_moment(consent, committed):
    with committed():
        withdrawn = privacy.withdraw_consent(consent).withdrawn_at
    put_back(consent)
    assert privacy.apply_withdrawals_again() == 1
    consent.refresh_from_db()
    assert consent.withdrawn_at == withdrawn
    assert privacy.apply_withdrawals_again() == 0


def test_another_consent_under_the_same_number_is_left_alone(consent, committed):
    with committed():
        privacy.withdraw_consent(consent)
    Consent.objects.filter(pk=consent.pk).update(withdrawn_at=None, given_at="2026-01-01T00:00:00Z")
    assert privacy.apply_withdrawals_again() == 0


def test_what_was_rolled_back_is_not_written_down(consent):
    privacy.withdraw_consent(consent)  # nothing is committed in this test
    assert list(withdrawals.entries()) == []


def test_the_journal_holds_no_data_of_people(consent, committed):
    with committed():
        privacy.withdraw_consent(consent)
    (entry,) = withdrawals.entries()
    assert entry.keys() == {"consent", "given_at", "withdrawn_at"}


def test_a_withdrawal_that_a_killed_process_did_not_write_down_is_written_by_the_worker(consent):
    privacy.withdraw_consent(consent)
    assert withdrawals.note_missed() == 1
    assert withdrawals.note_missed() == 0
    assert len(list(withdrawals.entries())) == 1


def test_an_account_erased_after_the_copy_is_erased_again(media, committed):
    user = make_account("gone@example.org")
    kept = {name: getattr(user, name) for name in ("email", "is_active", "first_name", "last_name")}
    with committed():
        privacy.erase_person(user=user)
    type(user).objects.filter(pk=user.pk).update(**kept)
    assert privacy.apply_withdrawals_again() == 1
    user.refresh_from_db()
    assert not user.is_active


def test_a_copy_leaves_the_journal_out_and_a_restore_does_not_touch_it(consent, committed, tmp_path):
    with committed():
        privacy.withdraw_consent(consent)
    store = storages["private"]
    store.save("intake/a.pdf", ContentFile(b"draft"))
    assert backups._copy_files(store, tmp_path / "copy") == 1
    store.delete("intake/a.pdf")
    assert backups._return_files(store, tmp_path / "copy") == 1
    assert store.open("intake/a.pdf").read() == b"draft"
    assert len(list(withdrawals.entries())) == 1


def test_a_new_edition_of_the_text_names_who_must_be_asked_again(consent, admin_client):
    other = privacy.give_consent(
        ConsentPurpose.FEEDBACK, email="b@example.org", person="Борис", address=None, basis="x"
    )
    text = consent.text
    ConsentText.objects.create(purpose=text.purpose, version=text.version + 1, title=text.title, body="Иначе.")
    assert list(Consent.objects.to_ask_again()) == [consent]
    html = admin_client.get("/admin/snippets/core/consent/?edition=earlier").content.decode()
    assert "anna@example.org" in html
    assert other.email not in html
