"""Which addresses an application may name: video on Russian hosts, no foreign networks and services.

Nothing here asks the network: an address is judged by its words (SAFETY «Input»: no fetch of what people type).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

VIDEO_HOSTS = {
    "rutube.ru": "RuTube",
    "vk.com": "VK Видео",
    "vk.ru": "VK Видео",
    "vkvideo.ru": "VK Видео",
    "ok.ru": "Одноклассники",
    "disk.yandex.ru": "Яндекс Диск",
    "yadi.sk": "Яндекс Диск",
    "cloud.mail.ru": "Облако Mail",
    "my.mail.ru": "Видео Mail",
    "dzen.ru": "Дзен",
    "plvideo.ru": "Платформа",
}
FOREIGN_HOSTS = frozenset(
    "facebook.com fb.com fb.me instagram.com twitter.com x.com threads.net t.me telegram.me telegram.org whatsapp.com "
    "wa.me viber.com youtube.com youtu.be youtube-nocookie.com tiktok.com linkedin.com discord.com discord.gg "
    "pinterest.com vimeo.com tumblr.com snapchat.com reddit.com google.com goo.gl forms.gle dropbox.com onedrive.com live.com "
    "1drv.ms icloud.com wetransfer.com mega.nz zoom.us padlet.com wordwall.net learningapps.org canva.com "
    "bit.ly tinyurl.com".split()
)
_ADDRESS = re.compile(
    r"(?<![\w@.-])(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w@-])(?:/[^\s<>«»\"']*)?", re.IGNORECASE
)
VIDEO_CURE = "Загрузите видео на RuTube, VK Видео или Яндекс Диск и вставьте ссылку оттуда."


def foreign_addresses(text: str) -> Iterator[re.Match[str]]:
    """Yield the places of `text` that name an address of a foreign network or service."""
    return (at for at in _ADDRESS.finditer(text) if _belongs(_host(at.group()), FOREIGN_HOSTS))


def check_video_address(address: str) -> str:
    """Return the address of a video, with its scheme, if its host is Russian; blank stays blank.

    Raises ValidationError that names the host and the cure.
    """
    address = address.strip()
    if not address:
        return ""
    if "://" not in address:
        address = f"https://{address}"
    parts = urlsplit(address)
    host = _host(address)
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        raise ValidationError(f"Это не адрес видео. {VIDEO_CURE}", code="address")
    if not _belongs(host, VIDEO_HOSTS):
        raise ValidationError(f"{host} — не российская площадка или не площадка видео. {VIDEO_CURE}", code="host")
    return address


def _host(address: str) -> str:
    try:
        host = urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").lower()


def _belongs(host: str, hosts: frozenset[str] | dict[str, str]) -> bool:
    """Whether the host or a domain above it is listed."""
    labels = host.split(".")
    return any(".".join(labels[at:]) in hosts for at in range(len(labels) - 1))
