"""Files that strangers send, built small: packages, bombs and impostors shared by the tests of uploads and tables."""

import io
import zipfile

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def named(content, name):
    file = io.BytesIO(content)
    file.name = name
    return file


def zipped(entries, *, compression=zipfile.ZIP_DEFLATED):
    """Archive of (name, content) pairs."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return file.getvalue()


def package(main_type=MAIN, part="word/document.xml", *, extra=(), overrides="", before=""):
    """Smallest Office package whose main part has the given content type."""
    types = before + (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{part}" ContentType="{main_type}"/>{overrides}</Types>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{RELATION}" Target="{part}"/></Relationships>'
    )
    entries = [("[Content_Types].xml", types), ("_rels/.rels", relations), (part, "<document/>"), *extra]
    return zipped(entries)


def password_protected():
    return OLE2 + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
