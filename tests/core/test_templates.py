"""What every template promises: no inline style or script, no third party, parameters told in the first lines."""

import re
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.unit

TEMPLATES = Path(settings.TEMPLATES[0]["DIRS"][0])
ALL = sorted(TEMPLATES.rglob("*.html"))
COMPONENTS = sorted((TEMPLATES / "components").rglob("*.html"))


def names(paths):
    return [str(path.relative_to(TEMPLATES)) for path in paths]


@pytest.mark.parametrize("path", ALL, ids=names(ALL))
def test_template_obeys_the_content_security_policy(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", text)
    assert not re.search(r"<script(?![^>]*(src=|type=\"application/))", text)
    assert not re.search(r"""(src|href)=["'](https?:)?//""", text)


@pytest.mark.parametrize("path", COMPONENTS, ids=names(COMPONENTS))
def test_component_tells_its_parameters_first(path):
    assert path.read_text().startswith("{% comment %}")


@pytest.mark.parametrize("path", ALL, ids=names(ALL))
def test_component_is_given_only_what_is_named(path):
    includes = re.findall(r'{% include "components/[^%]*%}', path.read_text())
    assert [tag for tag in includes if not tag.endswith(" only %}")] == []


def test_base_page_holds_nothing_of_a_person():
    for name in ("base.html", "components/header.html", "components/footer.html"):
        text = (TEMPLATES / name).read_text()
        assert not re.search(r"csrf|user\.|request\.user", text)
