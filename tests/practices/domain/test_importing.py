"""Import of practices: dry run by default, all or nothing, the same file twice changes nothing."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from portal.organisations.models import Municipality, Organisation
from portal.vocabularies.models import Tag
from practices.domain.importing import import_practices
from practices.models import PracticePage

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ROW = {
    "external_id": "old-1",
    "title": "Степной дневник",
    "summary": "Дети наблюдают за степью.",
    "problem": "Степь видят из окна.",
    "goal": "Интерес к природе края.",
    "description": "Ходили и записывали.",
    "results": "17 выходов.",
    "replication": "Подойдёт любой участок.",
    "area": ["Познавательное развитие"],
    "ages": ["age-5-6", "6–7 лет"],
    "quality_areas": "orientiry",
    "kinds": "obrazovatelnaya",
    "tags": ["Совсем новая тема", "Природа края"],
    "municipality": "г. Камышин",
    "organisation": "Детский сад № 9000",
    "published_on": "2022-04-11",
}


def lines(*rows):
    return io.BytesIO("\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode())


def sheet(*rows):
    book = Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(["; ".join(value) if isinstance(value, list) else value for value in row.values()])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def state():
    return (PracticePage.objects.count(), Organisation.objects.count(), Tag.objects.count())


def test_a_dry_run_changes_nothing_and_says_what_would_be(bank):
    before = state()
    report = import_practices(lines(ROW), commit=False)
    assert state() == before
    assert report.new == [(1, "Степной дневник")]
    assert report.organisations == ["Детский сад № 9000"]
    assert report.tags[0] == "Совсем новая тема"
    assert not report.written


@pytest.mark.parametrize("make", [lines, sheet])
def test_a_row_becomes_a_published_practice(bank, make, committed):
    with committed():
        report = import_practices(make(ROW), commit=True)
    assert report.problems == []
    page = PracticePage.objects.get(external_id="old-1")
    assert page.live
    assert page.title == "Степной дневник"
    assert page.slug == "stepnoi-dnevnik" or page.slug.startswith("stepn")
    assert [step["value"]["text"] for step in page.steps.raw_data] == ["Ходили и записывали."]
    assert {term.slug for term in page.terms.all()} == {
        "poznavatelnoe", "age-5-6", "age-6-7", "orientiry", "obrazovatelnaya",
    }  # fmt: skip
    assert page.organisation.municipality == page.municipality == Municipality.objects.get(slug="kamyshin")
    assert page.published_on.isoformat() == "2022-04-11"
    assert page.results_summary == "17 выходов."
    assert "Совсем новая тема" in {tag.name for tag in page.tags.all()}
    assert page.missing_fields()


def test_the_same_file_twice_changes_nothing_and_edits_since_stay(bank, committed):
    with committed():
        import_practices(lines(ROW), commit=True)
        page = PracticePage.objects.get(external_id="old-1")
        page.title = "Правка редактора"
        page.save_revision().publish()
    before = (state(), PracticePage.objects.get(pk=page.pk).latest_revision_id)
    report = import_practices(lines(ROW), commit=True)
    assert (report.unchanged, report.new, report.changed, report.written) == (1, [], [], False)
    page = PracticePage.objects.get(pk=page.pk)
    assert (state(), page.latest_revision_id) == before
    assert page.title == "Правка редактора"


def test_a_changed_row_changes_the_page_and_empty_cells_leave_it(bank, committed):
    with committed():
        import_practices(lines(ROW), commit=True)
        report = import_practices(
            lines({"external_id": "old-1", "title": "Новое название", "area": "rechevoe"}), commit=True
        )
    assert report.changed == [(1, "Новое название")]
    page = PracticePage.objects.get(external_id="old-1")
    assert (page.title, page.problem) == ("Новое название", "Степь видят из окна.")
    assert {term.slug for term in page.terms.all()} >= {"rechevoe", "age-5-6"}
    assert "poznavatelnoe" not in {term.slug for term in page.terms.all()}


def test_an_unpublished_practice_is_not_published_by_an_import(bank, committed):
    with committed():
        import_practices(lines(ROW), commit=True)
        PracticePage.objects.get(external_id="old-1").unpublish()
        import_practices(lines({**ROW, "title": "Другое"}), commit=True)
    page = PracticePage.objects.get(external_id="old-1")
    assert not page.live
    assert page.get_latest_revision_as_object().title == "Другое"


def test_unknown_values_are_named_with_the_row_and_the_nearest_known(bank):
    before = state()
    report = import_practices(
        lines(ROW, {**ROW, "external_id": "old-2", "area": "Познавательное развитее", "municipality": "Камышын"}),
        commit=True,
    )
    assert state() == before
    assert report.problems[0][0] == report.problems[1][0] == 2
    assert "«Познавательное развитее»; ближайшее известное: «Познавательное развитие»" in report.problems[0][1]
    assert "ближайший известный: «" in report.problems[1][1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"external_id": ""}, "external_id: пусто"),
        ({"title": "  "}, "title: пусто"),
        ({"title": "ж" * 300}, "title: длиннее"),
        ({"published_on": "весной"}, "published_on: не дата"),
        ({"published_on": "2999-01-01"}, "вне разумных границ"),
        ({"summary": 15}, "summary: ожидается текст"),
        ({"kinds": 12}, "kinds: неизвестное значение «12»"),
        ({"municipality": "", "organisation": "Неизвестный сад"}, "укажите муниципалитет"),
        ({"tags": ["!!!"]}, "не годится в темы"),
    ],
)
def test_a_faulty_row_is_named_and_nothing_is_written(bank, change, words):
    before = state()
    report = import_practices(lines({**ROW, "external_id": "good"}, {**ROW, **change}), commit=True)
    assert state() == before
    assert [number for number, _ in report.problems] == [2]
    assert words in report.problems[0][1]


def test_a_repeated_number_is_refused(bank):
    report = import_practices(lines(ROW, ROW), commit=True)
    assert report.problems == [(2, "external_id: «old-1» уже стоит в строке 1")]
    assert not PracticePage.objects.filter(external_id="old-1").exists()


def test_shifted_columns_are_refused_with_rows(bank):
    values = list(ROW.values())
    shifted = dict(zip(ROW, [values[-1], *values[:-1]], strict=True))
    report = import_practices(sheet({**shifted, "title": "Сдвиг"}), commit=True)
    assert report.problems
    assert not PracticePage.objects.filter(title="Сдвиг").exists()


def test_faulty_files_change_nothing(bank, tmp_path):
    macro = tmp_path / "macro.xlsx"
    file = sheet(ROW)
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(macro, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
            target.writestr(name, data)
        target.writestr("xl/vbaProject.bin", b"macro")
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (210 * 1024 * 1024))
    words = tmp_path / "words.jsonl"
    words.write_text('{"external_id": "a", "title": ["x"]}\nnot json\n')
    missing = tmp_path / "missing.csv"
    missing.write_text("title;summary\nx;y\n")
    before = state()
    for path in (macro, bomb, words, missing, tmp_path / "absent.xlsx"):
        with pytest.raises(CommandError):
            call_command("import_practices", str(path), "--commit", stdout=io.StringIO(), stderr=io.StringIO())
    assert state() == before


def test_the_command_shows_progress_and_asks_for_commit(bank, tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(lines(ROW).read())
    out, err = io.StringIO(), io.StringIO()
    call_command("import_practices", str(path), stdout=out, stderr=err)
    assert "добавьте --commit" in out.getvalue()
    assert "прочитано: 1" in err.getvalue()
    assert not PracticePage.objects.filter(external_id="old-1").exists()
    call_command("import_practices", str(path), "--commit", stdout=out, stderr=err)
    assert PracticePage.objects.get(external_id="old-1").live
