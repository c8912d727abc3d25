"""The end of a quarter: the owner of the roadmap decides, moves a term, writes an update, takes the report; visitors see it."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pytest
from django.core.management import call_command
from openpyxl import Workbook
from PIL import Image

from portal.roadmap.domain.copying import copy_plan
from portal.roadmap.domain.facts import confirm
from portal.roadmap.models import Fact, ItemResponsible, PlanItem, RoadmapPage
from tests.e2e.conftest import PASSWORD
from tests.e2e.test_editor_journey import faults
from tests.factories.people import make_account
from tests.factories.roadmap import prove

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
TODAY = "2023-06-21 12:00:00+03:00"  # nine days before the end of the second quarter
COPY = {"title": "Дорожная карта 2022–2023", "slug": "2022-2023"}


@pytest.fixture(autouse=True)
def at_the_end_of_june(time_machine):
    time_machine.move_to(TODAY, tick=True)


@pytest.fixture
def plan(live_server, media):
    """The approved plan a year later: two facts of item 15 are counted, three wait for a word."""
    owner = make_account("vladelec@example.org", PASSWORD, first_name="Проба", last_name="Тестова")
    approved = RoadmapPage.objects.get(slug="2021-2022")
    plan = copy_plan(approved, shift_months=12, is_demo=False, **COPY)
    plan.owner_user = owner
    plan.save_revision().publish()
    for month in (2, 3):
        page = prove([item(plan, 15)], date=dt.date(2023, month, 10), title=f"Встреча месяца {month}")
        confirm(Fact.objects.get(page=page), actor=owner)
    prove([item(plan, 15)], date=dt.date(2023, 6, 6), title="Открытый показ")
    prove([item(plan, 11)], date=dt.date(2023, 6, 8), title="Собраны описания")
    prove([item(plan, 15)], date=dt.date(2023, 6, 9), title="Снова о показе")
    return plan


def item(plan, position):
    return PlanItem.objects.get(plan=plan, position=position)


def picture():
    file = io.BytesIO()
    Image.new("RGB", (800, 500), "#2b7").save(file, "PNG")
    return {"name": "pokaz.png", "mimeType": "image/png", "buffer": file.getvalue()}


def sheet():
    book, file = Workbook(), io.BytesIO()
    book.active.append(["Детский сад", "Практик"])
    book.save(file)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "opisaniya.xlsx", "mimeType": kind, "buffer": file.getvalue()}


def upload(page, button, file, title):
    """Add a picture or a file to the library from the form of an update, and choose it."""
    page.get_by_role("button", name=button).click()
    page.get_by_role("tab", name="Загрузка").click()
    page.locator(".modal [type=file]").set_input_files(file)
    page.locator(".modal [name$=upload-title]").fill(title)
    page.locator(".modal #tab-upload [type=submit]").click()
    page.locator(".modal").wait_for(state="detached")


def in_order(text, *words):
    """Tell whether `words` stand in `text` one after another."""
    places = [text.find(word) for word in words]
    return -1 not in places and places == sorted(places)


def test_the_owner_at_the_end_of_a_quarter(page, sign_in, plan):
    sign_in("vladelec@example.org")
    page.goto("/admin/")
    stock = faults(page)
    page.goto("/admin/account/")
    stock |= faults(page)

    # what keeps quiet stands first, in words
    page.get_by_role("link", name="Моя дорожная карта").click()
    page.get_by_role("heading", name="Ждут вашего решения: 3").wait_for()
    assert in_order(
        page.locator("main").inner_text(),
        "Требуют внимания",
        "15: 2 из 3, квартал кончается через 9 дней",
        "Ждут вашего решения: 3",
        "Пункты плана",
    )
    assert faults(page) <= stock

    # the document's words beside the plan, with the note that they disagree, and the due lines
    page.get_by_role("link", name="15: 2 из 3").click()
    page.get_by_role("heading", name="По периодам").wait_for()
    body = page.locator("main").inner_text()
    for words in ("1 раз в квартал", "Проведено 3 мероприятия", "план 3 (мероприятия)", "четыре раза за год"):
        assert words in body
    assert in_order(body, *(f"{number} квартал 2023" for number in ("I", "II", "III", "IV")))
    assert faults(page) <= stock

    # two are counted at once, one is refused with a reason
    page.goto("/admin/roadmap/")
    page.get_by_label("Открытый показ, пункт 15").check()
    page.get_by_label("Собраны описания, пункт 11").check()
    page.get_by_role("button", name="Засчитать отмеченные", exact=True).click()
    page.get_by_role("heading", name="Засчитать 2 факта?").wait_for()
    assert faults(page) <= stock
    page.get_by_role("button", name="Засчитать 2 факта").click()
    page.get_by_text("Засчитано: 2 факта.").wait_for()
    page.get_by_label("Снова о показе, пункт 15").check()
    page.get_by_role("button", name="Не засчитывать отмеченные").click()
    page.get_by_label("Почему не засчитано").fill("Тот же показ, что 6 июня.")
    assert faults(page) <= stock
    page.get_by_role("button", name="Не засчитывать 1 факт").click()
    page.get_by_text("Не засчитано: 1 факт.").wait_for()
    refused = Fact.objects.get(state="refused")
    assert (refused.title, refused.decision_note) == ("Снова о показе", "Тот же показ, что 6 июня.")

    # item 11 goes from May to June
    page.get_by_role("link", name="Формирование банка лучших практик").first.click()
    page.get_by_text("Перенести сроки").click()
    assert faults(page) <= stock  # before the calendar of the date field opens: that one is Wagtail's own
    page.fill("[name=dates-ends_on]", "30.06.2023")
    page.fill("[name=dates-order_number]", "112")
    page.fill("[name=dates-order_date]", "31.05.2023")
    page.fill("[name=dates-reason]", "Описания собирают до конца июня")
    page.get_by_role("button", name="Перенести", exact=True).press("Enter")
    page.get_by_text("Сроки перенесены").wait_for()

    # an update of yesterday with a picture and a file
    page.get_by_text("Добавить обновление").click()
    page.fill("[name=update-title]", "В банке двадцать описаний")
    page.fill("[name=update-on]", "20.06.2023")
    page.keyboard.press("Tab")
    upload(page, "Выберите изображение", picture(), "Обсуждение описаний")
    page.fill("[name=update-image_alt]", "Педагоги обсуждают описания за круглым столом")
    upload(page, "Выберите документ", sheet(), "Список описаний")
    page.get_by_role("button", name="Добавить", exact=True).click()
    page.get_by_text("Обновление добавлено").wait_for()

    # what a visitor sees
    page.goto(f"/roadmap/{plan.slug}/11/")
    body = page.locator("main").inner_text()
    assert in_order(body, "8 июня 2023", "Собраны описания", "20 июня 2023", "В банке двадцать описаний")
    assert "было 01.02.2023 – 31.05.2023, стало 01.02.2023 – 30.06.2023" in body
    assert "Описания собирают до конца июня" in body
    assert "приказ № 112 от 31.05.2023" in body
    page.get_by_alt_text("Педагоги обсуждают описания за круглым столом").scroll_into_view_if_needed()
    link = page.get_by_role("link", name="Список описаний").get_attribute("href")
    assert page.request.get(link).status == 200
    page.goto(f"/roadmap/{plan.slug}/15/")
    body = page.locator("main").inner_text()
    assert in_order(body, "10 февраля 2023", "10 марта 2023", "6 июня 2023")
    assert "Снова о показе" not in body
    page.get_by_role("link", name="ВГАПО", exact=True).click()
    page.get_by_text("19 пунктов из 23").wait_for()
    assert page.get_by_role("link", name="Пункт 15, ").count() <= 1


def test_the_report_for_the_quarter_is_made_by_the_worker(page, sign_in, plan, settings, tmp_path):
    settings.TASKS = {"default": {**settings.TASKS["default"], "BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.SITE_URL = "https://portal.example.org"
    sign_in("vladelec@example.org")
    page.goto("/admin/roadmap/")
    assert page.get_by_label("С какого дня").input_value() == "2023-04-01"
    assert page.get_by_label("По какой день").input_value() == "2023-06-30"
    page.get_by_role("button", name="Скачать отчёт, DOCX").click()
    page.get_by_role("heading", name="DOCX готовится").wait_for()
    with page.expect_download() as waited:  # the page asks again by itself
        call_command("db_worker", batch=True, interval=0, verbosity=0)
    path = tmp_path / "report.docx"
    waited.value.save_as(path)
    document = docx.Document(str(path))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert rows[0][:5] == ["№", "Сроки", "Наименование", "Планируемый результат", "Ответственный"]
    assert len(rows[0]) == 6
    fifteenth = next(row for row in rows if row[0] == "15.")
    assert fifteenth[1] == "1 раз в квартал"
    assert "план 3, факт 2" in fifteenth[5]
    assert "за период 0" in fifteenth[5]
    links = {relation.target_ref for relation in document.part.rels.values() if relation.is_external}
    news = Fact.objects.get(title="Открытый показ").page
    assert f"https://portal.example.org/news/{news.slug}/" in links


def test_an_administrator_copies_the_plan_to_a_new_year(page, sign_in, plan):
    make_account("root@example.org", PASSWORD, is_superuser=True, is_staff=True)
    sign_in("root@example.org")
    page.goto("/admin/roadmap/plans/")
    page.get_by_role("link", name=f"Скопировать план «{plan.title}» на новый год").click()
    assert page.input_value("[name=title]") == "Дорожная карта 2023–2024"
    assert page.input_value("[name=slug]") == "2023-2024"
    assert page.input_value("[name=shift_months]") == "12"
    page.get_by_role("button", name="Составить новый план").click()
    page.get_by_text("составлен и опубликован").wait_for()
    made = RoadmapPage.objects.get(slug="2023-2024")
    dates = list(made.items.order_by("position").values_list("starts_on", "ends_on"))
    assert dates[14] == (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert dates[10] == (dt.date(2024, 2, 1), dt.date(2024, 5, 31))
    assert made.owner_user == plan.owner_user

    def parties(of):
        rows = ItemResponsible.objects.filter(item__plan=of).order_by("item__position", "order")
        return list(rows.values_list("item__position", "party__slug", "person__name"))

    assert parties(made) == parties(plan) != []
    assert not Fact.objects.filter(item__plan=made).exists()
    page.goto("/roadmap/2023-2024/")
    assert "0 из 23" in page.locator("main").inner_text()
