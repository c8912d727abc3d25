"""Files of the library follow the page that shows them."""

from __future__ import annotations

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from portal.files.models import PortalDocument, PortalImage
from portal.home.models import ContentPage

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("media")]

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"


@pytest.fixture
def image():
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(file, "JPEG")
    return PortalImage.objects.create(title="Снимок", file=ContentFile(file.getvalue(), name="snimok.jpg"))


@pytest.fixture
def document():
    return PortalDocument.objects.create(title="Положение", file=ContentFile(PDF, name="polozhenie.pdf"))


@pytest.fixture
def files(image, document):
    """Addresses of a scaled copy of the image and of the document."""
    return [image.get_rendition("width-30").url, document.url]


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    def run(action):
        with django_capture_on_commit_callbacks(execute=True):
            return action()

    return run


@pytest.fixture
def show(home, image, document, commit):
    """Make a page that shows both files."""

    def build(slug="test-page", parent=None, *, live=True):
        body = [("files", {"title": "", "files": [{"title": "Положение", "document": document}]})]
        page = ContentPage(title="Страница", slug=slug, live=False, social_image=image, body=body)

        def make():
            (parent or home).add_child(instance=page)
            if live:
                page.save_revision().publish()

        commit(make)
        return ContentPage.objects.get(pk=page.pk)

    return build


def statuses(client, files):
    return [client.get(url).status_code for url in files]


def test_files_that_nothing_shows_are_404(client, files):
    assert statuses(client, files) == [404, 404]


def test_files_of_a_draft_are_404_and_of_the_published_page_are_200(client, files, show, commit):
    page = show(live=False)
    assert statuses(client, files) == [404, 404]
    commit(lambda: page.save_revision().publish())
    assert statuses(client, files) == [200, 200]


def test_taking_the_page_down_closes_its_files_at_once(client, files, show, commit):
    page = show()
    assert statuses(client, files) == [200, 200]
    commit(page.unpublish)
    assert statuses(client, files) == [404, 404]


def test_files_of_a_live_page_under_an_unpublished_one_are_404(client, files, home, show, commit):
    parent = commit(lambda: home.add_child(instance=ContentPage(title="Раздел", slug="test-parent")))
    show(parent=parent)
    assert statuses(client, files) == [200, 200]
    commit(Page.objects.get(pk=parent.pk).unpublish)
    assert statuses(client, files) == [404, 404]


def test_files_of_a_closed_page_are_404_for_strangers_and_200_for_those_let_in(client, files, show, commit, admin_user):
    page = show()
    commit(
        lambda: PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN),
    )
    assert statuses(client, files) == [404, 404]
    type(admin_user).objects.filter(pk=admin_user.pk).update(is_superuser=False, is_staff=False)
    client.force_login(type(admin_user).objects.get(pk=admin_user.pk))
    assert statuses(client, files) == [200, 200]
    assert client.get(files[0]).headers["Cache-Control"] == "private, no-store"


def test_file_taken_out_in_a_draft_stays_until_the_draft_is_published(client, files, show, commit):
    page = show()
    page.social_image, page.body = None, []
    commit(page.save_revision)
    assert statuses(client, files) == [200, 200]
    commit(lambda: page.get_latest_revision().publish())
    assert statuses(client, files) == [404, 404]


def test_file_added_in_a_draft_of_a_live_page_is_404(client, files, home, commit, image):
    page = commit(lambda: home.add_child(instance=ContentPage(title="Страница", slug="test-page")))
    page.social_image = image
    commit(page.save_revision)
    assert statuses(client, files) == [404, 404]


def test_those_who_work_in_the_admin_see_everything(admin_client, files):
    assert statuses(admin_client, files) == [200, 200]
    assert admin_client.get(files[0]).headers["Cache-Control"] == "private, no-store"


def test_original_of_a_picture_is_never_served(admin_client, image, show):
    show()
    assert admin_client.get(f"/media/{image.file.name}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "renditions/1/../../portal.sqlite3",
        "renditions/1/..%2f..%2fenv",
        "renditions/1/.hidden.jpg",
        "renditions/0x1/a.jpg",
        "renditions/99999999999999999999/a.jpg",
        "renditions/1/a.svg",
        "documents/polozhenie.pdf",
        "",
    ],
)
def test_nothing_but_scaled_pictures_stands_under_media(admin_client, path):
    assert admin_client.get(f"/media/{path}").status_code == 404


def test_lost_file_is_404(client, image, files, show):
    show()
    rendition = image.renditions.get()
    rendition.file.storage.delete(rendition.file.name)
    assert client.get(files[0]).status_code == 404


def test_picture_is_harmless_and_cached_for_a_minute(client, files, show):
    show()
    response = client.get(files[0])
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "public, max-age=60"
    again = client.get(files[0], headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_pdf_is_shown_in_place_and_anything_odd_is_saved(client, files, show, document):
    show()
    shown = client.get(files[1])
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert b"".join(shown.streaming_content) == PDF
    document.file.save("tablica.xlsx", ContentFile(b"PK"))
    saved = client.get(document.url)
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert saved.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in saved.headers["Content-Security-Policy"]


def test_document_of_a_private_collection_stays_closed(client, files, show, document):
    show()
    closed = Collection.get_first_root_node().add_child(name="Закрытая")
    CollectionViewRestriction.objects.create(
        collection=closed, restriction_type=CollectionViewRestriction.PASSWORD, password="pass"
    )
    PortalDocument.objects.filter(pk=document.pk).update(collection=closed)
    response = client.get(files[1])
    assert "Content-Disposition" not in response.headers
    assert PDF not in response.content


def test_second_picture_of_the_same_version_costs_no_query(client, files, show, django_assert_num_queries):
    show()
    client.get(files[0])
    with django_assert_num_queries(0):
        assert client.get(files[0]).status_code == 200
