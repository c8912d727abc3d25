"""Which addresses an application may name: video on Russian hosts, no foreign networks and services.

Nothing here asks the network: an address is judged by its words (SAFETY «Input»: no fetch of what people type).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from django.core.exceptions import ValidationError

_REFERENCE = Path(__file__).parents[1] / "reference" / "hosts.yaml"
_ADDRESS = re.compile(
    r"(?<![\w@.-])(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w@-])(?:/[^\s<>«»\"']*)?", re.IGNORECASE
)
VIDEO_CURE = "Загрузите видео на RuTube, VK Видео или Яндекс Диск и вставьте ссылку оттуда."


@functools.cache
def _hosts() -> tuple[dict[str, str], frozenset[str]]:
    """Hosts of video with their names, and foreign hosts; read once for a process."""
    lists = yaml.safe_load(_REFERENCE.read_text(encoding="utf-8"))
    return lists["video"], frozenset(host.strip() for line in lists["foreign"] for host in line.split(","))


def foreign_addresses(text: str) -> Iterator[re.Match[str]]:
    """Yield the places of `text` that name an address of a foreign network or service."""
    return (at for at in _ADDRESS.finditer(text) if _belongs(_host(at.group()), _hosts()[1]))


def check_video_address(address: str) -> str:
    """Return the address of a video, with its scheme, if its host is Russian; blank stays blank.

    Raises ValidationError that names the host and the cure.
    """
    address = address.strip()
    if not address:
        return ""
    if "://" not in address:
        address = f"https://{address}"
    host = _host(address)
    if not address.lower().startswith(("http://", "https://")) or not host or urlsplit(address).username is not None:
        raise ValidationError(f"Это не адрес видео. {VIDEO_CURE}", code="address")
    if not _belongs(host, _hosts()[0]):
        raise ValidationError(f"{host} — не российская площадка или не площадка видео. {VIDEO_CURE}", code="host")
    return address


def _host(address: str) -> str:
    try:
        host = urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").lower()


def _belongs(host: str, hosts: Collection[str]) -> bool:
    """Whether the host or a domain above it is listed."""
    labels = host.split(".")
    return any(".".join(labels[at:]) in hosts for at in range(len(labels) - 1))
