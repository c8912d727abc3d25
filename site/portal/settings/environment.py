"""Readers of the portal's environment variables: one function per URL that names a service.

Everything that differs between a laptop and a production server comes from the environment
(see docs/settings.md); these functions turn its strings into Django's settings dictionaries.
"""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

SESSION_SECONDS = 300  # opening a session of PostgreSQL costs as much as a dozen small answers
CACHE_ENTRIES = 1_000_000  # Django's file cache drops entries past MAX_ENTRIES (300 by default), the version key too


def mail_domain(host: str | None) -> str:
    """Return what stands after the @ of the portal's own mailbox: its host, if mail to such a name can exist."""
    name = host or ""
    try:
        ip_address(name)
    except ValueError:
        return name if "." in name else "localhost"
    return "localhost"


def database(url: str, var: Path) -> dict[str, Any]:
    """Return the DATABASES entry for `url`; an empty one means SQLite under `var`.

    SQLite runs in WAL with IMMEDIATE transactions: with deferred ones two writers that upgrade
    their lock at once get «database is locked» at once, whatever the timeout.

    A session of PostgreSQL is kept by its process (docs/adr/0020); `?conn_max_age=0` in the URL ends it with the request.
    A file of SQLite is opened anew each time: one that was put back from a backup is seen at once.
    """
    config: dict[str, Any] = environ.Env.db_url_config(url or f"sqlite:///{var / 'portal.sqlite3'}")
    if config["ENGINE"].endswith("sqlite3"):
        var.mkdir(parents=True, exist_ok=True)
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32768; "
                "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
            ),
        }
    else:
        config = {"CONN_MAX_AGE": SESSION_SECONDS, "CONN_HEALTH_CHECKS": True, **config}
    return config


def search_backends(url: str) -> dict[str, dict[str, Any]]:
    """Return WAGTAILSEARCH_BACKENDS for `db:` or `elasticsearch://host:9200/index`."""
    parts = urlsplit(url or "db:")
    if parts.scheme == "db":
        return {"default": {"BACKEND": "search.engines.database"}}
    if parts.scheme in {"elasticsearch", "elasticsearchs"}:
        scheme = "https" if parts.scheme.endswith("chs") else "http"
        options: dict[str, Any] = {"request_timeout": 2, "max_retries": 0}
        if parts.username:
            options["basic_auth"] = (unquote(parts.username), unquote(parts.password or ""))
        return {
            "default": {
                "BACKEND": "wagtail.search.backends.elasticsearch8",
                "URLS": [f"{scheme}://{parts.hostname}:{parts.port or 9200}"],
                "INDEX_PREFIX": (parts.path.strip("/") or "portal") + "_",
                "TIMEOUT": 2,
                "OPTIONS": options,
                "ATOMIC_REBUILD": True,
            }
        }
    raise ImproperlyConfigured(f"SEARCH_URL: неизвестная схема «{parts.scheme}»; ожидается db: или elasticsearch://")


def cache(url: str, var: Path) -> dict[str, Any]:
    """Return the CACHES entry for `redis://…`, `locmem:` or, when empty, files under `var`."""
    parts = urlsplit(url)
    if parts.scheme in {"redis", "rediss", "unix"}:
        return {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": url,
            "KEY_PREFIX": "portal",
            "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
        }
    if parts.scheme == "locmem":
        return {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": parts.path or "portal",
            "OPTIONS": {"MAX_ENTRIES": CACHE_ENTRIES},
        }
    if not url:
        return {
            "BACKEND": "portal.core.filecache.PortalFileCache",
            "LOCATION": str(var / "cache"),
            "OPTIONS": {"MAX_ENTRIES": CACHE_ENTRIES},
        }
    raise ImproperlyConfigured(f"CACHE_URL: неизвестная схема «{parts.scheme}»; ожидается redis:// или locmem:")


def email(url: str, var: Path) -> dict[str, Any]:
    """Return LETTERS_BACKEND and EMAIL_* settings for an SMTP URL; when empty, letters lie as files under `var`/mail."""
    if url:
        config = environ.Env.email_url_config(url)
        return {**config, "LETTERS_BACKEND": config["EMAIL_BACKEND"], "EMAIL_TIMEOUT": 10}
    return {"LETTERS_BACKEND": "portal.core.mail.FileBackend", "EMAIL_FILE_PATH": str(var / "mail")}


def storage(url: str, var: Path) -> dict[str, Any]:
    """Return the default STORAGES entry for `s3://key:secret@host/bucket?region=…` or, when empty, files on disk."""
    if not url:
        return {
            "BACKEND": "portal.files.storage.PortalFileStorage",
            "OPTIONS": {"location": str(var / "media"), "base_url": "/media/"},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"s3", "s3+http"}:
        raise ImproperlyConfigured(f"STORAGE_URL: неизвестная схема «{parts.scheme}»; ожидается s3://")
    query = dict(parse_qsl(parts.query))
    options: dict[str, Any] = {
        "bucket_name": parts.path.strip("/"),
        "access_key": unquote(parts.username or "") or None,
        "secret_key": unquote(parts.password or "") or None,
        "default_acl": "private",
        "file_overwrite": False,
        "querystring_auth": False,
        "region_name": query.get("region"),
    }
    if parts.hostname:
        scheme = "http" if parts.scheme == "s3+http" else "https"
        options["endpoint_url"] = f"{scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    return {"BACKEND": "portal.files.bucket.PortalBucketStorage", "OPTIONS": options}


def private_storage(url: str, var: Path) -> dict[str, Any]:
    """Return the STORAGES entry of files that only a view serves: the bucket's own branch, or a folder apart from media."""
    entry = storage(url, var)
    if url:
        return {**entry, "OPTIONS": {**entry["OPTIONS"], "location": "private"}}
    return {**entry, "OPTIONS": {"location": str(var / "private")}}
