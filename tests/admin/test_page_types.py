"""Every page type: where it may stand, whether it is shown, edited and previewed; sections stay where they are."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.urls import reverse
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from contests.models import ContestIndexPage, ContestPage
from events.models import EventCyclePage, EventIndexPage, EventPage, EventPlanPage
from portal.core.sections import SectionPage
from portal.desk.models import TrashPage
from portal.documents.models import DocumentIndexPage, DocumentPage
from portal.home.models import ContentPage, HomePage
from portal.news.models import NewsIndexPage, NewsPage
from portal.roadmap.models import RoadmapIndexPage, RoadmapPage
from portal.setup.groups import EDITORS
from practices.models import CollectionPage, PracticeIndexPage, PracticePage
from tests.factories.contests import ContestPageFactory
from tests.factories.documents import DocumentPageFactory, document_kind
from tests.factories.events import EventCyclePageFactory, EventPageFactory, EventPlanPageFactory
from tests.factories.news import NewsPageFactory
from tests.factories.people import make_account
from tests.factories.practices import CollectionPageFactory, PracticePageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PARENTS = {
    HomePage: {Page},
    ContentPage: {HomePage, ContentPage},
    NewsIndexPage: {HomePage},
    NewsPage: {NewsIndexPage},
    DocumentIndexPage: {HomePage},
    DocumentPage: {DocumentIndexPage},
    EventIndexPage: {HomePage},
    ContestIndexPage: {HomePage},
    ContestPage: {ContestIndexPage},
    EventPage: {EventIndexPage},
    EventCyclePage: {EventIndexPage},
    EventPlanPage: {EventIndexPage},
    PracticeIndexPage: {HomePage},
    PracticePage: {PracticeIndexPage},
    CollectionPage: {PracticeIndexPage},
    RoadmapIndexPage: {HomePage},
    RoadmapPage: {RoadmapIndexPage},
}


@pytest.fixture
def checks(client):
    """Wagtail's assertions about pages, with our client signed in as an administrator."""
    case = WagtailPageTestCase()
    case.client = client
    case.dummy_request = RequestFactory().get("/")
    client.force_login(make_account("root@example.org", is_superuser=True))
    return case


def one(model):
    news, bank = NewsIndexPage.objects.get(), PracticeIndexPage.objects.get()
    made = {
        NewsPage: lambda: NewsPageFactory(parent=news),
        PracticePage: lambda: PracticePageFactory(parent=bank),
        CollectionPage: lambda: CollectionPageFactory(parent=bank),
        DocumentPage: lambda: DocumentPageFactory(parent=DocumentIndexPage.objects.get()),
        EventPage: EventPageFactory,
        ContestPage: ContestPageFactory,
        EventCyclePage: lambda: EventCyclePageFactory(parent=EventIndexPage.objects.get()),
        EventPlanPage: lambda: EventPlanPageFactory(parent=EventIndexPage.objects.get()),
        ContentPage: ContentPage.objects.first,
    }
    return made.get(model, lambda: model.objects.get())()


def test_every_page_type_is_in_this_table():
    assert set(PARENTS) == set(get_page_models()) - {Page, TrashPage}


@pytest.mark.parametrize("model", PARENTS, ids=lambda model: model.__name__)
def test_page_stands_only_where_it_belongs(checks, model):
    checks.assertAllowedParentPageTypes(model, PARENTS[model])
    children = {child for child, parents in PARENTS.items() if model in parents}
    assert set(model.allowed_subpage_models()) - {Page} == children


def filled(page):
    """Return what the editor's form sends for a page with empty streams and lists of rows."""
    streams = {field.name: streamfield([]) for field in page._meta.fields if isinstance(field, StreamField)}
    rows = {relation.get_accessor_name(): inline_formset([]) for relation in get_all_child_relations(type(page))}
    plain = {"title": page.title, "slug": page.slug, "summary": page.summary}
    own = {"intro": rich_text("<p>Вступление</p>"), "date": "2022-03-01", "level": "presented", "tags": ""}
    if isinstance(page, DocumentPage):
        own |= {"kind": document_kind().pk, "issuer_name": "Комитет"}
    if isinstance(page, ContestPage):
        own |= {"series": page.series_id, "year": page.year}
    if isinstance(page, EventPage):
        own |= {"kind": page.kind_id, "format": page.format, "state": page.state, "how_to_take_part": rich_text("")}
        own |= {name: f"{getattr(page, name):%Y-%m-%d %H:%M}" for name in ("starts_at", "ends_at")}
    if isinstance(page, EventCyclePage | EventPlanPage):
        own |= {"planned_count": 4, "starts_on": "2022-01-01", "ends_on": "2022-12-31"}
    if isinstance(page, RoadmapPage):
        own |= {"starts_on": "2022-01-01", "ends_on": "2022-12-31"}
    return nested_form_data({**plain, **own, **streams, **rows})


@pytest.mark.parametrize("model", PARENTS, ids=lambda model: model.__name__)
def test_page_is_shown_edited_and_previewed(checks, model, root):
    page = one(model)
    checks.assertPageIsRenderable(page)
    checks.assertPageIsEditable(page, post_data=filled(page))
    checks.assertPageIsPreviewable(page, post_data=filled(page))


@pytest.fixture
def editor(client):
    client.force_login(make_account("editor@example.org", groups=[EDITORS]))
    return client


@pytest.mark.parametrize(
    "model", [HomePage, NewsIndexPage, PracticeIndexPage, ContestIndexPage], ids=lambda model: model.__name__
)
@pytest.mark.parametrize("verb", ["delete", "unpublish"])
def test_section_is_neither_deleted_nor_unpublished_by_mistake(editor, model, verb):
    section = model.objects.get()
    editor.post(reverse(f"wagtailadmin_pages:{verb}", args=[section.pk]))
    section.refresh_from_db()
    assert section.live
    if (model, verb) != (HomePage, "delete"):  # for that an editor has no right in the first place
        told = editor.get(reverse("wagtailadmin_pages:edit", args=[section.pk])).content.decode()
        assert "раздел портала" in told


def test_section_is_not_removed_among_other_pages(admin_client):
    news = NewsIndexPage.objects.get()
    for verb in ("delete", "unpublish"):
        admin_client.post(f"/admin/bulk/wagtailcore/page/{verb}/?id={news.pk}")
    assert NewsIndexPage.objects.get().live


@pytest.mark.parametrize(
    "model", [NewsIndexPage, PracticeIndexPage, ContestIndexPage], ids=lambda model: model.__name__
)
def test_section_is_one_and_keeps_its_address(editor, home, model):
    app, name = model._meta.app_label, model._meta.model_name
    assert editor.get(f"/admin/pages/add/{app}/{name}/{home.pk}/").status_code in {302, 403}
    section = model.objects.get()
    section.slug = "drugoy"
    with pytest.raises(Exception, match="Адрес раздела не меняется"):
        section.full_clean()
    assert issubclass(model, SectionPage)


def test_address_of_a_new_page_is_latin_and_short(editor, home):
    title = "Очень длинное название страницы о том, как детские сады региона оценивают качество своей работы"
    slug = "ochen-dlinnoe-nazvanie-stranitsy-o-tom-kak-detskie-sady-regiona-otsenivayut-kachestvo"
    form = {"title": title, "slug": slug, "body-count": "0"}
    for _number in range(2):
        answer = editor.post(f"/admin/pages/add/home/contentpage/{home.pk}/", form)
        assert answer.status_code == 302
    made = list(ContentPage.objects.filter(title=title).values_list("slug", flat=True))
    assert len(set(made)) == 2
    assert all(len(slug) <= 60 and slug.startswith("ochen-dlinnoe-nazvanie") for slug in made)


def test_page_made_by_a_program_gets_a_latin_address_by_itself():
    section = NewsIndexPage.objects.get()
    slugs = [section.add_child(instance=NewsPage(title="Новость о щенке")).slug for _number in range(2)]
    assert slugs[0].startswith("novost-o-")
    assert slugs[1] == f"{slugs[0]}-2"


DRAFT = "Черновик, которого нет на сайте"


def preview(client, address, form):
    """Send the form to the preview panel and open what it shows."""
    sent = client.post(address, form)
    assert sent.json() == {"is_valid": True, "is_available": True}
    return client.get(address)


@pytest.mark.parametrize("model", PARENTS, ids=lambda model: model.__name__)
def test_preview_beside_the_form_shows_what_is_not_saved(admin_client, model):
    page = one(model)
    own = {"hero_title": DRAFT} if model is HomePage else {}
    form = {**filled(page), "title": DRAFT, **own}
    shown = preview(admin_client, reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]), form)
    assert shown.status_code == 200
    assert DRAFT in shown.content.decode()
    assert model.objects.get(pk=page.pk).title != DRAFT


@pytest.mark.parametrize(
    "model", [one_of for one_of in PARENTS if not issubclass(one_of, SectionPage)], ids=lambda model: model.__name__
)
def test_preview_of_a_page_that_is_not_made_yet(admin_client, model):
    if model is HomePage:
        pytest.skip("главная страница одна")
    page = one(model)
    parent = page.get_parent()
    name = (model._meta.app_label, model._meta.model_name, parent.pk)
    form = {**filled(page), "title": DRAFT, "slug": "chernovik"}
    shown = preview(admin_client, reverse("wagtailadmin_pages:preview_on_add", args=name), form)
    assert shown.status_code == 200
    assert DRAFT in shown.content.decode()
    assert not model.objects.filter(title=DRAFT).exists()
