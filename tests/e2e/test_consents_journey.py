"""Journey 12: the author of a published practice takes the consent back, and no address of the portal shows the name."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from django.utils import formats, timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from portal.core.models import Consent
from portal.core.models.privacy import ConsentPurpose
from tests.e2e.conftest import PASSWORD
from tests.practices.publication.conftest import NAME, Way, make_accepted
from tests.practices.submission.conftest import make_people

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SURNAME = NAME.split()[0]


@pytest.fixture
def practice(live_server, media):
    """A practice in the bank with its author named: her consent is in her account."""
    people = make_people()
    people.author.set_password(PASSWORD)
    people.author.save()
    way = Way(people, make_accepted(people))
    Consent.objects.filter(person=NAME).update(user=people.author)
    return way.published()


@pytest.fixture
def consent(practice):
    return Consent.objects.get(person=NAME, text__purpose=ConsentPurpose.DISTRIBUTION)


def addresses(practice):
    """Every address that may tell of the practice, however it is asked."""
    page = f"/practices/{practice.slug}/"
    return [
        page,
        f"{page}passport.pdf",
        f"{page}passport.docx",
        f"{page}badge.svg",
        "/",
        "/practices/",
        f"/practices/?q={SURNAME}",
        "/practices/feed/",
        "/practices/export.csv",
        "/practices/export.json",
        "/practices/export.xlsx",
        "/api/v1/practices",
        f"/api/v1/search?q={SURNAME}",
        f"/api/v1/suggest?q={SURNAME}",
        f"/search/?q={SURNAME}",
        f"/search/?q={practice.title}",
        f"/organisations/{practice.organisation.slug}/",
        "/opendata/practices/data.csv",
        "/sitemap-pages.xml",
    ]


def words(answer):
    """All words of an answer: of a page, of a PDF, of the parts of an archive."""
    content = answer.body()
    if content.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return " ".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    return content.decode()


def look(page, practice):
    """Ask a stranger's question at every address; return what each says."""
    answers = {address: page.request.get(address) for address in addresses(practice)}
    assert [(address, answer.status) for address, answer in answers.items() if answer.status != 200] == []
    return {address: words(answer) for address, answer in answers.items()}


def shows(picture):
    """Whether a stranger gets the picture: asked of the portal, for the live server of the tests hands media out itself."""
    answer = Client().get(picture)
    assert answer.status_code in {200, 404}
    return answer.status_code == 200


def naming(said):
    """The addresses that tell the name; one that was asked about the surname may repeat the question, not the name."""
    return {address for address, text in said.items() if (NAME if SURNAME in address else SURNAME) in text}


def panel_of(author, consent):
    """The consent in the list: it is headed by its purpose."""
    heading = author.get_by_role("heading", name=consent.text.get_purpose_display())
    return author.locator("main li.panel").filter(has=heading)


def test_an_author_takes_the_consent_back_and_the_name_is_nowhere(person, practice, consent):
    stranger = person()
    place = f"/practices/{practice.slug}/"
    before = naming(look(stranger, practice))
    assert before >= {place, f"{place}passport.pdf", f"{place}passport.docx"}
    stranger.goto(place)
    expect(stranger.get_by_text(NAME).first).to_be_visible()
    photo = practice.photos[0].value["image"].get_rendition("fill-640x480|format-webp").url
    cover = practice.cover.get_rendition("fill-400x250|format-webp").url
    assert shows(photo)

    author = person("author@example.org")
    author.goto("/cabinet/consents/")
    panel = panel_of(author, consent)
    expect(panel).to_contain_text(practice.title)
    expect(panel).to_contain_text(f"редакция {consent.text.version}")
    expect(panel).to_contain_text(formats.date_format(timezone.localtime(consent.given_at), "j E Y"))
    expect(panel).to_contain_text("Где используется: 2")  # the page and what it was made from
    panel.get_by_role("link", name="Отозвать").click()
    expect(author.get_by_role("heading", name="Что изменится")).to_be_visible()
    expect(author.get_by_text("скроются со страниц, из поиска и из файлов сразу")).to_be_visible()
    expect(author.locator("main")).to_contain_text(practice.title)
    assert Consent.objects.get(pk=consent.pk).is_active  # asked, not done
    author.get_by_role("button", name="Отозвать", exact=True).click()
    expect(author.get_by_role("heading", level=1)).to_have_text("Согласие отозвано")
    consent.refresh_from_db()
    expect(author.locator("dl.facts")).to_contain_text(consent.withdrawal_number)

    after = look(stranger, practice)
    assert naming(after) == set()
    assert "автор скрыл имя" in after[place]
    assert "автор скрыл имя" in after[f"{place}passport.docx"]
    assert not shows(photo)  # who took it back may be on it
    assert shows(cover)  # things without people
    stranger.goto(place)
    expect(stranger.get_by_text("автор скрыл имя").first).to_be_visible()
    expect(stranger.get_by_text(SURNAME)).to_have_count(0)
    author.goto("/cabinet/consents/")
    expect(author.locator("main")).to_contain_text(f"номер {consent.withdrawal_number}")


def tab_to(page, wanted):
    """Go on by the key Tab until `wanted` has the focus."""
    for _press in range(80):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail("the key Tab does not reach it")


def test_withdrawal_is_asked_and_confirmed_by_keyboard_on_a_telephone(person, practice, consent):
    author = person("author@example.org")
    author.set_viewport_size({"width": 390, "height": 844})
    author.goto("/cabinet/consents/")
    panel = panel_of(author, consent)
    tab_to(author, panel.get_by_role("link", name="Отозвать"))
    author.keyboard.press("Enter")
    expect(author.get_by_role("heading", name="Что изменится")).to_be_visible()
    assert author.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab_to(author, author.get_by_role("button", name="Отозвать", exact=True))
    author.keyboard.press("Enter")
    expect(author.get_by_role("heading", level=1)).to_have_text("Согласие отозвано")
    assert author.evaluate("document.documentElement.scrollWidth <= innerWidth")
    consent.refresh_from_db()
    expect(author.locator("dl.facts")).to_contain_text(consent.withdrawal_number)
