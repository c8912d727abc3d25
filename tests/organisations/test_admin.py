"""Editors keep the registry: lists, forms, the import in three steps."""

import io

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.accounts.models import User
from portal.organisations.domain.uploads import confirm
from portal.organisations.models import ImportStatus, Municipality, Organisation, OrganisationImport
from tests.factories.organisations import OrganisationFactory, valid_inn

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

UPLOAD = "organisation_imports"


@pytest.fixture
def editor(client):
    user = User.objects.create_user(email="redaktor@example.org", password="long-enough-1")
    user.groups.add(Group.objects.get(name="Редакторы"))
    client.force_login(user)
    return client


def screen(model, view, *args):
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def names_listed(client, model, **params):
    return [str(row) for row in client.get(screen(model, "list"), params).context["object_list"]]


def table(*rows):
    lines = ["название;муниципалитет;ИНН", *(";".join(row) for row in rows)]
    return SimpleUploadedFile("сады.csv", "\n".join(lines).encode(), content_type="text/csv")


@pytest.fixture
def upload(editor, django_capture_on_commit_callbacks):
    def send(file):
        with django_capture_on_commit_callbacks(execute=True):
            answer = editor.post(reverse(UPLOAD), {"table": file})
        return editor.get(answer.url) if answer.status_code == 302 else answer

    return send


@pytest.fixture
def act(editor, django_capture_on_commit_callbacks):
    def press(job, action):
        with django_capture_on_commit_callbacks(execute=True):
            answer = editor.post(reverse("organisation_import", args=[job.pk]), {"action": action})
        return editor.get(answer.url)

    return press


GOOD = ("Детский сад «Заря»", "Камышин", valid_inn(1))
BAD = ("Детский сад «Мир»", "Комышин", "")


def test_registry_is_searched_filtered_and_sorted(editor):
    kamyshin = Municipality.objects.get(slug="kamyshin")
    for name in ("Ёлочка", "Жук", "Ель"):
        OrganisationFactory(short_name=name, municipality=kamyshin)
    OrganisationFactory(short_name="Закрытая", closed_on="2021-01-01", is_demo=True)
    assert names_listed(editor, Organisation, q="ЕЛОЧ") == ["Ёлочка"]
    assert names_listed(editor, Organisation, municipality=kamyshin.pk) == ["Ель", "Ёлочка", "Жук"]
    assert names_listed(editor, Organisation, closed_on="true") == ["Закрытая"]
    assert names_listed(editor, Organisation, closed_on="false") == ["Ель", "Ёлочка", "Жук"]
    assert names_listed(editor, Organisation, is_demo="true") == ["Закрытая"]


def test_municipalities_are_filtered_by_kind(editor):
    assert len(names_listed(editor, Municipality, kind="city_district")) == 8
    assert editor.get(screen(Municipality, "edit", Municipality.objects.first().pk)).status_code == 200


def test_other_names_of_a_municipality_are_edited_by_lines(editor):
    place = Municipality.objects.get(slug="elanskiy")
    form = {
        name: getattr(place, name) for name in ("name", "short_name", "genitive", "kind", "slug", "centre", "oktmo")
    }
    response = editor.post(
        screen(Municipality, "edit", place.pk), {**form, "aliases": "Елань\r\n\r\n Елань-край ", "intro": ""}
    )
    assert response.status_code == 302
    place.refresh_from_db()
    assert place.aliases == ["Елань", "Елань-край"]


def test_wrong_inn_is_explained_in_the_form(editor):
    form = {"name": "Сад", "short_name": "Сад", "inn": "3412345678"}
    page = editor.post(screen(Organisation, "add"), form).content.decode()
    assert "Контрольная цифра ИНН не сходится" in page
    assert "персональные данные" in page


def test_new_organisation_gets_its_code(editor):
    place = Municipality.objects.get(slug="kamyshin")
    form = {"name": "Сад «Жар-птица»", "short_name": "Сад «Жар-птица»", "municipality": place.pk}
    assert editor.post(screen(Organisation, "add"), form).status_code == 302
    assert Organisation.objects.get().slug == "sad-zhar-ptitsa"


def test_chooser_of_organisations_finds_by_key(editor):
    OrganisationFactory(short_name="Ёлочка")
    OrganisationFactory(short_name="Другая")
    viewset = Organisation.snippet_viewset.chooser_viewset
    page = editor.get(reverse(viewset.get_url_name("choose_results")), {"q": "елочка"}).content.decode()
    assert "Ёлочка" in page
    assert "Другая" not in page


def test_table_is_checked_then_written_after_confirmation(upload, act):
    page = upload(table(GOOD)).content.decode()
    assert "Новых: 1" in page
    assert not Organisation.objects.exists()
    job = OrganisationImport.objects.get()
    assert "Записано." in act(job, "confirm").content.decode()
    assert Organisation.objects.get().name == "Детский сад «Заря»"
    job.refresh_from_db()
    assert (job.status, bytes(job.content)) == (ImportStatus.DONE, b"")


def test_table_with_a_refused_row_cannot_be_confirmed(upload, act):
    page = upload(table(GOOD, BAD)).content.decode()
    assert "неизвестно «Комышин» (возможно, «г. Камышин»)" in page
    assert "Записать в реестр" not in page
    act(OrganisationImport.objects.get(), "confirm")
    assert not Organisation.objects.exists()


def test_file_that_is_no_table_is_refused_with_a_sentence(upload):
    page = upload(SimpleUploadedFile("sady.xlsx", b"%PDF-1.7")).content.decode()
    assert "Таблица не принята." in page
    assert "Это PDF." in page
    assert bytes(OrganisationImport.objects.get().content) == b""


def test_table_that_is_too_big_is_refused_at_once(upload):
    page = upload(SimpleUploadedFile("sady.csv", io.BytesIO(b"0" * (5 * 1024 * 1024 + 1)).read()))
    assert "Файл больше 5 МБ" in page.content.decode()
    assert not OrganisationImport.objects.exists()


def test_table_given_up_is_forgotten(upload, act):
    upload(table(GOOD))
    act(OrganisationImport.objects.get(), "give_up")
    assert not OrganisationImport.objects.exists()
    assert not Organisation.objects.exists()


def test_second_click_writes_nothing_more(upload, act, editor):
    upload(table(GOOD))
    job = OrganisationImport.objects.get()
    act(job, "confirm")
    assert "уже записывают или записали" in act(job, "confirm").content.decode()
    assert Organisation.objects.count() == 1


def test_running_work_shows_how_far_it_is_without_scripts(editor):
    job = OrganisationImport.objects.create(name="сады.xlsx", rows_read=400)
    page = editor.get(reverse("organisation_import", args=[job.pk]))
    assert "Прочитано: 400 строк" in page.content.decode()
    assert page.headers["Refresh"] == "2"


def test_work_that_was_cut_off_can_be_started_again(editor, act):
    content = table(GOOD).read()
    job = OrganisationImport.objects.create(name="сады.csv", content=content)
    OrganisationImport.objects.update(touched_at="2022-01-01T00:00:00Z")
    assert "Начать снова" in editor.get(reverse("organisation_import", args=[job.pk])).content.decode()
    assert "Новых: 1" in act(job, "restart").content.decode()


def test_import_is_closed_to_those_who_may_not_change_the_registry(client):
    user = User.objects.create_user(email="koordinator@example.org", password="long-enough-1")
    client.force_login(user)
    assert client.get(reverse(UPLOAD)).status_code in {302, 403, 404}
    job = OrganisationImport.objects.create(name="сады.csv")
    with pytest.raises(PermissionDenied):
        confirm(job, actor=user)
