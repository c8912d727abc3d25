"""Every page of accounts is drawn by the portal: Russian words, no inline code, whatever its state."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailConfirmationHMAC
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from portal.accounts.letters import reset_link
from portal.core import privacy
from portal.core.models import Consent, Letter
from tests.accounts.conftest import PASSWORD

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OF_STRANGERS = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/inactive/",
    "/accounts/closed/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/not-a-key/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-no-such/",
    "/accounts/password/reset/key/done/",
    "/consents/",
    "/consents/account/1/",
    "/consents/feedback/1/",
    "/consents/distribution/1/",
]
OF_PEOPLE = [
    "/accounts/",
    "/accounts/email/",
    "/accounts/logout/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
]
WITH_SECOND_STEP = [
    "/accounts/2fa/",
    "/accounts/2fa/reauthenticate/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
]
_LATIN_WORDS = {
    "html",
    "svg",
    "totp",
    "freeotp",
    "caps",
    "lock",
    "example",
    "org",
    "teacher",
    "rss",
    "ru",
    "ip",
    "http",
    "testserver",
}


def check(answer):
    """What holds for a page of the portal."""
    page = answer.content.decode()
    assert answer.status_code in {200, 404}, answer
    assert 'lang="ru"' in page
    assert page.count("<h1") == 1
    assert " style=" not in page
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\son[a-z]+=", page)
    main = re.search(r"<main.*?</main>", page, re.DOTALL).group()
    words = re.sub(r"<[^>]+>", " ", re.sub(r'<dd class="code">.*?</dd>|https?://\S+', "", main))
    latin = {word.lower() for word in re.findall(r"\b[A-Za-z]{2,}\b", words)} - _LATIN_WORDS
    assert latin == set(), f"foreign words on the page: {latin}"
    return page


@pytest.fixture
def signed_in(client, person):
    """Signed in and a moment ago asked for the password again, as before important changes."""
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.fixture
def with_second_step(signed_in, person):
    totp.TOTP.activate(person, totp.generate_totp_secret())
    RecoveryCodes.activate(person)
    return signed_in


@pytest.mark.parametrize("path", OF_STRANGERS)
def test_page_of_a_stranger(client, path):
    check(client.get(path))


@pytest.mark.parametrize("path", OF_PEOPLE)
def test_page_of_a_person(signed_in, path):
    check(signed_in.get(path))


@pytest.mark.parametrize("path", WITH_SECOND_STEP)
def test_page_of_a_person_with_a_second_step(with_second_step, path):
    check(with_second_step.get(path))


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/accounts/login/", {"login": "x", "password": ""}),
        ("/accounts/login/", {"login": "x@example.org", "password": "мимо"}),
        ("/accounts/signup/", {"email": "x", "password1": "123", "consent_version": "1"}),
        ("/accounts/signup/", {"email": "x@example.org", "password1": "password", "consent_version": "x"}),
        ("/accounts/password/reset/", {"email": "x"}),
    ],
)
def test_refused_form_of_a_stranger(client, path, data):
    assert "Форма не отправлена" in check(client.post(path, data))


def test_refused_form_of_a_person(signed_in):
    data = {"oldpassword": "мимо", "password1": "12345", "password2": "54321"}
    assert "Текущий пароль не подходит" in check(signed_in.post("/accounts/password/change/", data))
    check(signed_in.post("/accounts/email/", {"email": "teacher@example.org", "action_add": ""}))
    check(signed_in.post("/accounts/2fa/totp/activate/", {"code": "000000"}))


def test_pages_that_one_time_links_open(client, person):
    address = person.emailaddress_set.get()
    address.verified = False
    address.save()
    check(client.get(f"/accounts/confirm-email/{EmailConfirmationHMAC(address).key}/"))
    check(client.get(reset_link(person).removeprefix(settings.SITE_URL), follow=True))


def test_second_step_of_signing_in(client, person):
    totp.TOTP.activate(person, totp.generate_totp_secret())
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    check(client.get("/accounts/2fa/authenticate/"))
    check(client.post("/accounts/2fa/authenticate/", {"code": "000000"}))


@pytest.mark.parametrize("purpose", ["account", "feedback", "distribution"])
def test_withdrawal_says_what_is_hidden_and_by_when(signed_in, person, purpose):
    consent = privacy.give_consent(purpose, user=person, address=None, basis="тест")
    page = check(signed_in.get(f"/cabinet/consents/{consent.pk}/"))
    assert "кро" in page  # скроется, закроется


def test_whose_consent_is_withdrawn_gets_its_number_and_term_once(person):
    consent = privacy.give_consent("distribution", user=person, address=None, basis="тест")
    privacy.withdraw_consent(consent, by=None)
    privacy.withdraw_consent(consent, by=person)
    (letter,) = Letter.objects.filter(kind="consent_withdrawn")
    assert letter.to == person.email
    number = Consent.objects.get(pk=consent.pk).withdrawal_number
    assert number in letter.subject and number in letter.body


def test_who_leaves_a_subscription_is_not_written_to_once_more(person):
    consent = privacy.give_consent("subscription", email="reader@example.org", address=None, basis="тест")
    privacy.withdraw_consent(consent)
    assert not Letter.objects.filter(kind="consent_withdrawn").exists()


def test_picture_for_the_authenticator_is_part_of_the_page(signed_in):
    page = check(signed_in.get("/accounts/2fa/totp/activate/"))
    assert 'src="data:image/svg+xml;base64,' in page
    assert "data:" in signed_in.get("/accounts/2fa/totp/activate/").headers["Content-Security-Policy"]


@pytest.mark.e2e
@pytest.mark.django_db(transaction=True)
def test_pages_have_no_barriers(page, person):
    axe = Axe()
    found = {}

    def look(path):
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(path)
            violations = axe.run(page).response["violations"]
            wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
            if violations or wide:
                found[f"{path} {width}"] = [v["id"] for v in violations] + (["sideways scroll"] if wide else [])

    for path in OF_STRANGERS:
        look(path)
    page.goto("/accounts/signup/")
    with page.expect_navigation():
        page.click("main button[type=submit]")
    if violations := axe.run(page).response["violations"]:
        found["refused sign-up"] = [v["id"] for v in violations]
    page.goto("/accounts/login/")
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/cabinet/")
    page.goto("/accounts/reauthenticate/")
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("main button[type=submit]")
    for path in OF_PEOPLE:
        look(path)
    assert found == {}
