"""Input of the subscription: a mailbox, what it wants to hear of, the consent."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.core.trap_forms import TrapForm
from portal.subscriptions.enums import Target
from portal.vocabularies.domain.tags import resolve_topic
from portal.vocabularies.models import Tag


class SubscribeForm(TrapForm):
    """What to hear of stands in the address of the form; a topic that no longer exists is told of in words."""

    salt = "portal.subscriptions"
    send_words = "Подписаться"

    email = forms.EmailField(
        label="Электронная почта", max_length=254, help_text="Пришлём письмо со ссылкой: подписка начнётся с неё."
    )
    consent = forms.BooleanField(
        label="Даю согласие на обработку адреса почты, чтобы получать письма о новом на портале",
        error_messages={"required": "Отметьте согласие: без него мы не можем сохранить вашу почту."},
    )


def target_of(values: Any) -> tuple[Target, Tag | None] | None:
    """Return what an address asks to subscribe to: ?to=news, ?to=events, ?to=topic&topic=<slug>; None for nonsense."""
    to = values.get("to", "")
    if to not in Target.values:
        return None
    if to != Target.TOPIC:
        return Target(to), None
    try:
        tag, _moved = resolve_topic(values.get("topic", ""))
    except Tag.DoesNotExist:
        return None
    return Target.TOPIC, tag
