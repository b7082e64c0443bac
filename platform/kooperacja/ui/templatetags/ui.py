"""Tags and filters of every page; built in, so no template loads them."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template import Context
from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe

from kooperacja.tenancy.urls import root_reverse
from kooperacja.ui import polish
from kooperacja.ui.difference import Piece
from kooperacja.ui.forms import is_search_wrong, summary_heading, summary_lines
from kooperacja.ui.pagination import Page
from kooperacja.ui.parts import Check, Event, Step
from kooperacja.ui.tables import Table
from kooperacja.ui.text import InLanguage

register = template.Library()

KINDS = ("ok", "wait", "stop", "info", "neutral")
LEVEL_KINDS = {"success": "ok", "warning": "wait", "error": "stop"}


# --- Polish ----------------------------------------------------------------------------------


@register.filter
def plural_pl(n: float | Decimal, forms_of_noun: str | Sequence[str]) -> str:
    """{{ n }} {{ n|plural_pl:"gmina,gminy,gmin" }}"""
    if isinstance(forms_of_noun, str):
        forms_of_noun = forms_of_noun.split(",")
    one, few, many = forms_of_noun
    return polish.plural_pl(n, one, few, many)


@register.filter
def counted(n: float | Decimal, forms_of_noun: str) -> str:
    """{{ n|counted:"gmina,gminy,gmin" }} gives the number and the noun."""
    one, few, many = forms_of_noun.split(",")
    return polish.counted(n, one, few, many)


@register.filter
def in_lines(text: object) -> str:
    """Each line of a text in a line of its own, marked with its language where that is known."""
    lines = linebreaksbr(str(text))
    if isinstance(text, InLanguage) and text:
        return format_html('<span lang="{}">{}</span>', text.lang, lines)
    return lines


@register.filter
def number(n: float | Decimal | None) -> str:
    return "" if n is None else polish.number(n)


register.filter(polish.pl_date)
register.filter(polish.pl_date_in_column)
register.filter(polish.pl_datetime)
register.filter(polish.pl_month)


register.filter(polish.quoted)


@register.filter
def with_place(title: str, here: Any) -> str:
    """{% filter with_place:here %}title of a page{% endfilter %}"""
    place = conditional_escape(getattr(here, "name", ""))
    return mark_safe(polish.with_place(title.strip(), place))  # noqa: S308 - both are escaped


@register.filter(is_safe=True)
def typo(text: object) -> str:
    return polish.typo(str(text))


@register.filter(is_safe=True)
def typo_in_heading(text: object) -> str:
    return polish.typo_in_narrow(str(text))


# --- Links -----------------------------------------------------------------------------------


@register.simple_tag
def root_url(name: str, *args: object, **kwargs: object) -> str:
    """A page of the shared plane, from wherever one is."""
    return root_reverse(name, *args, **kwargs)


@register.inclusion_tag("components/_breadcrumbs.html")
def breadcrumbs(*parts: str) -> dict[str, object]:
    """{% breadcrumbs "Członkowie" members_url "Nowy członek" %}: name, address, …, last name."""
    pairs = [(parts[i], parts[i + 1]) for i in range(0, len(parts) - 1, 2)]
    return {"crumbs": pairs, "last": parts[-1] if len(parts) % 2 else ""}


@register.filter
def in_fours(text: object) -> str:
    """A key in groups of four, parted for the eye alone: what is copied is whole."""
    groups = re.findall(".{1,4}", str(text))
    inner = format_html_join("", "<span>{}</span>", ((group,) for group in groups))
    return format_html('<code class="k-key">{}</code>', inner)


# --- Parts -----------------------------------------------------------------------------------


@register.simple_block_tag(takes_context=True)
def page_header(
    context: Context, content: str, title: str, lead: str = "", eyebrow: str = ""
) -> str:
    """The h1 of a page and the messages for its reader; between the tags stand its actions, if any."""
    values = {
        "title": title,
        "lead": lead,
        "eyebrow": eyebrow,
        "actions": content.strip(),
        "messages": context.get("messages", ()),
    }
    return render_to_string("components/_page_header.html", values)


@register.simple_block_tag
def details(content: str, title: str = "Dlaczego to widzę?", is_open: object = False) -> str:
    """Text that opens on demand, or stands open when what it says is needed now."""
    values = {"title": title, "content": content, "is_open": is_open}
    return render_to_string("components/_details.html", values)


@register.simple_block_tag
def empty_state(content: str, title: str) -> str:
    """Words and actions in place of a list that has nothing."""
    return render_to_string("components/_empty.html", {"title": title, "content": content})


@register.simple_block_tag
def notice(content: str, kind: str = "info") -> str:
    """A sentence that must be seen; kinds: info, ok, wait, stop."""
    return render_to_string("components/_notice.html", {"kind": _kind(kind), "content": content})


@register.simple_block_tag
def summary_list(content: str) -> str:
    """A description list; between the tags stand summary_row's."""
    return format_html('<dl class="k-summary">{}</dl>', content)


@register.inclusion_tag("components/_summary_row.html")
def summary_row(label: str, value: object, href: str = "", action: str = "") -> dict[str, Any]:
    """One property: its name, its value, and where it can be changed, or given at first."""
    is_empty = value is None or value == ""
    action = action or ("Dodaj" if is_empty else "Zmień")
    return {"label": label, "value": "–" if is_empty else value, "href": href, "action": action}


@register.inclusion_tag("components/_given.html")
def given(rows: Sequence[tuple[str, object]], href: str = "") -> dict[str, Any]:
    """Properties that have a value; a line names the others, and leads to where one adds them."""
    lacking = [label for label, value in rows if not value]
    return {
        "rows": [row for row in rows if row[1]],
        # Names that are all capitals (NIP) stay so inside a sentence.
        "lacking": [one if one.isupper() else one[:1].lower() + one[1:] for one in lacking],
        "href": href,
    }


@register.inclusion_tag("components/_status.html")
def status(label: str, kind: str = "neutral") -> dict[str, str]:
    """A state as a word with a shape; kinds: ok, wait, stop, info, neutral."""
    return {"label": label, "kind": _kind(kind)}


@register.inclusion_tag("components/_shape.html")
def shape(kind: str) -> dict[str, str]:
    return {"kind": _kind(kind)}


@register.inclusion_tag("components/_timeline.html")
def timeline(events: list[Event]) -> dict[str, object]:
    return {"events": events}


@register.inclusion_tag("components/_steps.html")
def steps(stages: list[Step], label: str = "Etapy") -> dict[str, object]:
    return {"stages": stages, "label": label}


@register.inclusion_tag("components/_checks.html")
def completeness(checks: Sequence[Check]) -> dict[str, object]:
    """Things that must be there before the next step, and those that still lack."""
    return {"checks": checks}


@register.inclusion_tag("components/_table.html", takes_context=True)
def table(context: Context, table: Table) -> dict[str, object]:
    """A table; without its rows where the search above it could not be made."""
    if is_search_wrong(context.get("form")):
        return {"table": table, "is_refused": True}
    return {"table": table, "page": table.page, "is_refused": False}


@register.inclusion_tag("components/_pagination.html")
def pagination(page: Page, label: str = "Strony listy") -> dict[str, object]:
    return {"page": page, "label": label}


@register.inclusion_tag("components/_difference.html")
def difference(pieces: Sequence[Piece]) -> dict[str, object]:
    """Words that come and go, underlined and struck through, and told to screen readers."""
    return {"pieces": pieces}


# --- Forms -----------------------------------------------------------------------------------


@register.inclusion_tag("components/_whole_form.html", takes_context=True)
def form(
    context: Context,
    form: forms.BaseForm,
    submit: str = "Zapisz",
    cancel: str = "",
    action: str = "",
    danger: bool = False,
) -> dict[str, object]:
    """A whole POST form: what its draft brought back, token, error summary, fields, buttons."""
    asked = getattr(form, "asked", None)
    submit = asked.button if asked else submit
    values = {"form": form, "submit": submit, "cancel": cancel, "action": action, "danger": danger}
    return values | {"csrf_token": context.get("csrf_token")}


@register.inclusion_tag("components/_buttons.html")
def buttons(submit: str = "Zapisz", cancel: str = "", danger: bool = False) -> dict[str, object]:
    """The row of buttons below a form: what it does, and the way out."""
    return {"submit": submit, "cancel": cancel, "danger": danger}


@register.inclusion_tag("components/_search.html", takes_context=True)
def search_form(context: Context, form: forms.BaseForm, submit: str = "Szukaj") -> dict[str, Any]:
    """Filters above a list, sent by GET; never for searching people.

    All but the first are folded on a narrow screen, until one of them is chosen; all of them
    where none looks for words or a day.
    """
    fields = form.visible_fields()
    kept = 0 if all(isinstance(field.field, forms.ChoiceField) for field in fields) else 1
    shown, folded = fields[:kept], fields[kept:]
    told = {*form.changed_data, *form.errors} if form.is_bound else ()
    return {
        "form": form,
        "shown": shown,
        "folded": folded,
        "is_open": any(field.name in told for field in folded),
        "submit": submit,
        "clear": context["request"].path,
    }


register.filter(summary_heading)
register.filter(summary_lines)


@register.filter
def focus_id(field: BoundField) -> str:
    """The id an error leads to; a group of choices has its first choice."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def message_kind(tags: str) -> str:
    """The kind of notice a message of Django is."""
    return next((LEVEL_KINDS[tag] for tag in (tags or "").split() if tag in LEVEL_KINDS), "info")


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise template.TemplateSyntaxError(f"unknown kind of status: {kind}")
    return kind
