"""Texts of applicants on pages: plain paragraphs and «- » lists, never markup of their own."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from practices.passport_files.content import Bullets, clean_text, parse_text

register = template.Library()


@register.filter
def passport_text(text: str) -> SafeString:
    """Return plain text as paragraphs and lists; everything in it is escaped."""
    blocks = []
    for block in parse_text(clean_text(text or "")):
        if isinstance(block, Bullets):
            items = format_html_join("", "<li>{}</li>", ((item,) for item in block.items))
            blocks.append(format_html("<ul>{}</ul>", items))
        else:
            blocks.append(format_html("<p>{}</p>", block.text))
    return format_html_join("\n", "{}", ((block,) for block in blocks))
