"""What the core adds to the admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.forms.workflows import WorkflowPageForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.search import SearchView as PageSearchView
from wagtail.models import Page
from wagtail.permissions import register_permission_policy
from wagtail.sites.views import IndexView as SiteIndexView
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from portal.core import admin_menu, awaiting, publicity
from portal.core.models import Consent, Letter, LetterTemplate
from portal.core.sections import refuse_bulk_with_section, refuse_to_move_section, refuse_to_remove_section
from portal.core.snippets import refuse_to_delete_used
from portal.core.viewsets import (
    ConsentTextViewSet,
    ConsentViewSet,
    EditOnlyPolicy,
    EnterOnlyPolicy,
    LetterTemplateViewSet,
    LetterViewSet,
    ViewOnlyPolicy,
    undelivered,
)

register_permission_policy(Letter, ViewOnlyPolicy(Letter))
register_permission_policy(Consent, EnterOnlyPolicy(Consent))
register_permission_policy(LetterTemplate, EditOnlyPolicy(LetterTemplate))


class LettersAndConsents(SnippetViewSetGroup):
    """One menu for what goes out and what people agreed to."""

    menu_label = "Письма и согласия"
    menu_icon = "mail"
    menu_name = "letters-and-consents"
    menu_order = admin_menu.LETTERS
    items = (LetterViewSet, LetterTemplateViewSet, ConsentTextViewSet, ConsentViewSet)


register_snippet(LettersAndConsents)
awaiting.register("letters", undelivered, order=80)

hooks.register("before_delete_snippet", refuse_to_delete_used)
hooks.register("before_delete_page", refuse_to_remove_section)
hooks.register("before_unpublish_page", refuse_to_remove_section)
hooks.register("before_move_page", refuse_to_move_section)
hooks.register("before_bulk_action", refuse_bulk_with_section)


@hooks.register("insert_global_admin_css")
def screens_css() -> SafeString:
    """Return the link to the styles of the portal's own screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("admin/screens.css"))


SiteIndexView.columns[1:4] = [  # Wagtail leaves these headings in English
    Column("port", label="Порт", sort_key="port"),
    Column("site_name", label="Название"),
    Column("root_page", label="Главная страница"),
]
# Without it the heading counts «1–20 из 38: None».
PageSearchView.verbose_name_plural = "страницы"
WorkflowPageForm.base_fields["page"].label = "Страница"


@hooks.register("construct_help_menu")
def keep_help_at_home(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave the keyboard's shortcuts: news of Wagtail and its guide are in English on somebody else's site."""
    items[:] = [item for item in items if item.name == "keyboard-shortcuts-trigger"]


@hooks.register("before_serve_page")
def page_for_some(page: Page, request: HttpRequest, serve_args: list[object], serve_kwargs: dict[str, object]) -> None:
    """A page that is not for everybody does not exist for the others."""
    publicity.refuse_strangers(page, request)
