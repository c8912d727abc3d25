"""Template tags of the cabinet's frame."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import RequestContext
from django.utils.crypto import salted_hmac

from portal.core import cabinet

register = template.Library()


@register.simple_tag(takes_context=True)
def cabinet_sections(context: RequestContext) -> list[cabinet.Section]:
    """The sections of the cabinet that concern the person, in the order of the menu."""
    user: Any = context["request"].user
    return cabinet.sections_of(user)


@register.simple_tag
def session_person(user: Any) -> str:
    """A mark by which a page tells its own person from another one who signed in since; says nothing else."""
    return salted_hmac("portal.cabinet.session", str(user.pk)).hexdigest()[:16]
