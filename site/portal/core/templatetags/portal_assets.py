"""Template tags for style sheets, scripts and drawings of the sprite."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal.core.static_storage import BUNDLES

register = template.Library()

# The type of input (as Django names it) → the class that the style sheets know
_CONTROL_CLASSES = {"checkbox": "", "radioselect": "", "checkboxselectmultiple": ""}


def _files(bundle: str) -> tuple[str, ...]:
    """The addresses to ask for: the bundle where the storage joins files, its sources elsewhere."""
    joined = getattr(staticfiles_storage, "joins_bundles", False) and not settings.DEBUG
    return (bundle,) if joined else BUNDLES[bundle]


@register.simple_tag
def styles(name: str = "portal") -> SafeString:
    """Links to the style sheets of a bundle: "portal", or "cabinet" and "intake" beside it. Raises KeyError for an unknown name."""
    bundle = {"portal": "css/portal.css", "cabinet": "css/portal-cabinet.css", "intake": "css/portal-intake.css"}[name]
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(file),) for file in _files(bundle)))


@register.simple_tag
def scripts(name: str) -> SafeString:
    """Script elements of a bundle: "portal" (in <head>, blocks painting), "catalogue", "cabinet" or "intake" (deferred).

    Raises KeyError for an unknown name.
    """
    bundle, how = {
        "portal": ("js/portal.js", ""),
        "catalogue": ("js/portal-catalogue.js", " defer"),
        "cabinet": ("js/portal-cabinet.js", " defer"),
        "intake": ("js/portal-intake.js", " defer"),
    }[name]
    return format_html_join(
        "\n", '<script src="{}"{}></script>', ((static(file), SafeString(how)) for file in _files(bundle))
    )


@register.simple_tag
def sprite(symbol: str) -> str:
    """The address of one drawing of the sprite, for the href of <use>: {% sprite "logo" %}."""
    return f"{static('img/sprite.svg')}#{symbol}"


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """An icon of the sprite as decoration: {% icon "search" %}, {% icon "check" "i--big" %}."""
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="{}"/></svg>', f" {extra}" if extra else "", sprite(f"i-{name}")
    )


@register.simple_tag
def figure(area: str) -> SafeString:
    """The figure of an educational area: skr, pr, rr, her, fr, or none for practices outside the areas."""
    return format_html(
        '<svg class="f" viewBox="0 0 24 24" aria-hidden="true"><use href="{}"/></svg>', sprite(f"f-{area or 'none'}")
    )


@register.filter
def control(field: BoundField) -> SafeString:
    """The control of a form field with the class that dresses it, added to the widget's own classes."""
    own = field.field.widget.attrs.get("class", "")
    dress = _CONTROL_CLASSES.get(field.widget_type, "input")
    classes = f"{own} {dress}".strip()
    return field.as_widget(attrs={"class": classes} if classes else None)
