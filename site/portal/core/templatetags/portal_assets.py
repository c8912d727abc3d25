"""Placeholder until the front-end branch is merged."""

from django import template

register = template.Library()
