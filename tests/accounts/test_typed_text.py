"""Nothing typed is lost when the sign-in ended, or was made anew, while a form was open."""

from __future__ import annotations

import re
from html import unescape

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.accounts.forms import KEPT_FORM
from portal.core.typed import pack, unpack
from tests.accounts.conftest import PASSWORD

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TYPED = {"last_name": "Новая", "first_name": "Проба", "position": "Текст в две строки\r\nс «кавычками» & <тегом>"}


def fields(answer):
    """Hidden fields of the page's forms."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.content.decode())
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def sign_in_with(client, page, email, password=PASSWORD):
    return client.post("/accounts/login/", {**fields(page), "login": email, "password": password})


@pytest.fixture
def stopped(client, person):
    """The answer to a profile sent after the sign-in had ended."""
    return client.post("/accounts/", TYPED)


def test_form_of_a_signed_out_person_waits_behind_signing_in(client, person, stopped):
    assert stopped.status_code == 401
    assert "не потерялось" in stopped.content.decode()
    assert "no-store" in stopped.headers["Cache-Control"]
    assert sign_in_with(client, stopped, person.email).url == "/accounts/send-again/"

    again = client.get("/accounts/send-again/")
    assert fields(again) == TYPED
    assert 'action="/accounts/"' in again.content.decode()
    assert client.post("/accounts/", fields(again)).url == "/accounts/"
    person.refresh_from_db()
    assert person.last_name == "Новая"
    assert client.get("/accounts/send-again/").url == "/accounts/"  # sent: nothing waits any more


def test_wrong_password_keeps_the_text(client, person, stopped):
    refused = sign_in_with(client, stopped, person.email, "не-тот-пароль")
    assert refused.status_code == 200
    assert sign_in_with(client, refused, person.email).url == "/accounts/send-again/"
    assert fields(client.get("/accounts/send-again/"))["last_name"] == "Новая"


def test_second_step_keeps_the_text(client, person, stopped):
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    assert Authenticator.objects.filter(user=person).exists()
    assert "2fa" in sign_in_with(client, stopped, person.email).url
    assert unpack(client.session[KEPT_FORM])["action"] == "/accounts/"


def test_passwords_and_codes_are_never_repeated(client, person):
    page = client.post("/accounts/password/change/", {"oldpassword": "тайна-1", "password1": "тайна-2", "code": "123"})
    kept = unpack(fields(page)["kept"])
    assert kept["fields"] == []


def test_files_are_named_as_lost(client, person):
    page = client.post("/accounts/", {**TYPED, "file": SimpleUploadedFile("план.pdf", b"%PDF-1.4")})
    assert "Файлы придётся выбрать снова" in page.content.decode()


def test_script_hears_401_and_where_to_sign_in(client, person):
    answer = client.post("/accounts/", TYPED, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (401, {"error": "signed_out", "login": "/accounts/login/"})


def test_form_of_the_admin_is_kept_too(client, admin_user, home):
    page = client.post(f"/admin/pages/{home.pk}/edit/", {"title": "Правка"})
    assert unpack(fields(page)["kept"])["fields"] == [["title", "Правка"]]


def test_what_somebody_else_made_is_not_taken_for_ours(client, person):
    data = {"login": person.email, "password": PASSWORD, "kept": "подделка:aaa:bbb"}
    assert client.post("/accounts/login/", data).status_code == 302
    assert KEPT_FORM not in client.session
    assert client.get("/accounts/send-again/").url == "/accounts/"


def test_packed_form_leads_to_the_portal_alone(rf):
    request = rf.post("//evil.example/path")
    request.path = request.path_info = "//evil.example/path"
    assert unpack(pack(request)) is None


def test_plain_visit_is_led_to_signing_in_as_ever(client, db):
    assert client.get("/accounts/").url == "/accounts/login/?next=/accounts/"


class TestSignedInAnew:
    """The token of the form changed with the new sign-in: the form comes back with its text."""

    @pytest.fixture
    def strict(self, person):
        client = Client(enforce_csrf_checks=True)
        client.force_login(person, backend=BACKEND)
        return client

    def test_text_goes_out_again_by_a_button(self, strict, person):
        page = strict.post("/accounts/", TYPED, headers={"Origin": "http://testserver"})
        assert page.status_code == 403
        assert fields(page) == TYPED
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
        strict.post(
            "/accounts/", {**fields(page), "csrfmiddlewaretoken": token}, headers={"Origin": "http://testserver"}
        )
        person.refresh_from_db()
        assert person.last_name == "Новая"

    @pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Referer": "https://evil.example/"}, {}])
    def test_words_of_another_site_are_not_repeated(self, strict, headers):
        page = strict.post("/accounts/", TYPED, headers=headers)
        assert page.status_code == 403
        assert fields(page) == {}
