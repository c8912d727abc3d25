"""Personal data: everything that holds a person is known to the registry; consents are records with fixed words."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import models
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.accounts.privacy import erase_due
from portal.core import letters, privacy, versions
from portal.core.models import Consent, ConsentText, Letter, PortalSettings
from portal.core.privacy_exempt import EXEMPT
from tests.factories.people import make_account

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
PERSON_FIELDS = {
    "person", "first_name", "last_name", "patronymic", "full_name", "author", "author_name", "phone", "head", "reply_to",
    "head_name", "contact", "contacts", "contact_name", "sender",
}  # fmt: skip


def holds_a_person(model):
    """Whether a model has a key to a user, an e-mail or somebody's name."""
    user = get_user_model()
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        if field.is_relation and field.related_model in (user, Consent):
            return True
        if isinstance(field, models.EmailField) or field.name in PERSON_FIELDS:
            return True
    return model is user


@pytest.fixture
def person(db):
    return make_account("teacher@example.org", "пароль-для-теста-1", last_name="Тестова", first_name="Проба")


def give(purpose="distribution", **kwargs):
    return privacy.give_consent(purpose, address="10.0.0.1", basis="тест", **kwargs)


def test_every_model_that_holds_a_person_is_registered_or_exempted_with_a_reason():
    holding = {model for model in apps.get_models(include_auto_created=True) if holds_a_person(model)}
    known = {model._meta.label for model in privacy.registered_models()}
    missing = {model._meta.label for model in holding} - known - set(EXEMPT)
    assert missing == set(), "register in <app>/privacy.py or exempt with a reason in core/privacy_exempt.py"


def test_exemptions_are_real_models_with_a_reason_and_not_registered_besides():
    labels = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    known = {model._meta.label for model in privacy.registered_models()}
    assert set(EXEMPT) <= labels
    assert not set(EXEMPT) & known
    assert all(len(reason) > 20 for reason in EXEMPT.values())


def test_consent_keeps_the_fingerprint_of_what_was_read(person):
    PortalSettings.objects.update(operator_name="Академия <тест>")
    text = privacy.current_text("account")
    shown = text.digest
    consent = privacy.give_consent("account", user=person, address="10.0.0.1", basis="форма")
    assert consent.text_digest == shown
    PortalSettings.objects.update(operator_name="Другой владелец")
    text.refresh_from_db()
    assert text.digest == shown
    assert "Академия &lt;тест&gt;" in text.wording


def test_edition_in_use_cannot_be_changed_or_deleted(person):
    text = give("account", user=person).text
    text.body += "<p>Ещё одна цель</p>"
    with pytest.raises(ValidationError, match="нельзя менять"):
        text.full_clean()
    with pytest.raises(ProtectedError):
        text.delete()


def test_edition_of_tomorrow_is_not_in_force_today():
    ConsentText.objects.create(
        purpose="account", version=2, title="Новая", body="x", in_force_from=timezone.localdate() + timedelta(days=1)
    )
    assert privacy.current_text("account").version == 1
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert privacy.current_text("account").version == 2


def test_consent_of_nobody_is_refused():
    with pytest.raises(ValueError, match="somebody"):
        give()


def test_withdrawal_tells_the_apps_once_and_renews_every_cache(person, django_capture_on_commit_callbacks):
    heard = []
    consent = give(user=person)

    def listen(sender, consent, by, **kwargs):
        heard.append((consent.pk, by))

    privacy.consent_withdrawn.connect(listen)
    try:
        before = versions.current()
        with django_capture_on_commit_callbacks(execute=True):
            privacy.withdraw_consent(consent, by=person)
            privacy.withdraw_consent(consent, by=None)
    finally:
        privacy.consent_withdrawn.disconnect(listen)
    assert heard == [(consent.pk, person)]
    assert versions.current() != before
    assert consent.withdrawn_at is not None
    assert not Consent.objects.active().exists()


def test_withdrawn_distribution_leaves_the_account_open_and_withdrawn_account_closes_it(person):
    privacy.withdraw_consent(give(user=person))
    person.refresh_from_db()
    assert person.is_active
    privacy.withdraw_consent(give("account", user=person))
    person.refresh_from_db()
    assert not person.is_active


def test_person_is_found_by_account_and_by_mailbox(person):
    give(user=person)
    letters.queue_letter("account_exists", "Teacher@example.org", {"link": "x"})
    by_mailbox = {label for label, _rows in privacy.find_person(email="TEACHER@example.org ")}
    by_account = {label for label, _rows in privacy.find_person(user=person)}
    assert by_mailbox == by_account == {"Согласия", "Письма", "Учётная запись", "Адреса почты"}


def test_erased_person_leaves_no_name_and_no_mailbox_anywhere(person):
    make_account("other@example.org", "пароль-для-теста-1", last_name="Иная", first_name="Проба")
    consent = give(user=person)
    letters.queue_letter("account_exists", person.email, {"link": "x"})
    entry = ModelLogEntry.objects.log_action(person, "wagtail.edit")
    act = privacy.erase_person(user=person)
    assert len(act) >= 5
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField):
                for value in model._default_manager.values_list(field.attname, flat=True):
                    assert "teacher@example.org" not in str(value), f"{model._meta.label}.{field.name}"
                    assert "Тестова" not in str(value), f"{model._meta.label}.{field.name}"
    consent.refresh_from_db()
    entry.refresh_from_db()
    assert (consent.user, consent.person, consent.address) == (None, "", None)
    assert consent.text_digest  # that some consent was given stays
    assert entry.label == "удалённая учётная запись"
    assert Letter.objects.count() == 0
    assert get_user_model().objects.get(email="other@example.org").last_name == "Иная"


def test_erased_person_cannot_enter(person, client):
    privacy.erase_person(user=person)
    client.post("/accounts/login/", {"login": "teacher@example.org", "password": "пароль-для-теста-1"})
    assert client.get("/accounts/").status_code == 302


def test_who_withdrew_is_erased_after_thirty_days(person):
    privacy.withdraw_consent(give("account", user=person))
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        assert erase_due() == []
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert erase_due() != []
        assert erase_due() == []
    person.refresh_from_db()
    assert person.full_name == ""


def test_forget_person_shows_first_and_erases_with_commit(person):
    out = StringIO()
    call_command("forget_person", person.email, stdout=out)
    person.refresh_from_db()
    assert person.last_name == "Тестова"
    assert "ничего не удалено" in out.getvalue()
    out = StringIO()
    call_command("forget_person", person.email, commit=True, stdout=out)
    person.refresh_from_db()
    assert person.last_name == ""
    assert out.getvalue().startswith("АКТ об удалении")
    with pytest.raises(CommandError, match="ничего не хранит"):
        call_command("forget_person", "teacher@example.org", commit=True, stdout=out)


def test_text_of_a_consent_is_open_to_everybody_with_the_operator_filled_in(client, person):
    PortalSettings.objects.update(operator_name="Академия")
    page = client.get("/consents/account/1/")
    assert "Академия" in page.content.decode()
    assert "{operator" not in page.content.decode()
    assert "public" in page.headers["Cache-Control"]
    for number in range(1, 9):
        assert f"<h2>{number}. " in page.content.decode()
    assert client.get("/consents/account/9/").status_code == 404
    assert client.get("/consents/nothing/1/").status_code == 404
    assert client.get("/consents/").content.decode().count("/consents/") >= 3
