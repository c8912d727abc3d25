"""What stands between a fresh clone and a served portal, step by step; each step is skipped when it is done already."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Page
from wagtail.search.index import get_indexed_models

from portal.core import static_storage, versions
from portal.core.models import Milestone
from portal.setup.order import run_setup

DEMO = "demo-content"
INDEX = "search-index"


def prepare(*, with_demo: bool) -> Iterator[str]:
    """Do every step that is not done yet; yield a line before or after each that takes time or changes something.

    Safe to kill at any moment: what was begun is finished by the next call.
    """
    yield from _migrate()
    yield from run_setup()
    if with_demo:
        yield from _load_demo()
    yield from _fill_index()
    yield from _collect_static()
    # What older templates drew must not outlive them: kept cards and pages name their style sheets too.
    for version in versions.Version.known:
        version.renew()


def _migrate() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield "Готовлю базу данных…"
        call_command("migrate", interactive=False, verbosity=0)


def _load_demo() -> Iterator[str]:
    """Load demonstration content once: who has removed or edited it does not get it back."""
    if "load_demo" not in get_commands() or Milestone.is_reached(DEMO):
        return
    yield "Загружаю демонстрационное наполнение…"
    call_command("load_demo", verbosity=0)
    Milestone.reach(DEMO)


def _fill_index() -> Iterator[str]:
    """Build the search index when there is none, or when what is indexed, or where, has changed."""
    signature = _index_signature()
    if Milestone.is_reached(INDEX, signature) and not _index_is_lost():
        return
    yield "Строю поисковый указатель…"
    call_command("update_index", verbosity=0)
    Milestone.reach(INDEX, signature)


def _index_signature() -> str:
    described = [repr(sorted(settings.WAGTAILSEARCH_BACKENDS["default"].items(), key=str))]
    for model in sorted(get_indexed_models(), key=lambda model: model._meta.label):
        described.append(f"{model._meta.label} {sorted(map(_describe, model.search_fields))}")
    text = Path(apps.get_app_config("search").path) / "text.py"  # how words are cut decides what is in the index
    return hashlib.sha256("\n".join(described).encode() + text.read_bytes()).hexdigest()


def _describe(field: Any) -> str:
    """Return what an indexed field says about the index: its kind, name, options and, of a relation, its fields."""
    inner = sorted(map(_describe, getattr(field, "fields", [])))
    return f"{type(field).__name__} {field.field_name} {getattr(field, 'kwargs', {})} {inner}"


def _index_is_lost() -> bool:
    if "database" not in settings.WAGTAILSEARCH_BACKENDS["default"]["BACKEND"]:
        return False
    entries = apps.get_model("wagtailsearch", "IndexEntry").objects
    return Page.objects.filter(depth__gt=1).exists() and not entries.exists()


def _collect_static() -> Iterator[str]:
    """Gather, hash and compress static files when their sources have changed; that takes half a minute."""
    mark = Path(settings.STATIC_ROOT) / ".sources"
    signature = _static_signature()
    if mark.exists() and mark.read_text(encoding="utf-8") == signature:
        return
    yield "Собираю и сжимаю стили и скрипты…"
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(signature, encoding="utf-8")


def _static_signature() -> str:
    """Hash of our own static sources, of what joins them, and of the versions of the libraries that bring theirs."""
    digest = hashlib.sha256(Path(static_storage.__file__).read_bytes())
    digest.update(repr(sorted((item.name, item.version) for item in distributions())).encode())
    digest.update(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            if isinstance(storage, FileSystemStorage) and Path(storage.location).is_relative_to(settings.ROOT):
                if ".venv" in Path(storage.location).parts:
                    continue
                digest.update(path.encode() + Path(storage.path(path)).read_bytes())
    return digest.hexdigest()
