from __future__ import annotations

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.models import Page, ReferenceIndex, Revision

from portal.accounts.models import User
from portal.core.models import Demonstrable, PortalSettings
from portal.demo.load import load_demo
from portal.demo.models import DemoLoad
from portal.demo.remove import remove_demo
from portal.demo.storage import image_place
from portal.files.models import PortalImage
from portal.news.models import NewsIndexPage, NewsPage
from portal.organisations.models import Organisation
from practices.models import CollectionItem, CollectionPage, PracticeIndexPage, PracticePage
from tests.demo.conftest import TINY, files_in

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("db")]

MARKED = [model for model in apps.get_models() if issubclass(model, Demonstrable)]


def left():
    return {model.__name__: model._default_manager.filter(is_demo=True).count() for model in MARKED}


def test_no_marked_row_and_no_file_is_left(loaded):
    image = PracticePage.objects.get(external_id="demo-p01").cover
    image.get_rendition("width-32")
    demo_pages = [str(pk) for model in (PracticePage, NewsPage, CollectionPage)
                  for pk in model.objects.values_list("pk", flat=True)]  # fmt: skip
    lines = list(remove_demo())
    assert set(left().values()) == {0}
    assert files_in(loaded) == []
    assert [path for path in loaded.rglob("*") if path.is_dir() and path.parent != loaded] == []
    assert not Revision.objects.filter(object_id__in=demo_pages, base_content_type__model="page").exists()
    assert not ReferenceIndex.objects.filter(object_id__in=demo_pages, base_content_type__model="page").exists()
    assert not DemoLoad.objects.exists()
    assert PortalSettings.objects.get().demo_notice == ""
    assert "Удалено: практики — 19" in lines and "Удалено: учётные записи — 22" in lines
    assert Page.find_problems() == ([], [], [], [], [])
    assert PracticeIndexPage.objects.get().numchild == 0


def test_it_can_be_loaded_again(loaded):
    files = files_in(loaded)
    list(remove_demo())
    list(load_demo(cover_width=TINY))
    assert PracticePage.objects.published().count() == 18
    assert files_in(loaded) == files


def test_a_second_removal_finds_nothing(loaded):
    list(remove_demo())
    assert list(remove_demo()) == []


def test_what_people_made_stays_and_is_named(loaded):
    organisation = Organisation.objects.get(slug="detskiy-sad-lastochka")
    person = User.objects.create_user("person@example.com", "own-password-77")
    practice = PracticePage(title="Своя практика", slug="svoya", organisation=organisation, owner=person)
    PracticeIndexPage.objects.get().add_child(instance=practice)
    practice.save_revision(user=person).publish()
    collection = CollectionPage(title="Своя подборка", slug="svoya-podborka")
    collection.items = [CollectionItem(practice=PracticePage.objects.get(external_id="demo-p01")),
                        CollectionItem(practice=practice)]  # fmt: skip
    PracticeIndexPage.objects.get().add_child(instance=collection)
    settings = PortalSettings.load()
    settings.demo_notice = "Слова редактора"
    settings.save()

    lines = list(remove_demo())

    assert PracticePage.objects.get() == practice
    assert practice.revisions.count() == 1
    assert list(collection.items.values_list("practice", flat=True)) == [practice.pk]
    assert list(Organisation.objects.filter(is_demo=True)) == [organisation]
    assert PortalSettings.objects.get().demo_notice == "Слова редактора"
    assert User.objects.get() == person
    assert any("Детский сад «Ласточка»" in line and "Своя практика" in line for line in lines), lines
    assert any("Своя подборка" in line for line in lines)


def test_a_picture_on_a_page_of_people_stays_with_its_file(loaded, few):
    image = PracticePage.objects.get(external_id="demo-p02").cover
    page = NewsPage(title="Своя новость", slug="svoya-novost", cover=image, cover_alt="Рисунок")
    NewsIndexPage.objects.get().add_child(instance=page)
    ReferenceIndex.create_or_update_for_object(page)
    lines = list(remove_demo())
    page.refresh_from_db()
    assert page.cover == image
    assert files_in(loaded) == [image.file.name]
    assert any("Оставлен файл" in line for line in lines)
    list(load_demo(cover_width=TINY))
    assert default_storage.exists(image.file.name)
    assert PortalImage.objects.filter(file=image.file.name).count() == 1


def test_a_file_left_by_a_kill_goes_too(loaded):
    list(remove_demo())
    default_storage.save(image_place("practice:p03:photo1"), ContentFile(b"left"))
    list(remove_demo())
    assert files_in(loaded) == []


def test_the_journal_of_people_is_kept(loaded):
    from wagtail.log_actions import log
    from wagtail.models import PageLogEntry

    person = User.objects.create_user("person@example.com", "own-password-77")
    page = PracticePage.objects.get(external_id="demo-p01")
    log(page, "wagtail.edit", user=person)
    list(remove_demo())
    assert [entry.action for entry in PageLogEntry.objects.filter(page_id=page.pk)] == ["wagtail.edit"]
