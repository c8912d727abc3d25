from __future__ import annotations

import datetime as dt
import itertools

import pytest
from allauth.account.models import EmailAddress
from django.core.files.storage import default_storage
from django.utils import timezone
from wagtail.coreutils import get_dummy_request
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.test.utils import WagtailPageTestCase

from contests.domain.awards import awards
from contests.domain.queries import current
from contests.models import ContestPage, ContestResult
from portal.accounts.models import User
from portal.core.models import PortalSettings
from portal.demo import content
from portal.demo.accounts import ACCOUNTS, DEFAULT_PASSWORD, describe
from portal.demo.load import load_demo
from portal.demo.models import DemoLoad
from portal.files.models import PortalDocument, PortalImage
from portal.news.models import NewsPage
from portal.organisations.inn import validate_inn
from portal.organisations.models import Organisation
from portal.vocabularies.enums import Vocabulary
from practices.enums import RecognitionLevel
from practices.models import CollectionPage, PracticePage
from tests.demo.conftest import TINY, files_in

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("db")]

COUNTED = (User, EmailAddress, Organisation, PracticePage, NewsPage, CollectionPage, PortalImage, PortalDocument,
           Revision, PageLogEntry, DemoLoad)  # fmt: skip


def load_again():
    return list(load_demo(cover_width=TINY))


def counts():
    return {model.__name__: model._default_manager.count() for model in COUNTED}


def test_everything_is_there(loaded):
    assert PracticePage.objects.published().filter(is_demo=True).count() == 18
    assert NewsPage.objects.live().filter(is_demo=True).count() == 15
    assert CollectionPage.objects.live().filter(is_demo=True).count() == 3
    assert Organisation.objects.filter(is_demo=True).count() == 19  # with the academy
    assert set(User.objects.filter(is_demo=True).values_list("email", flat=True)) == {a.email for a in ACCOUNTS}
    assert PortalSettings.load().demo_notice == "Демонстрационные данные: организации, показатели и события вымышлены."


def test_nothing_was_remarked_on_and_the_second_run_changes_nothing(loaded):
    before, files = counts(), files_in(loaded)
    lines = load_again()
    assert counts() == before
    assert files_in(loaded) == files
    assert [line for line in lines if line.startswith("  ")] == []
    assert all("загружено 0" in line for line in lines)


def test_one_contest_is_open_one_runs_one_has_just_ended_and_the_archive_has_winners(loaded):
    rows = current(3)
    assert [row["state"] for row in rows] == ["open", "running", "finished"]
    assert 5 <= int(rows[0]["number"]) <= 60
    assert {(award.year, award.series) for award in awards()} >= {
        (2022, "luchshaya-doo-goda"), (2022, "vospitatel-goda"), (2022, "vospitateli-rossii"),
        (2021, "luchshaya-doo-goda"), (2021, "vospitatel-goda"),
    }  # fmt: skip
    assert not ContestResult.objects.exclude(name="").exists()
    for page in ContestPage.objects.live():
        assert page.cover and page.cover_alt
        assert all(result.organisation for result in page.results.all())


def test_a_passport_is_complete(loaded):
    for page in PracticePage.objects.filter(is_demo=True, live=True):
        words = {vocabulary: page.terms_of(vocabulary) for vocabulary in Vocabulary}
        for vocabulary in (Vocabulary.KIND, Vocabulary.QUALITY_AREA, Vocabulary.AUDIENCE, Vocabulary.MATURITY,
                           Vocabulary.APPROBATION, Vocabulary.LICENCE):  # fmt: skip
            assert words[vocabulary], (page.slug, vocabulary)
        assert page.tags.count() >= 3
        assert page.authors.count() >= 1
        assert all(len(stream) for stream in (page.tasks, page.steps, page.indicators, page.risks, page.files))
        assert page.cover and page.cover_alt and len(page.photos) == 2
        assert page.organisation.is_demo and page.organisation.municipality == page.municipality
        assert page.launch_time and page.evidence
        assert page.goal and page.problem and page.replication and page.results_summary and page.res_material


@pytest.mark.parametrize(("score", "level"), [(94, "best"), (85, "best"), (84, "recommended"), (74, "recommended")])
def test_recognition_follows_the_score(loaded, score, level):
    row = next(row for row in content.practices() if row["score"] == score)
    page = PracticePage.objects.get(external_id=f"demo-{row['key']}")
    assert (page.level, page.level_on) == (RecognitionLevel(level), dt.date.fromisoformat(row["published_on"]))


def test_blocks_pass_the_editors_own_checks(loaded):
    streams = ("tasks", "steps", "indicators", "risks", "replicated_by", "files", "photos")
    for page in PracticePage.objects.filter(is_demo=True):
        page.full_clean()
        for name in streams:
            stream = getattr(page, name)
            stream.stream_block.clean(stream)
    for page in NewsPage.objects.filter(is_demo=True):
        page.full_clean()
        page.body.stream_block.clean(page.body)
    used = {block.block_type for page in NewsPage.objects.filter(is_demo=True) for block in page.body}
    assert used == {"text", "quote", "table", "accordion", "files", "gallery", "video"}


def test_neighbours_in_the_list_look_different(loaded):
    pages = PracticePage.objects.filter(is_demo=True).order_by("external_id")
    alts = [page.cover_alt for page in pages]
    assert all(here != there for here, there in itertools.pairwise(alts))
    assert all(photo.value["alt"] != page.cover_alt for page in pages for photo in page.photos)


def test_files_can_be_downloaded(loaded):
    for document in PortalDocument.objects.filter(is_demo=True):
        with default_storage.open(document.file.name) as file:
            head = file.read(4)
        expected = {"PDF": b"%PDF", "DOCX": b"PK\x03\x04", "XLSX": b"PK\x03\x04", "JPG": b"\xff\xd8\xff\xe0"}
        assert head == expected[document.kind], document.file.name
        assert document.file_size == default_storage.size(document.file.name)


def test_numbers_of_organisations_have_right_control_digits(loaded):
    numbers = list(Organisation.objects.filter(is_demo=True).values_list("inn", flat=True))
    assert len(set(numbers)) == len(numbers) == 19
    for number in numbers:
        validate_inn(number)


def test_news_keep_their_order_and_the_newest_is_a_few_days_old(loaded):
    pages = NewsPage.objects.filter(is_demo=True).order_by("date")
    assert [page.slug for page in pages] == [row["slug"] for row in content.read("news")]
    age = timezone.localdate() - pages.last().date
    assert 1 <= age.days <= 7
    assert all(page.first_published_at.date() == page.date for page in pages)


def test_an_editor_finds_history_search_and_references(loaded):
    from wagtail.search.models import IndexEntry

    for page in Page.objects.filter(pk__in=PracticePage.objects.filter(is_demo=True, live=True)).specific():
        assert page.latest_revision is not None and page.live_revision == page.latest_revision
        assert PageLogEntry.objects.filter(page_id=page.pk, action="wagtail.publish").exists()
        assert ReferenceIndex.get_references_for_object(page).count() > 5
        assert IndexEntry.objects.filter(object_id=str(page.pk)).exists()
        assert page.first_published_at.date() == page.published_on


def test_the_tree_is_sound(loaded):
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize("name", ["admin", "editor", "mouo2", "trainee"])
def test_an_account_signs_in(loaded, client, name):
    assert client.login(email=f"{name}@example.org", password=DEFAULT_PASSWORD)


def test_roles_of_accounts(loaded):
    groups = {user.email: [g.name for g in user.groups.all()] for user in User.objects.filter(is_demo=True)}
    assert groups["editor@example.org"] == ["Редакторы новостей и событий"]
    assert groups["editor2@example.org"] == ["Редакторы банка практик"]
    assert groups["moderator@example.org"] == ["Модераторы"]
    assert [user.email for user in User.objects.filter(is_demo=True, is_superuser=True)] == ["admin@example.org"]
    assert EmailAddress.objects.filter(user__is_demo=True, verified=True, primary=True).count() == len(ACCOUNTS)


def test_the_password_comes_from_the_environment(loaded, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "another-word-2022")
    User.objects.filter(email="teacher@example.org").delete()
    DemoLoad.objects.filter(key="account:teacher").delete()
    load_again()
    assert User.objects.get(email="teacher@example.org").check_password("another-word-2022")
    assert list(describe())[-1] == "Пароль: тот, что был в DEMO_PASSWORD"
    monkeypatch.delenv("DEMO_PASSWORD")
    assert list(describe())[-1] == f"Пароль: {DEFAULT_PASSWORD}"


def test_only_accounts_that_can_enter_are_printed(loaded):
    User.objects.filter(email="teacher@example.org").update(is_active=False)
    assert not any("teacher@" in line for line in describe())


@pytest.mark.parametrize("model", [PracticePage, NewsPage, CollectionPage])
def test_pages_are_shown(loaded, client, model):
    case = WagtailPageTestCase()
    case.client, case.dummy_request = client, get_dummy_request()
    for page in model.objects.filter(is_demo=True, live=True):
        case.assertPageIsRenderable(page)


def test_what_people_changed_stays(loaded):
    page = PracticePage.objects.get(external_id="demo-p01")
    page.title = "Название, которое дал редактор"
    page.save_revision().publish()
    Organisation.objects.filter(slug="detskiy-sad-lastochka").update(address="ул. Другая, д. 1")
    User.objects.filter(email="editor@example.org").update(first_name="Новое имя")
    settings = PortalSettings.load()
    settings.demo_notice = ""
    settings.save()
    before = counts()
    load_again()
    assert counts() == before
    assert PracticePage.objects.get(external_id="demo-p01").title == "Название, которое дал редактор"
    assert Organisation.objects.get(slug="detskiy-sad-lastochka").address == "ул. Другая, д. 1"
    assert User.objects.get(email="editor@example.org").first_name == "Новое имя"
    assert PortalSettings.objects.get().demo_notice == ""


def test_what_people_deleted_is_not_made_again(loaded):
    PracticePage.objects.get(external_id="demo-p05").delete()
    NewsPage.objects.get(slug="vospitatel-goda-itogi").delete()
    User.objects.get(email="jury2@example.org").delete()
    load_again()
    assert not PracticePage.objects.filter(external_id="demo-p05").exists()
    assert not NewsPage.objects.filter(slug="vospitatel-goda-itogi").exists()
    assert not User.objects.filter(email="jury2@example.org").exists()
