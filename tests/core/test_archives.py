import io
import random
import stat
import struct
import zipfile

import pytest

from portal.core.archives import DOCX_MAIN, ArchiveError, ArchiveLimits, check_zip, read_office_package
from tests.core.hostile import MACRO_MAIN, package, zipped

pytestmark = pytest.mark.unit


def refusal(content, **limits):
    with pytest.raises(ArchiveError) as caught:
        check_zip(io.BytesIO(content), limits=ArchiveLimits(**limits))
    assert str(caught.value)[0].islower()
    assert str(caught.value).endswith(".")
    return caught.value.code


def test_an_honest_archive_names_its_entries_and_is_rewound():
    file = io.BytesIO(zipped([("а.xml", "1"), ("папка/б.xml", "2")]))
    assert check_zip(file) == ["а.xml", "папка/б.xml"]
    assert file.tell() == 0


def test_a_bomb_is_small_packed_and_refused_unpacked():
    bomb = zipped([("word/document.xml", b"\0" * 12_000_000)])
    assert len(bomb) < 20_000
    assert refusal(bomb) == "bomb"


def test_a_bomb_of_many_honest_looking_entries_is_refused_by_the_total():
    noise = random.Random(1).randbytes(3_000)
    entries = [(f"{number}.bin", noise * 20) for number in range(20)]
    assert check_zip(io.BytesIO(zipped(entries)))
    assert refusal(zipped(entries), unpacked=1_000_000) == "bomb"


def test_declared_sizes_are_not_believed():
    bomb = bytearray(zipped([("a", b"\0" * 12_000_000)]))
    at = bomb.rindex(b"PK\x01\x02")
    struct.pack_into("<L", bomb, at + 24, 1_000)  # unpacked size in the directory
    assert refusal(bytes(bomb)) == "broken"
    struct.pack_into("<L", bomb, at + 24, 12_000_000)
    struct.pack_into("<L", bomb, at + 20, 12_000_000)  # packed size: the ratio would be 1
    assert refusal(bytes(bomb)) == "broken"


def test_entries_that_share_their_bytes_are_refused():
    inner = zipped([("b", random.Random(2).randbytes(5_000))], compression=zipfile.ZIP_STORED)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a", inner[: inner.rindex(b"PK\x01\x02")])
        shared = zipfile.ZipFile(io.BytesIO(inner)).getinfo("b")
        shared.header_offset = 31  # where the content of «a» begins
        archive.filelist.append(shared)
    assert zipfile.ZipFile(file).read("b")
    assert refusal(file.getvalue()) == "broken"


def test_too_many_entries_are_refused():
    assert refusal(zipped([(str(number), "") for number in range(2_001)])) == "bomb"
    assert len(check_zip(io.BytesIO(zipped([(str(number), "") for number in range(2_000)])))) == 2_000


def test_a_directory_of_long_names_is_refused_before_it_is_read():
    assert refusal(zipped([("x" * 60_000, "")]), entries=10) == "bomb"


def test_tags_are_counted_for_parsers_that_build_trees():
    content = zipped([("sheet.xml", "<row/>" * 1_000)])
    assert check_zip(io.BytesIO(content), limits=ArchiveLimits(tags=1_000))
    assert refusal(content, tags=999) == "bomb"


@pytest.mark.parametrize("row", ["<row>", '<x:row r="1">', "<si>"])
def test_tags_are_counted_by_row_too(row):
    noise = random.Random(1).randbytes(20_000).hex()
    rows = f"{row}{'<c/>' * 900}" * 200 + noise
    assert check_zip(io.BytesIO(zipped([("sheet.xml", rows)])), limits=ArchiveLimits(tags=10**6, tags_in_row=100_000))
    one = row + "<c/>" * 180_000 + noise
    assert refusal(zipped([("sheet.xml", one)]), tags=10**6, tags_in_row=100_000) == "bomb"


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/passwd", "C:/a", "..\\a", "\\\\host\\a", "a\nb"])
def test_names_that_lead_outside_are_refused(name):
    assert refusal(zipped([("ok", "1"), (name, "2")])) == "names"


def test_links_are_refused():
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert refusal(zipped([(link, "/etc/passwd")])) == "names"


def test_the_same_name_twice_is_refused():
    with pytest.warns(UserWarning, match="Duplicate"):
        content = zipped([("word/document.xml", "1"), ("word/document.xml", "2")])
    assert refusal(content) == "names"
    assert refusal(zipped([("A.xml", "1"), ("a.xml", "2")])) == "names"


def test_an_archive_is_the_whole_file():
    content = zipped([("a", "1")])
    assert refusal(b"MZ" + content) == "not_zip"
    assert refusal(zipped([("fake", "1")])[:60] + content) == "broken"
    assert refusal(content + b"tail") == "broken"
    assert refusal(content[:-30]) == "broken"
    assert refusal(b"PK\x03\x04") == "broken"


def test_damaged_content_is_told():
    content = bytearray(zipped([("a", b"text " * 1_000)]))
    content[45:55] = b"\xff" * 10
    assert refusal(bytes(content)) == "broken"


def test_passwords_and_strange_packing_are_refused():
    content = bytearray(zipped([("a", "1")]))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(content)) == "encrypted"
    assert refusal(zipped([("a", "1" * 100)], compression=zipfile.ZIP_LZMA)) == "broken"


def test_an_office_package_tells_its_main_part():
    found = read_office_package(io.BytesIO(package()))
    assert (found.main_type, found.has_macros) == (DOCX_MAIN, False)


@pytest.mark.parametrize(
    "content",
    [
        package(MACRO_MAIN),
        package(extra=[("word/vbaProject.bin", "x")]),
        package(extra=[("word/VBAPROJECT.BIN", "x")]),
        package(extra=[("xl/macrosheets/sheet1.xml", "<x/>")]),
        package(overrides='<Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/>'),
    ],
)
def test_macros_are_seen_under_any_name(content):
    assert read_office_package(io.BytesIO(content)).has_macros


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped([("a", "1")]), "not_office"),
        (zipped([("[Content_Types].xml", "<Types"), ("_rels/.rels", "<R/>")]), "broken"),
        (zipped([("[Content_Types].xml", "<Types/>"), ("_rels/.rels", "<R/>")]), "broken"),
        (package(before='<!DOCTYPE Types [<!ENTITY b "c">]>'), "broken"),
    ],
)
def test_what_is_no_package_is_refused(content, code):
    with pytest.raises(ArchiveError) as caught:
        read_office_package(io.BytesIO(content))
    assert caught.value.code == code
