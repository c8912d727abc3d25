"""A plan edited as a table: exactly the edits are shown, then all of them are made or none."""

from __future__ import annotations

import datetime as dt
import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.roadmap.enums import ChangeKind
from portal.roadmap.models import PlanChange

pytestmark = pytest.mark.integration
ORDER = {"Причина изменения": "Карантин.", "№ приказа": "17", "Дата приказа": dt.date(2022, 5, 20)}


@pytest.fixture
def address(plan):
    return reverse("roadmap_plan_table", args=[plan.pk])


@pytest.fixture
def downloaded(client, plan):
    """The plan as its XLSX has it."""
    return openpyxl.load_workbook(io.BytesIO(client.get("/roadmap/plan-2022/export.xlsx").content))


def edit(book, changes):
    """Put values into cells: {(place, name of a column): value}."""
    sheet = book.active
    names = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        for (place, name), value in changes.items():
            if row[0].value == place:
                row[names.index(name)].value = value
    return book


def upload(client, address, book, name="plan.xlsx"):
    content = io.BytesIO()
    book.save(content)
    response = client.post(address, {"table": SimpleUploadedFile(name, content.getvalue())})
    assert response.status_code == 200
    return response


def cells(page):
    rows = re.findall(r"<tr><td>(\d+)</td><td>(\w+)</td><td>(.+?)</td><td>(.+?)</td><td><b>(.+?)</b></td></tr>", page)
    return [row[1:] for row in rows]


def signed(page):
    return re.search(r'name="edits" value="([^"]+)"', page)[1]


def test_what_was_downloaded_and_not_edited_changes_nothing(admin_client, address, downloaded):
    page = upload(admin_client, address, downloaded).content.decode()
    assert "В таблице нет правок" in page and 'name="edits"' not in page


def test_the_approved_plan_comes_back_without_edits(admin_client, db):
    from portal.roadmap.models import RoadmapPage

    plan = RoadmapPage.objects.get(slug="2021-2022")
    book = openpyxl.load_workbook(io.BytesIO(admin_client.get("/roadmap/2021-2022/export.xlsx").content))
    page = upload(admin_client, reverse("roadmap_plan_table", args=[plan.pk]), book).content.decode()
    assert "Пунктов без изменений: 23" in page


def test_the_preview_is_exactly_the_edits_and_writes_nothing(admin_client, address, downloaded, items):
    moved = {(1, name): value for name, value in {"Окончание": dt.date(2022, 4, 30), **ORDER}.items()}
    book = edit(
        downloaded,
        {**moved, (2, "План"): 6, (2, "Причина изменения"): "Больше заявок.", (3, "Сроки"): "раз в  квартал"},
    )
    page = upload(admin_client, address, book).content.decode()
    assert cells(page) == [
        ("1", "Окончание", "31.03.2022", "30.04.2022"),
        ("2", "План", "4", "6"),
        ("3", "Сроки", "1 раз в квартал", "раз в  квартал"),
    ]
    items[2].refresh_from_db()
    assert items[2].planned == 4 and not PlanChange.objects.exists()


def test_confirmed_edits_are_made_by_the_verbs_with_their_history(admin_client, address, downloaded, items, admin_user):
    moved = {(1, name): value for name, value in {"Окончание": dt.date(2022, 4, 30), **ORDER}.items()}
    book = edit(
        downloaded,
        {**moved, (2, "План"): None, (2, "Причина изменения"): "Один раз.", (3, "Наименование"): "Встречи\nгода"},
    )
    page = upload(admin_client, address, book).content.decode()
    response = admin_client.post(address, {"edits": signed(page)})
    assert response.status_code == 302
    for item in items.values():
        item.refresh_from_db()
    assert items[1].ends_on == dt.date(2022, 4, 30) and items[2].planned is None
    assert items[3].title_text == "Встречи\nгода"
    change = PlanChange.objects.get(kind=ChangeKind.DATES)
    assert (change.order_number, change.order_date, change.reason, change.made_by) == (
        "17", dt.date(2022, 5, 20), "Карантин.", admin_user,
    )  # fmt: skip
    assert sorted(PlanChange.objects.values_list("kind", flat=True)) == ["dates", "quantity", "wording"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({(1, "Окончание"): dt.date(2022, 4, 30)}, "нужен столбец «Причина изменения»"),
        ({(1, "Окончание"): "завтра"}, "Окончание: «завтра» — не дата"),
        ({(1, "Окончание"): dt.date(2021, 1, 1)}, "окончание раньше начала"),
        ({(2, "План"): 0}, "не целое число от единицы"),
        ({(2, "План"): "много"}, "«много» — не целое число"),
        ({(2, "План"): 5}, "нужен столбец «Причина изменения»"),
        ({(1, "Наименование"): None}, "Наименование: не может быть пустым"),
        ({(1, "№"): "1" * 30}, "длиннее 20 знаков"),
        ({(3, "Место"): 1}, "место 1 стоит в таблице дважды"),
        ({(3, "Место"): 77}, "места «77» в плане нет"),
    ],
)
def test_a_faulty_row_is_named_and_the_whole_table_changes_nothing(
    admin_client, address, downloaded, items, changes, words
):
    changes = {**changes, (2, "Сроки"): "Когда-нибудь"}
    page = upload(admin_client, address, edit(downloaded, changes)).content.decode()
    assert words in page and "Таблицу нельзя записать" in page and 'name="edits"' not in page
    items[2].refresh_from_db()
    assert items[2].period_text == "Апрель-сентябрь 2022"


def test_edits_that_meet_a_newer_change_are_not_made_at_all(admin_client, address, downloaded, items):
    page = upload(
        admin_client, address, edit(downloaded, {(1, "Сроки"): "Весна", (2, "Сроки"): "Лето"})
    ).content.decode()
    items[2].period_text = "Уже осень"
    items[2].save()
    answer = admin_client.post(address, {"edits": signed(page)}).content.decode()
    assert "пункт изменили, пока вы смотрели" in answer
    items[1].refresh_from_db()
    assert items[1].period_text == "Март 2022"


def test_edits_cannot_be_forged(admin_client, address, downloaded, items):
    page = upload(admin_client, address, edit(downloaded, {(1, "Сроки"): "Весна"})).content.decode()
    answer = admin_client.post(address, {"edits": signed(page)[:-3] + "abc"})
    assert answer.status_code == 200
    items[1].refresh_from_db()
    assert items[1].period_text == "Март 2022"


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04broken", b"%PDF-1.4", "Место;Лишнее\n1;2".encode(), b"\xd0\xcf\x11\xe0"]
)
def test_what_is_no_such_table_is_refused_with_a_sentence(admin_client, address, content):
    response = admin_client.post(address, {"table": SimpleUploadedFile("plan.xlsx", content)})
    assert response.status_code == 200 and 'name="edits"' not in response.content.decode()


def test_a_stranger_and_another_owner_find_no_screen(client, address, plan, django_user_model, settings):
    from django.contrib.auth.models import Group

    user = django_user_model.objects.create_user(email="editor@example.org", password="portal-test-2022")
    user.groups.add(Group.objects.get(name="Редакторы"))
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert client.get(address).status_code == 404
    assert client.post(address, {"edits": "x"}).status_code == 404


def test_the_owner_moves_terms_and_leaves_the_words_to_administrators(
    client, address, plan, downloaded, items, django_user_model, settings
):
    owner = django_user_model.objects.create_user(email="owner@example.org", password="portal-test-2022")
    plan.owner_user = owner
    plan.save_revision().publish()
    client.force_login(owner, backend=settings.AUTHENTICATION_BACKENDS[0])
    moved = {(1, name): value for name, value in {"Окончание": dt.date(2022, 4, 30), **ORDER}.items()}
    page = upload(client, address, edit(downloaded, moved)).content.decode()
    assert client.post(address, {"edits": signed(page)}).status_code == 302
    items[1].refresh_from_db()
    assert items[1].ends_on == dt.date(2022, 4, 30)
    page = upload(client, address, edit(downloaded, {(2, "Сроки"): "Лето"})).content.decode()
    assert "слова документа меняет только администратор" in page
