"""Forms of the public site: label, help and error are wired to their control once, for every form."""

import re

import pytest
from django import forms

from portal.core.forms import PortalFormRenderer

pytestmark = pytest.mark.unit


class Question(forms.Form):
    default_renderer = PortalFormRenderer

    name = forms.CharField(label="Как к вам обращаться", required=False)
    email = forms.EmailField(label="Электронная почта", help_text="Сюда придёт ответ.")
    who = forms.ChoiceField(label="Кто вы", widget=forms.RadioSelect, choices=[("p", "Педагог"), ("r", "Родитель")])
    text = forms.CharField(label="Сообщение", widget=forms.Textarea(attrs={"class": "tall"}))
    agree = forms.BooleanField(label="Даю согласие")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def tag_of(html, name):
    return re.search(rf'<(?:input|textarea|select)[^>]*name="{name}"[^>]*>', html)[0]


def test_control_is_described_by_its_help_and_its_error():
    html = str(Question({"email": "почта"}))
    described = re.search(r'aria-describedby="([^"]+)"', tag_of(html, "email"))[1].split()
    assert described == ["id_email_helptext", "id_email_error"]
    for identifier in described:
        assert html.count(f'id="{identifier}"') == 1
    assert 'aria-invalid="true"' in tag_of(html, "email")


def test_error_stands_at_the_field_and_in_a_summary_that_leads_to_it():
    html = str(Question({"email": "почта"}))
    summary = re.search(r'<div class="note"[^>]*role="alert".*?</div>', html, re.DOTALL)[0]
    assert '<a href="#id_email">Электронная почта</a>' in summary
    targets = re.findall(r'href="#([^"]*)"', summary)
    assert targets == ["id_email", "id_who_0", "id_text", "id_agree"]
    for target in targets:
        assert html.count(f'id="{target}"') == 1


def test_no_identifier_is_used_twice():
    identifiers = re.findall(r' id="([^"]+)"', str(Question({})))
    assert len(identifiers) == len(set(identifiers))


def test_untouched_form_has_no_errors():
    html = str(Question())
    assert 'role="alert"' not in html
    assert 'data-st="late"' not in html


def test_only_what_may_be_left_blank_says_so():
    html = str(Question())
    assert html.count("необязательно") == 1
    assert re.search(r'<label for="id_name">Как к вам обращаться <span class="opt">необязательно', html)


def test_controls_get_the_look_beside_their_own_classes():
    html = str(Question())
    assert 'class="input"' in tag_of(html, "name")
    assert 'class="tall input"' in tag_of(html, "text")
    assert "class" not in tag_of(html, "agree")
    assert "class" not in tag_of(html, "token")


def test_choices_are_a_named_group():
    html = str(Question())
    group = re.search(r"<fieldset.*?</fieldset>", html, re.DOTALL)[0]
    assert "<legend>Кто вы</legend>" in group
    assert group.count('type="radio"') == 2


def test_hidden_field_is_drawn_once_and_without_a_label():
    html = str(Question())
    assert html.count('name="token"') == 1
    assert 'for="id_token"' not in html
