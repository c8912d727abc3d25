"""Texts and tables from Word and Excel in the editor: lists and tables stay, fonts and colours do not."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from portal.news.models import NewsIndexPage, NewsPage

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {font-family: Calibri}</style></head>
<body lang=RU><!--StartFragment--><p class=MsoNormal><span style='font-size:24.0pt;color:red;font-family:"Comic Sans MS"'>
Первый абзац <b>важно</b></span></p><ul><li class=MsoListParagraph><span style="color:blue">раз</span></li><li>два</li></ul>
<table class=MsoTableGrid border=1 style="border-collapse:collapse"><tr><td><p class=MsoNormal>Сад</p></td><td><p>Детей</p></td></tr>
<tr><td>Ромашка</td><td>120</td></tr></table><p>После таблицы</p><!--EndFragment--></body></html>"""
EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table border=0><!--StartFragment-->
<tr><td class=xl65>Месяц</td><td>Доля, %</td></tr><tr><td>Март</td><td align=right>3,5</td></tr>
<tr><td>Апрель</td><td>34</td></tr><!--EndFragment--></table></body></html>"""


def paste(page, html, plain=""):
    """Put `html` on the clipboard and press the keys of pasting, as people do."""
    page.evaluate(
        """async ([html, plain]) => navigator.clipboard.write([new ClipboardItem({
             'text/html': new Blob([html], {type: 'text/html'}), 'text/plain': new Blob([plain], {type: 'text/plain'})})])""",
        [html, plain],
    )
    page.keyboard.press("Control+V")


@pytest.fixture
def form(editor):
    news = NewsIndexPage.objects.get().add_child(instance=NewsPage(title="Новость", summary="Было."))
    news.save_revision().publish()
    editor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    editor.goto(f"/admin/pages/{news.pk}/edit/")
    return editor, news


def add(page, label):
    page.locator(".c-sf-add-button").last.click()
    page.get_by_role("option", name=label, exact=True).click()


def saved(page, news):
    page.locator("footer [type=submit]").first.click()
    page.wait_for_load_state()
    return NewsPage.objects.get(pk=news.pk).get_latest_revision_as_object().body


def test_text_from_word_keeps_lists_and_bold_and_its_table_becomes_a_block(form):
    page, news = form
    add(page, "текст")
    page.locator(".public-DraftEditor-content").last.click()
    paste(page, WORD, "Первый абзац")
    page.locator(".typed-table-block").wait_for()
    page.locator(".public-DraftEditor-content").get_by_text("После таблицы").wait_for()
    kept = page.locator("[name=body-0-value]")
    expect(kept).to_have_value(re.compile("После таблицы"))  # Draftail writes its field after a pause
    text, table = list(saved(page, news))
    html = str(text.value)
    assert "<b>важно</b>" in html
    assert "<li" in html
    assert "раз" in html
    assert "После таблицы" in html
    assert "Ромашка" not in html
    for dropped in ("style", "font", "color", "Mso", "span"):
        assert dropped not in html, html
    assert [column["heading"] for column in table.value.columns] == ["Сад", "Детей"]
    assert [[cell.value for cell in row] for row in table.value.rows] == [["Ромашка", 120.0]]


def test_table_from_excel_fills_an_empty_table_and_cells_from_the_chosen_one_on(form):
    page, news = form
    add(page, "таблица")
    page.locator(".typed-table-block input[type=text]").first.click()
    paste(page, EXCEL)
    assert page.locator(".column-heading").count() == 2
    page.locator(".typed-table-block tbody tr").last.locator("input:visible").last.click()
    paste(page, "", "40\tсверено\r\n41\t")
    (table,) = list(saved(page, news))
    assert [column["heading"] for column in table.value.columns] == ["Месяц", "Доля, %", ""]
    assert [[cell.value for cell in row] for row in table.value.rows] == [
        ["Март", 3.5, ""],
        ["Апрель", 40.0, "сверено"],
        ["", 41.0, ""],
    ]


def test_a_word_pasted_into_a_cell_is_only_a_word(form):
    page, _news = form
    add(page, "таблица")
    page.locator(".typed-table-block input[type=text]").first.click()
    paste(page, "<b>Посещаемость</b>", "Посещаемость")
    assert page.locator(".typed-table-block input[type=text]").first.input_value() == "Посещаемость"
    assert page.locator(".column-heading").count() == 0
