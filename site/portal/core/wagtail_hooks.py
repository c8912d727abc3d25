"""What the core adds to the admin."""

from __future__ import annotations

from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from portal.core.models import Consent, Letter, LetterTemplate
from portal.core.snippets import refuse_to_delete_used
from portal.core.viewsets import (
    ConsentTextViewSet,
    ConsentViewSet,
    EditOnlyPolicy,
    LetterTemplateViewSet,
    LetterViewSet,
    ViewOnlyPolicy,
)

register_permission_policy(Letter, ViewOnlyPolicy(Letter))
register_permission_policy(Consent, ViewOnlyPolicy(Consent))
register_permission_policy(LetterTemplate, EditOnlyPolicy(LetterTemplate))


class LettersAndConsents(SnippetViewSetGroup):
    """One menu for what goes out and what people agreed to."""

    menu_label = "Письма и согласия"
    menu_icon = "mail"
    menu_name = "letters-and-consents"
    menu_order = 550
    items = (LetterViewSet, LetterTemplateViewSet, ConsentTextViewSet, ConsentViewSet)


register_snippet(LettersAndConsents)

hooks.register("before_delete_snippet", refuse_to_delete_used)
