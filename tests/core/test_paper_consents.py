"""A consent signed on paper is entered once and opens a name; nobody edits it afterwards."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from portal.core.models import Consent
from portal.setup.groups import EDITORS
from practices.models import PracticeAuthor
from tests.factories.people import make_account

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LIST = "wagtailsnippets_core_consent"


@pytest.fixture
def editor_client(client):
    editor = make_account("redaktor@example.org", "portal-test-2022", groups=[Group.objects.get(name=EDITORS).name])
    client.force_login(editor, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def enter(client, **changes):
    data = {
        "person": "Автор Практики",
        "email": "",
        "opens": ["name"],
        "basis": "письменное согласие, папка 4",
        **changes,
    }
    return client.post(reverse(f"{LIST}:add"), data)


def test_entered_consent_shows_the_name_and_names_its_edition(editor_client):
    assert enter(editor_client).status_code == 302
    consent = Consent.objects.get()
    assert (consent.text.purpose, consent.fields, consent.address) == ("distribution", ["name"], None)
    assert consent.text_digest == consent.text.digest
    assert PracticeAuthor(name="Автор Практики", consent=consent).public_name == "Автор Практики"


@pytest.mark.parametrize("changes", [{"person": ""}, {"basis": ""}, {"opens": []}])
def test_consent_without_a_person_a_document_or_what_it_opens_is_refused(editor_client, changes):
    assert enter(editor_client, **changes).status_code == 200
    assert not Consent.objects.exists()


def test_entered_consent_is_not_edited_or_deleted(editor_client):
    enter(editor_client)
    consent = Consent.objects.get()
    for action in ("edit", "delete"):
        response = editor_client.post(reverse(f"{LIST}:{action}", args=[consent.pk]), {"person": "Другой"})
        assert response.status_code in {302, 403, 404}
    consent.refresh_from_db()
    assert consent.person == "Автор Практики"
