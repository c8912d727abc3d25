"""The approved document on the portal: not one letter lost in the rows, on the page, in DOCX, XLSX, CSV and JSON."""

from __future__ import annotations

import csv
import io

import docx
import openpyxl
import pytest
from lxml import html

from portal.roadmap import setup
from portal.roadmap.domain.reading import COLUMNS
from portal.roadmap.models import Party, PlanItem, RoadmapIndexPage, RoadmapPage
from tests.roadmap.approved import read_approved, squeezed

pytestmark = pytest.mark.integration
ADDRESS = "/roadmap/2021-2022/"


@pytest.fixture(scope="module")
def approved():
    return read_approved()


@pytest.fixture
def plan(db):
    return RoadmapPage.objects.get(slug="2021-2022")


def download(client, fmt):
    response = client.get(f"{ADDRESS}export.{fmt}")
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_document_itself_has_what_everybody_counts(approved):
    assert [len(rows) for _heading, rows in approved.sections] == [6, 5, 3, 9]
    assert approved.columns == list(COLUMNS)
    assert approved.rows[3][0] == ""
    assert approved.rows[14][1] == "1 раз в квартал"


def test_rows_of_the_plan(plan, approved):
    assert plan.document_title == approved.title
    items = list(plan.items.order_by("position"))
    cells = [
        [squeezed(text) for text in (i.number_text, i.period_text, i.title_text, i.result_text, i.responsible_text)]
        for i in items
    ]
    assert cells == approved.rows
    assert [squeezed(section.heading) for section in plan.sections.order_by("order")] == [
        heading for heading, _rows in approved.sections
    ]
    assert [item.position for item in items] == list(range(1, 24))


def test_page(client, plan, approved):
    tree = html.fromstring(client.get(ADDRESS).content.decode())
    sections = tree.xpath("//details[@data-fold]")
    assert [squeezed(part.xpath(".//h2")[0].text_content()) for part in sections] == [
        heading for heading, _rows in approved.sections
    ]
    for part, (_heading, rows) in zip(sections, approved.sections, strict=True):
        names = [squeezed(cell.text_content()) for cell in part.xpath(".//thead//th")]
        assert names == [*approved.columns, "Выполнение"]
        shown = [[squeezed(c.text_content()) for c in row.xpath("td")] for row in part.xpath(".//tbody/tr")]
        assert [row[:5] for row in shown] == rows
        assert all(row[5] for row in shown)


def test_line_breaks_of_the_document_are_kept(client, plan):
    item = plan.items.get(position=5)
    assert item.result_text.count("\n") == 1 and item.responsible_text.count("\n") == 4
    tree = html.fromstring(client.get(ADDRESS).content.decode())
    row = tree.xpath("//tbody/tr")[4]
    assert row.xpath("td")[3].text_content().strip() == item.result_text


def test_docx(client, plan, approved):
    document = docx.Document(io.BytesIO(download(client, "docx")))
    assert document.paragraphs[0].text == approved.title
    (table,) = document.tables
    rows = [[squeezed(cell.text) for cell in row.cells] for row in table.rows]
    assert rows[0] == [*approved.columns, "Факт"]
    expected = []
    for heading, items in approved.sections:
        expected += [[heading] * 5, *items]
    assert [row[:5] for row in rows[1:]] == expected
    assert table.rows[0]._tr.trPr.xpath("w:tblHeader")
    section = document.sections[0]
    assert section.page_width > section.page_height
    merged = [row for row in table.rows if row._tr.xpath("w:tc/w:tcPr/w:gridSpan[@w:val='6']")]
    assert len(merged) == 4


def test_xlsx(client, plan, approved):
    sheet = openpyxl.load_workbook(io.BytesIO(download(client, "xlsx"))).active
    names, *rows = sheet.iter_rows(values_only=True)
    assert list(names[1:6]) == approved.columns
    assert [[squeezed(str(cell or "")) for cell in row[1:6]] for row in rows] == approved.rows
    headings = [heading for heading, items in approved.sections for _item in items]
    assert [squeezed(row[names.index("Раздел")]) for row in rows] == headings
    planned = names.index("План")
    assert [row[planned] for row in rows if row[0] == 15] == [3]


def test_csv_and_json(client, plan, approved):
    _names, *rows = csv.reader(io.StringIO(download(client, "csv").decode("utf-8-sig")), delimiter=";")
    assert [[squeezed(cell) for cell in row[1:6]] for row in rows] == approved.rows
    data = client.get(f"{ADDRESS}export.json").json()
    cells = ("number", "period", "title", "result", "responsible")
    assert [[squeezed(item[c]) for c in cells] for s in data["sections"] for item in s["items"]] == approved.rows


def test_item_15_says_both_the_period_and_the_quantity(plan, client):
    item = plan.items.get(position=15)
    assert (item.period_text, item.planned, item.unit, item.recurrence) == (
        "1 раз в квартал", 3, "мероприятия", "quarter",
    )  # fmt: skip
    words = squeezed(html.fromstring(client.get(f"{ADDRESS}15/").content.decode()).text_content())
    assert "1 раз в квартал" in words and "0 из 3" in words and item.note in words
    assert [f"{roman} квартал 2022" in words for roman in ("I", "II", "III", "IV")] == [True] * 4


def test_dependencies_of_the_document(plan):
    found = {
        item.position: sorted(item.depends_on.values_list("position", flat=True))
        for item in plan.items.prefetch_related("depends_on")
    }
    assert {later: earlier for later, earlier in found.items() if earlier} == {
        3: [2], 4: [3], 5: [3, 4], 6: [5], 8: [7], 9: [6], 10: [9], 17: [16], 19: [17, 18], 20: [17], 23: [22],
    }  # fmt: skip


def test_parties_are_records(plan):
    counts = {
        party.short_name: PlanItem.objects.filter(plan=plan, parties=party).count() for party in Party.objects.all()
    }
    assert counts == {"ВГАПО": 19, "ЦРСО": 5, "МОУО": 3, "Руководители ДОО": 2}


def test_setup_again_keeps_edits_and_makes_nothing(plan):
    item = plan.items.get(position=1)
    item.title_text = "Исправлено людьми"
    item.save()
    Party.objects.filter(slug="mouo").update(short_name="Муниципалитеты")
    assert list(setup.setup()) == []
    item.refresh_from_db()
    assert item.title_text == "Исправлено людьми"
    assert Party.objects.get(slug="mouo").short_name == "Муниципалитеты"


def test_a_deleted_plan_is_not_made_again(plan):
    plan.delete()
    assert list(setup.setup()) == []
    assert not RoadmapPage.objects.filter(slug="2021-2022").exists()
    assert RoadmapIndexPage.objects.get().featured is None


def test_the_section_shows_the_approved_plan_and_names_its_own_address(client, plan):
    page = client.get("/roadmap/").content.decode()
    assert "<h1>Дорожная карта 2021–2022</h1>" in page
    assert 'rel="canonical" href="http://testserver/roadmap/2021-2022/"' in page.replace(
        f'href="{plan.full_url}"', 'href="http://testserver/roadmap/2021-2022/"'
    )
