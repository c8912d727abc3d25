"""The documents: links lead somewhere, nothing that is configured or installed is left without a word."""

import re
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

from portal.core.sections import SectionPage

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
# Set by pytest-xdist or by the start itself, not by people.
INNER_VARIABLES = {"PYTEST_XDIST_WORKER", "FOLLOW_PARENT", "DJANGO_SETTINGS_MODULE"}
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#+\s+(.+?)\s*$", re.MULTILINE)
# Registries and mirrors of packages, and absolute paths of somebody's machine, say nothing to a reader.
MACHINE = re.compile(
    r"pypi\.|pythonhosted|index-url|artifactory|nexus|proxpi|devpi|(?<![\w.])/(?:home|root|work|tmp|Users|mnt)/|[A-Z]:\\",
    re.IGNORECASE,
)


def text_of(path):
    return path.read_text(encoding="utf-8")


def code_of(path):
    """What a document sets as code: commands to type."""
    return "\n".join(found[0] for found in CODE.finditer(text_of(path)))


def anchors_of(path):
    """Anchors as GitHub and its kin make them of headings."""
    titles = HEADING.findall(CODE.sub(lambda found: found[0].strip("`"), text_of(path)))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def direct_dependencies():
    for name in ("base", "test"):
        for line in text_of(ROOT / "requirements" / f"{name}.in").splitlines():
            line = line.split("#")[0].strip()
            if line and not line.startswith("-"):
                yield re.split(r"[\[<>=!~; ]", line)[0]


def variables_read():
    """Names of variables that settings, the start of the portal and the demonstration read from the environment."""
    reading = re.compile(
        r"""\b(?:env(?:\.\w+)?|os\.environ(?:\.\w+)?|os\.getenv)[(\[]\s*["']([A-Z][A-Z0-9_]*)["']""", re.MULTILINE
    )
    for folder in ("site/portal/settings", "site/portal/demo", "deploy"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from reading.findall(text_of(path))


def test_readme_is_short():
    assert len(text_of(ROOT / "README.md").splitlines()) < 100


def test_readme_names_every_folder():
    text = text_of(ROOT / "README.md")
    folders = sorted(
        path.name
        for path in ROOT.iterdir()
        if path.is_dir() and not path.is_symlink() and not path.name.startswith((".", "_")) and any(path.iterdir())
    )
    ignored = {line.strip().strip("/") for line in text_of(ROOT / ".gitignore").splitlines()}
    missing = [name for name in folders if name not in ignored and f"`{name}/`" not in text]
    assert missing == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_relative_links_lead_to_files(path):
    broken = []
    for target in LINK.findall(CODE.sub("", text_of(path))):
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        name, _, anchor = target.partition("#")
        linked = (path.parent / name).resolve() if name else path
        is_ours = linked.exists() and ROOT in (linked, *linked.parents)
        if not is_ours or (anchor and linked.suffix == ".md" and anchor not in anchors_of(linked)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_name_no_registry_and_no_path_of_a_machine(path):
    assert MACHINE.findall(text_of(path)) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_document_is_reached_from_the_readme(path):
    seen, waiting = set(), [ROOT / "README.md"]
    while waiting:
        current = waiting.pop()
        if current in seen or not current.exists() or current.suffix != ".md":
            continue
        seen.add(current)
        for target in LINK.findall(CODE.sub("", text_of(current))):
            waiting.append((current.parent / target.partition("#")[0]).resolve())
    assert path in seen


def test_every_direct_dependency_has_a_line():
    described = {
        re.split(r"[\[ ]", row.strip("| ").split("|")[0].strip())[0].lower()
        for row in text_of(DOCS / "dependencies.md").splitlines()
        if row.startswith("| ")
    } - {"package"}
    installed = {name.lower() for name in direct_dependencies()}
    assert installed - described == set(), "without a line in docs/dependencies.md"
    assert described - installed == set(), "described but not installed"


def test_every_environment_variable_is_described():
    described = set(re.findall(r"^\| `([A-Z][A-Z0-9_]*)` \|", text_of(DOCS / "settings.md"), re.MULTILINE))
    read = set(variables_read()) - INNER_VARIABLES
    assert "DATABASE_URL" in read
    assert read - described == set()


def test_described_variables_are_read_somewhere():
    described = set(re.findall(r"^\| `([A-Z][A-Z0-9_]*)` \|", text_of(DOCS / "settings.md"), re.MULTILINE))
    elsewhere = text_of(ROOT / "Makefile") + text_of(ROOT / "tests" / "conftest.py")
    assert [name for name in sorted(described - set(variables_read())) if name not in elsewhere] == []


def test_commands_named_in_documents_exist():
    named = {name for path in DOCUMENTS for name in re.findall(r"manage\.py ([a-z_]+)", text_of(path))}
    assert {"setup_portal", "forget_person"} <= named
    assert named - set(get_commands()) == set()


def test_targets_named_in_documents_exist():
    named = {name for path in DOCUMENTS for name in re.findall(r"\bmake ([a-z]+)\b(?=[` \n])", code_of(path))}
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    assert {"run", "test"} <= named
    assert named - targets == set()


def is_served(address):
    """Whether an address has a view of its own: the page tree takes every address that nothing else does."""
    try:
        return resolve(address).view_name != "wagtail_serve"
    except Resolver404:
        return False


def test_addresses_of_the_api_page_are_served():
    text = re.sub(r"<[a-z]+>", "some", text_of(DOCS / "api.md"))
    sections = {f"/{page.section_slug}/" for page in SectionPage.__subclasses__()}  # pages of the tree
    named = set(re.findall(r"`(?:GET )?(/[a-z0-9/._-]+)", text)) - sections
    assert {"/api/v1/practices", "/news/feed/"} <= named
    if find_spec("portal.api.urls") is None:
        named = {address for address in named if not address.startswith("/api/")}
    assert [address for address in sorted(named) if not is_served(address)] == []


def test_decisions_are_numbered_once_and_indexed():
    files = [path for path in sorted((DOCS / "adr").glob("*.md")) if path.name != "README.md"]
    numbers = [path.name[:4] for path in files]
    assert all(re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name) for path in files)
    assert len(numbers) == len(set(numbers))
    index = text_of(DOCS / "adr" / "README.md")
    for path in files:
        title = text_of(path).splitlines()[0]
        assert title.startswith(f"# {path.name[:4]}. "), path.name
        assert f"({path.name})" in index, f"{path.name} is not in the index"


def test_test_marks_are_described():
    marks = tomllib.loads(text_of(ROOT / "pyproject.toml"))["tool"]["pytest"]["ini_options"]["markers"]
    text = text_of(DOCS / "testing.md")
    assert [mark for mark in marks if f"`{mark.split(':')[0]}`" not in text] == []
