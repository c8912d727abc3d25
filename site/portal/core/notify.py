"""How a procedure tells a person something: a line of the bell in the cabinet, and a letter if the person wants it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from portal.core import letter_kinds, letters
from portal.core.models import LetterChoice, Notice
from portal.core.models.notices import LetterWay
from portal.core.text import single_line

_SALT = "portal.core.notify"
DIGEST = "*"  # in place of a group in the link of a digest: every group that comes in digests
_TITLE_LENGTH = 250
_KEY_LENGTH = 100


def tell(
    user: Any,
    kind: str,
    context: Mapping[str, str],
    *,
    href: str,
    title: str,
    dedupe_key: str | None = None,
    reply_to: str = "",
    secret: bool = False,
    enclosure: str = "",
) -> Notice | None:
    """Tell `user` something, within the caller's transaction: a row of the bell and, as the person chose, a letter.

    `href` is a path of the portal where the thing is seen, never a one-time link: the bell shows it; {link} of the
    letter is its full address unless `context` brings another. `title` is one line of the bell. The letter is left out
    when the person unsubscribed from the kind's group, and waits for the digest when the person chose that; kinds
    marked necessary come always. The same `dedupe_key` tells one person once. Returns the notice, or None when the
    account is closed or was told already. Raises ValueError for an unknown kind, an address of another site and a key
    that is too long.
    """
    known = letter_kinds.find(kind)
    if known is None:
        raise ValueError(f"notice: unknown kind {kind}")
    if not href.startswith("/") or not url_has_allowed_host_and_scheme(href, allowed_hosts=None):
        raise ValueError("notice: not a path of the portal")
    if dedupe_key and len(dedupe_key) > _KEY_LENGTH:
        raise ValueError("notice: the key is too long")
    if not user.is_active:
        return None
    way = way_of(user, known)
    notice = _write(
        Notice(
            user=user,
            kind=kind,
            title=single_line(title)[:_TITLE_LENGTH],
            href=href,
            dedupe_key=dedupe_key,
            for_digest=way in {LetterWay.DAILY, LetterWay.WEEKLY},
        )
    )
    if notice is not None and way == LetterWay.EACH:
        letters.queue_letter(
            kind,
            user.email,
            {"link": settings.SITE_URL + href, **context},
            reply_to=reply_to,
            secret=secret,
            enclosure=enclosure,
            dedupe_key=f"notice:{notice.pk}",
            unsubscribe_url=unsubscribe_url(user, known.group) if known.can_be_left_out else "",
        )
    return notice


def _write(notice: Notice) -> Notice | None:
    told = Notice.objects.filter(user=notice.user, dedupe_key=notice.dedupe_key)
    if notice.dedupe_key and told.exists():
        return None
    try:
        with transaction.atomic():
            notice.save()
    except IntegrityError:
        if not notice.dedupe_key:
            raise
        return None  # somebody else told the same at the same moment
    return notice


def way_of(user: Any, kind: letter_kinds.LetterKind) -> str:
    """Return how `user` wants letters of `kind`, a value of LetterWay."""
    if not kind.can_be_left_out:
        return LetterWay.EACH
    chosen = LetterChoice.objects.filter(user=user, group=kind.group).values_list("way", flat=True).first()
    return chosen or LetterWay.EACH


def choose(user: Any, group: str, way: str) -> None:
    """Write down how `user` wants letters of `group`; raises ValueError for a group that nobody can leave."""
    if group not in letter_kinds.optional_groups():
        raise ValueError(f"letters: no such group to leave: {group}")
    with transaction.atomic():
        LetterChoice.objects.update_or_create(user=user, group=group, defaults={"way": LetterWay(way)})
        if way in {LetterWay.EACH, LetterWay.NEVER}:
            # What waited for a digest stays in the bell: the person wants none of it by mail any more.
            kinds = [kind.kind for kind in letter_kinds.optional_groups()[group]]
            Notice.objects.filter(user=user, for_digest=True, kind__in=kinds).update(for_digest=False)


def leave(user: Any, group: str) -> None:
    """Send `user` no more letters of `group`; for DIGEST of every group that the user gets in digests."""
    digests = LetterChoice.objects.filter(user=user, way__in=[LetterWay.DAILY, LetterWay.WEEKLY])
    for name in list(digests.values_list("group", flat=True)) if group == DIGEST else [group]:
        if name in letter_kinds.optional_groups():
            choose(user, name, LetterWay.NEVER)


def unsubscribe_url(user: Any, group: str) -> str:
    """Return the full address that leaves `group` for `user` without signing in; it never expires."""
    token = signing.dumps({"user": user.pk, "group": group}, salt=_SALT, compress=True)
    return settings.SITE_URL + reverse("letters_unsubscribe", args=[token])


def read_unsubscribe(token: str) -> tuple[int, str] | None:
    """Return the account's number and the group of a token made by `unsubscribe_url`; None for a made-up one."""
    try:
        values = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return values["user"], values["group"]
