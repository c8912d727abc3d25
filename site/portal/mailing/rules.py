"""Who may write to many people at once."""

from __future__ import annotations

from typing import Any

from portal.accounts.rules import is_moderator


def may_mail(user: Any) -> bool:
    """Tell whether the person prepares and sends mailings: moderators and administrators."""
    return is_moderator(user)
