"""Static files for production: sources joined into a few bundles, then hashed and compressed by WhiteNoise.

Developers read and edit one file per component; a visitor's browser asks for one style sheet and one script.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Bundle → its sources, in the order in which they count
BUNDLES: dict[str, tuple[str, ...]] = {
    "css/portal.css": tuple(
        f"css/{name}.css"
        for name in (
            "tokens",
            "base",
            "layout",
            "icons",
            "header",
            "buttons",
            "search",
            "chips",
            "hero",
            "tiles",
            "cards",
            "events",
            "panel",
            "table",
            "roadmap",
            "road",
            "facets",
            "forms",
            "passport",
            "contests",
            "navigation",
            "content",
            "notices",
            "footer",
            "vision",
            "print",
        )
    ),
    # vision.js is first: it must run before the page is painted
    "js/portal.js": ("js/vision.js", "js/account.js", "js/menu.js", "js/toc.js", "js/fold.js", "js/suggest.js"),
    # Pages of the cabinet load these beside the two above
    "css/portal-cabinet.css": ("css/cabinet.css", "css/procedure.css"),
    "js/portal-cabinet.js": ("js/session.js", "js/once.js"),
    # So do the pages of a form beside those of the cabinet
    "css/portal-intake.css": ("css/intake.css", "css/uploads.css"),
    "js/portal-intake.js": (
        "js/intake-count.js",
        "js/intake-rows.js",
        "js/intake-device.js",
        "js/intake-conflict.js",
        "js/intake-save.js",
        "js/intake-presence.js",
        "js/uploads.js",
    ),
    "js/portal-catalogue.js": ("django_htmx/htmx-2.min.js", "js/catalogue.js"),
}

# A string or an address is matched first, so that nothing inside it is taken for a comment
_CSS_PIECES = re.compile(r"""("[^"]*"|'[^']*'|url\([^)]*\))|/\*.*?\*/|\s+""", re.DOTALL)
_JS_COMMENT_LINE = re.compile(r"^\s*//.*\n?", re.MULTILINE)
_CSS_URL = re.compile(r"""url\(\s*(["']?)(?!data:|https?:|/|#)(?P<path>[^"')]+)\1\s*\)""")


class BundleError(Exception):
    """A source named in BUNDLES is not among the collected files."""


def join_css(sources: dict[str, str], target: str) -> str:
    """Join style sheets (name → text) into the one called `target`.

    Comments and runs of white space go; relative addresses are rewritten from the folder of their source to
    the folder of the target.
    """
    folder = posixpath.dirname(target)
    joined = []
    for name, text in sources.items():

        def move(match: re.Match[str], source_folder: str = posixpath.dirname(name)) -> str:
            path = posixpath.normpath(posixpath.join("/", source_folder, match["path"]))
            return f'url("{posixpath.relpath(path, posixpath.join("/", folder))}")'

        bare = _CSS_PIECES.sub(lambda piece: piece[1] or ("" if piece[0].startswith("/*") else " "), text)
        joined.append(_CSS_URL.sub(move, bare).strip())
    return "\n".join(joined) + "\n"


def join_js(sources: dict[str, str]) -> str:
    """Join scripts (name → text); a semicolon between them ends what a source left open.

    Whole-line comments go from our own readable files; a minified file keeps every byte (its licence too).
    """
    texts = (text if name.endswith(".min.js") else _JS_COMMENT_LINE.sub("", text) for name, text in sources.items())
    return ";\n".join(text.strip().rstrip(";") for text in texts) + ";\n"


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's hashed and compressed storage that first joins the sources of BUNDLES.

    The bundles are files of STATIC_ROOT like any other, so hashing, rewriting of addresses, the manifest and
    compression treat them as such.
    """

    joins_bundles = True

    def post_process(
        self, paths: dict[str, Any], *args: Any, dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        """Write the bundles, then do what WhiteNoise does; raises BundleError when a source is missing."""
        if not dry_run:
            # Not the caller's own mapping: collectstatic prints what it copied from it
            paths = {**paths, **{name: (self, name) for name in self.write_bundles(paths)}}
        yield from super().post_process(paths, *args, dry_run=dry_run, **options)

    def write_bundles(self, paths: dict[str, Any]) -> list[str]:
        """Join every bundle from the collected files `paths` (name → storage, path); return the bundles' names."""
        for bundle, names in BUNDLES.items():
            if missing := [name for name in names if name not in paths]:
                raise BundleError(f"{bundle} is made of files that were not collected: {', '.join(missing)}")
            sources = {name: self.read_source(*paths[name]) for name in names}
            text = join_css(sources, bundle) if bundle.endswith(".css") else join_js(sources)
            self.delete(bundle)
            self._save(bundle, ContentFile(text.encode()))
        return list(BUNDLES)

    @staticmethod
    def read_source(storage: Any, path: str) -> str:
        """The text of one collected file."""
        with storage.open(path) as source:
            return source.read().decode()
