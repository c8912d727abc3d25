"""A table of organisations: rows and reasons named, all of it or nothing, twice the same changes nothing."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from portal.core import versions
from portal.core.sheets import SheetError
from portal.organisations.domain.importing import import_organisations
from portal.organisations.models import Municipality, Organisation
from tests.factories.organisations import OrganisationFactory, valid_inn

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HEADERS = ["название", "короткое название", "вид", "муниципалитет", "ИНН", "почта", "сайт", "закрыта с"]


def table(*rows, headers=HEADERS):
    book = Workbook()
    book.active.append(headers)
    for row in rows:
        book.active.append([*row, *[None] * (len(headers) - len(row))])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def sad(number, place="г. Камышин", **changes):
    row = {
        "name": f"МБДОУ «Детский сад № {number}»",
        "short": f"Детский сад № {number}",
        "kind": "МБДОУ",
        "place": place,
        "inn": valid_inn(number),
        "email": f"sad{number}@example.org",
        "site": "sad.example.org",
        "closed": None,
        **changes,
    }
    return list(row.values())


def snapshot():
    return list(Organisation.objects.order_by("pk").values())


def test_dry_run_tells_what_would_be_done_and_writes_nothing():
    report = import_organisations(table(sad(1), sad(2)), commit=False)
    assert [(row.row, row.name) for row in report.new] == [
        (2, "МБДОУ «Детский сад № 1»"),
        (3, "МБДОУ «Детский сад № 2»"),
    ]
    assert not Organisation.objects.exists()


def test_table_is_written_and_the_second_time_changes_nothing():
    report = import_organisations(table(sad(1), sad(2, closed=dt.date(2021, 8, 31))), commit=True)
    assert report.written
    first = Organisation.objects.get(inn=valid_inn(1))
    assert (first.slug, first.municipality.slug, first.kind.slug) == ("detskiy-sad-1", "kamyshin", "mbdou")
    assert (first.email, first.website) == ("sad1@example.org", "https://sad.example.org")
    assert Organisation.objects.get(inn=valid_inn(2)).closed_on == dt.date(2021, 8, 31)
    before = snapshot()
    again = import_organisations(table(sad(1), sad(2, closed="31.08.2021")), commit=True)
    assert (again.unchanged, again.new, again.changed, again.written) == (2, [], [], False)
    assert snapshot() == before


def test_changes_are_told_by_columns_with_before_and_after():
    import_organisations(table(sad(1)), commit=True)
    changed = sad(1, place="Камышинский район", email="new@example.org")
    report = import_organisations(table(changed), commit=True)
    assert report.changed[0].fields == [
        ("муниципалитет", "г. Камышин", "Камышинский район"),
        ("почта", "sad1@example.org", "new@example.org"),
    ]
    assert Organisation.objects.get().municipality.slug == "kamyshinskiy"


def test_empty_cells_leave_what_the_registry_has():
    import_organisations(table(sad(1)), commit=True)
    before = snapshot()
    row = ["МБДОУ «Детский сад № 1»", None, None, "Камышин"]
    assert import_organisations(table(row), commit=True).unchanged == 1
    assert snapshot() == before


def test_organisation_is_known_by_its_inn_under_a_new_name():
    import_organisations(table(sad(1)), commit=True)
    report = import_organisations(table(sad(1, name="МАДОУ «Детский сад № 1»")), commit=True)
    assert [row.fields for row in report.changed] == [
        [("название", "МБДОУ «Детский сад № 1»", "МАДОУ «Детский сад № 1»")]
    ]
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (sad(1, place="Комышин"), "муниципалитет: неизвестно «Комышин» (возможно, «г. Камышин»)"),
        (sad(1, place=""), "не указан муниципалитет; для областной организации напишите «областная»"),
        (sad(1, inn="3412345678"), "ИНН «3412345678»: контрольная цифра ИНН не сходится: проверьте, нет ли опечатки"),
        (sad(1, inn="12"), "ИНН «12»: ИНН организации состоит из 10 цифр, предпринимателя — из 12"),
        (sad(1, name=""), "не указано название"),
        (sad(1, kind="МБДО"), "вид: неизвестно «МБДО» (возможно, «МБДОУ»)"),
        (sad(1, closed="скоро"), "закрыта с: «скоро» — не дата вида 31.12.2021"),
        (sad(1, closed=dt.date(2999, 1, 1)), "закрыта с: 01.01.2999 ещё не наступило"),
        (sad(1, name="я" * 500), "название: длиннее 400 знаков"),
    ],
)
def test_refused_row_is_named_with_its_reason_and_nothing_is_written(row, reason):
    report = import_organisations(table(sad(5), row), commit=True)
    assert [(refusal.row, refusal.reasons) for refusal in report.refused] == [(3, [reason])]
    assert not report.written
    assert not Organisation.objects.exists()


def test_wrong_address_of_mail_is_refused():
    report = import_organisations(table(sad(1, email="не почта")), commit=False)
    assert report.refused[0].reasons[0].startswith("почта «не почта»: ")


def test_organisation_twice_in_one_table_is_refused():
    report = import_organisations(table(sad(1), sad(1, email="other@example.org")), commit=True)
    assert report.refused[0].reasons == ["та же организация уже стоит в строке 2"]


def test_inn_of_another_organisation_is_refused():
    import_organisations(table(sad(1), sad(2)), commit=True)
    report = import_organisations(table(sad(1, inn=valid_inn(2))), commit=True)
    assert report.refused[0].reasons == [f"ИНН {valid_inn(2)} принадлежит другой организации: «Детский сад № 2»"]
    report = import_organisations(table(sad(1, inn=valid_inn(9))), commit=True)
    assert report.refused[0].reasons == [f"у этой организации в реестре другой ИНН: {valid_inn(1)}"]


def test_organisation_without_inn_gets_it_by_its_name():
    place = Municipality.objects.get(slug="kamyshin")
    OrganisationFactory(name="МБДОУ «Детский сад № 1»", municipality=place, inn="")
    report = import_organisations(table(sad(1)), commit=True)
    assert ("ИНН", "", valid_inn(1)) in report.changed[0].fields


def test_regional_organisation_has_no_municipality():
    import_organisations(table(sad(1, place="Областная")), commit=True)
    assert Organisation.objects.get().municipality is None


def test_city_district_is_known_only_in_its_city():
    headers = ["название", "муниципалитет", "район города"]
    good = table(["Сад «Волна»", "Волгоград", "Дзержинский"], headers=headers)
    import_organisations(good, commit=True)
    assert Organisation.objects.get().city_district.slug == "volgograd-dzerzhinskiy"
    report = import_organisations(table(["Сад «Мир»", "Камышин", "Дзержинский"], headers=headers), commit=True)
    assert report.refused[0].reasons == ["район города (г. Камышин): неизвестно «Дзержинский»"]


def test_namesakes_of_one_table_get_different_codes():
    rows = [sad(1), sad(1, place="Фролово", inn=valid_inn(2)), sad(1, place="Урюпинск", inn=valid_inn(3))]
    import_organisations(table(*rows), commit=True)
    assert sorted(Organisation.objects.values_list("slug", flat=True)) == [
        "detskiy-sad-1",
        "detskiy-sad-1-frolovo",
        "detskiy-sad-1-uryupinsk",
    ]


def test_import_renews_what_is_published(django_capture_on_commit_callbacks):
    before = versions.current()
    with django_capture_on_commit_callbacks(execute=True):
        import_organisations(table(sad(1)), commit=True)
    assert versions.current() != before


def test_big_table_costs_queries_by_batches(django_assert_max_num_queries):
    rows = [sad(number) for number in range(300)]
    with django_assert_max_num_queries(15):
        import_organisations(table(*rows), commit=False)
    seen = []
    import_organisations(table(*rows), commit=True, progress=seen.append)
    assert seen == [200, 300]
    assert Organisation.objects.count() == 300


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 220_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 macros",
        "название;адрес\nСад;Улица".encode(),
        "муниципалитет;название;лишний\nКамышин;Сад;1".encode(),
        bomb(),
    ],
    ids=["empty", "pdf", "broken", "old excel", "no municipality", "unknown column", "bomb"],
)
def test_hostile_file_changes_nothing(content):
    OrganisationFactory()
    before = snapshot()
    with pytest.raises(SheetError):
        import_organisations(io.BytesIO(content), commit=True)
    assert snapshot() == before


def test_shifted_columns_are_refused_by_rows():
    row = ["г. Камышин", "МБДОУ", "Детский сад № 1", valid_inn(1), "МБДОУ «Детский сад № 1»"]
    report = import_organisations(table(row), commit=True)
    assert report.refused
    assert not Organisation.objects.exists()


def test_command_shows_first_and_writes_when_told(tmp_path, capsys):
    file = tmp_path / "sady.xlsx"
    file.write_bytes(table(sad(1)).getvalue())
    call_command("import_organisations", str(file))
    assert "ничего не записано" in capsys.readouterr().out
    assert not Organisation.objects.exists()
    call_command("import_organisations", str(file), "--commit")
    assert "Записано." in capsys.readouterr().out
    assert Organisation.objects.count() == 1


def test_command_names_refused_rows_and_fails(tmp_path, capsys):
    file = tmp_path / "sady.xlsx"
    file.write_bytes(table(sad(1, place="Комышин")).getvalue())
    with pytest.raises(CommandError):
        call_command("import_organisations", str(file), "--commit")
    assert "строка 2 «МБДОУ «Детский сад № 1»»: муниципалитет: неизвестно" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("import_organisations", str(tmp_path / "net.xlsx"))
