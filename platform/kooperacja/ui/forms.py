"""How forms look: the renderer of `{{ form }}` and the fields a Polish office needs."""

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.template.loader import get_template


class Renderer(DjangoTemplates):
    """Forms and fields by our components, widgets by Django's own templates."""

    form_template_name = "components/_form.html"
    field_template_name = "components/_field.html"

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("components/"):
            return get_template(template_name)
        return super().get_template(template_name)


class DateInput(forms.DateInput):
    """The browser's own calendar; without one it is a text field that wants RRRR-MM-DD."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """Day and hour in one field."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class SearchForm(forms.Form):
    """Base of the filters above a list: sent by GET, nothing required, never an error summary."""

    szukaj = forms.CharField(
        label="Szukaj", required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
