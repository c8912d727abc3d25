"""What the page «Проверка» asks of the procedure."""

from __future__ import annotations

from typing import Any

from django import template

from practices.domain.transitions import Offer, available_actions

register = template.Library()
_SENDING = {"send", "resend"}


@register.simple_tag
def sending(submission: Any, user: Any) -> Offer | None:
    """Return the button that sends the submission on, with why it cannot be pressed; None for who does not send it."""
    return next((offer for offer in available_actions(submission, user) if offer.action in _SENDING), None)
