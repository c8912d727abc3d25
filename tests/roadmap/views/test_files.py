"""Files of a plan: reports for a period, a calendar, tables; the same words as on the page, nothing heavy in the web."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
from types import SimpleNamespace

import docx
import icalendar
import openpyxl
import pytest
from django.core.cache import cache

from portal.roadmap.domain import downloads
from portal.roadmap.domain.facts import confirm
from tests.factories.roadmap import prove

pytestmark = pytest.mark.integration
ADDRESS = "/roadmap/plan-2022/export"


def fact_cells(content):
    table = docx.Document(io.BytesIO(content)).tables[0]
    return {row.cells[0].text: row.cells[-1].text for row in table.rows[1:] if row.cells[0].text.strip().endswith(".")}


def links(content):
    part = docx.Document(io.BytesIO(content)).part
    return {relation.target_ref for relation in part.rels.values() if relation.is_external}


@pytest.fixture
def proved(plan, items, admin_user):
    """A counted meeting of March and one of May that waits for its owner."""
    march = prove([items[3]], title="Встреча в марте", slug="mart", date=dt.date(2022, 3, 16))
    prove([items[3]], title="Встреча в мае", slug="may", date=dt.date(2022, 5, 10))
    confirm(items[3].facts.get(page=march), actor=admin_user)


def test_report_for_a_period_tells_plan_fact_and_links(client, proved, settings):
    settings.SITE_URL = "https://portal.example.org"
    response = client.get(f"{ADDRESS}.docx?from=2022-01-01&to=2022-03-31")
    document = docx.Document(io.BytesIO(response.content))
    assert "Отчёт о выполнении за период с 01.01.2022 по 31.03.2022" in document.paragraphs[1].text
    cells = fact_cells(response.content)
    assert cells["3."].startswith("Идёт; план 3, факт 1 (встречи); за период 1")
    assert "16.03.2022 Встреча в марте" in cells["3."] and "мае" not in cells["3."]
    assert cells["2."] == "Идёт; план 4, факт 0 (смотры); за период 0"
    assert "https://portal.example.org/news/mart/" in links(response.content)


def test_the_whole_report_says_what_waits(client, proved):
    cells = fact_cells(client.get(f"{ADDRESS}.docx").content)
    assert "Встреча в мае (ждёт подтверждения)" in cells["3."]


def test_bounds_in_the_wrong_order_are_turned(client, proved):
    right, wrong = (
        client.get(f"{ADDRESS}.json?{query}").json()
        for query in ("from=2022-01-01&to=2022-03-31", "from=2022-03-31&to=2022-01-01")
    )
    assert right == wrong


def test_files_have_the_filters_of_the_page(client, plan):
    for fmt in ("docx", "xlsx"):
        assert client.get(f"{ADDRESS}.{fmt}?section=vtoroy").status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{ADDRESS}.xlsx?section=vtoroy").content)).active
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [3]
    data = client.get(f"{ADDRESS}.json?responsible=crso").json()
    assert [item["position"] for section in data["sections"] for item in section["items"]] == [2]


def test_numbers_are_those_of_the_page(client, proved):
    data = client.get(f"{ADDRESS}.json").json()
    third = data["sections"][1]["items"][0]
    assert (third["planned"], third["confirmed"], third["percent"], third["status"]) == (3, 1, 33, "идёт")
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{ADDRESS}.xlsx").content)).active
    names, *rows = sheet.iter_rows(values_only=True)
    last = dict(zip(names, rows[2], strict=True))
    assert (last["План"], last["Факт"], last["Выполнено, %"], last["Статус"]) == (3, 1, 33, "идёт")
    assert "1 из 3" in client.get("/roadmap/plan-2022/3/").content.decode()


def test_calendar_has_days_of_items_and_due_lines(client, plan, items):
    response = client.get(f"{ADDRESS}.ics")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(response.content)
    events = calendar.walk("VEVENT")
    found = {str(event["summary"]): (event["dtstart"].dt, event["dtend"].dt) for event in events}
    assert found["1. Собрать вопросы"] == (dt.date(2022, 3, 1), dt.date(2022, 4, 1))
    assert found["2. Провести смотр"] == (dt.date(2022, 4, 1), dt.date(2022, 10, 1))
    assert found["3. Встречи (II квартал 2022)"] == (dt.date(2022, 4, 1), dt.date(2022, 7, 1))
    assert len(events) == 6 and len({str(event["uid"]) for event in events}) == 6
    again = icalendar.Calendar.from_ical(client.get(f"{ADDRESS}.ics").content)
    assert [e["uid"] for e in again.walk("VEVENT")] == [e["uid"] for e in events]


@pytest.mark.parametrize("fmt", ["pdf", "doc", "html", "zip"])
def test_other_formats_are_missing(client, plan, fmt):
    assert client.get(f"{ADDRESS}.{fmt}").status_code == 404


def test_a_file_that_is_not_made_yet_says_so_and_when_to_come(client, plan, monkeypatch):
    orders = []
    monkeypatch.setattr(downloads, "build_plan_file", SimpleNamespace(enqueue=lambda *args: orders.append(args)))
    first, second = client.get(f"{ADDRESS}.docx"), client.get(f"{ADDRESS}.docx")
    assert [first.status_code, second.status_code] == [202, 202]
    assert first.headers["Refresh"] == "2" and first.headers["Cache-Control"] == "no-store"
    assert len(orders) == 1  # the queue is not the visitors'


def test_many_periods_do_not_fill_the_queue(client, plan, monkeypatch):
    orders = []
    monkeypatch.setattr(downloads, "build_plan_file", SimpleNamespace(enqueue=lambda *args: orders.append(args)))
    monkeypatch.setattr(downloads, "ORDERS_A_MINUTE", 2)
    answers = [client.get(f"{ADDRESS}.docx?from=2022-01-{day:02d}").status_code for day in range(1, 6)]
    assert answers == [202] * 5 and len(orders) == 2


def test_a_file_of_yesterday_is_not_given_out_for_today(client, proved, items, committed):
    before = client.get(f"{ADDRESS}.docx").content
    with committed():
        items[3].facts.get(page__slug="mart").page.specific.unpublish()
    after = client.get(f"{ADDRESS}.docx").content
    assert "Встреча в марте" in fact_cells(before)["3."]
    assert "Встреча в марте" not in fact_cells(after)["3."]


def test_the_same_plan_gives_the_same_bytes(client, proved):
    first = client.get(f"{ADDRESS}.docx").content
    cache.clear()
    assert client.get(f"{ADDRESS}.docx").content == first


def test_hostile_words_make_a_sound_file(client, plan, items):
    items[1].title_text = "=1+1 <b>\x07\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "ignore") + "\x0b&"
    items[1].save()
    assert (
        "=1+1 <b>" in docx.Document(io.BytesIO(client.get(f"{ADDRESS}.docx").content)).tables[0].rows[2].cells[2].text
    )
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{ADDRESS}.xlsx").content)).active
    assert sheet["D2"].data_type == "s" and sheet["D2"].value.startswith("=1+1")


def test_web_processes_load_nothing_heavy():
    """What serves the pages of the roadmap imports none of what writes its files."""
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'portal.settings.test'; django.setup();"
        "import portal.urls; sys.exit(sorted({'docx', 'openpyxl', 'typst', 'icalendar'} & set(sys.modules)) != [])"
    )
    done = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path), "PATH": ""}, check=False)
    assert done.returncode == 0
