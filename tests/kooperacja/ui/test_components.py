"""Components as a browser and a screen reader get them."""

import re
from datetime import date
from typing import Any
from unittest import mock

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import RequestFactory

from kooperacja.ui.context import Here
from kooperacja.ui.fields import DateInput
from kooperacja.ui.forms import ASKED, FilterForm, SearchForm, any_of, summary_lines
from kooperacja.ui.parts import Event, Step
from kooperacja.ui.tables import Column, Table


class Declaration(forms.Form):
    name = forms.CharField(label="Nazwa", help_text="Pełna nazwa ze statutu.")
    nip = forms.CharField(label="NIP", required=False)
    sector = forms.ChoiceField(
        label="Sektor", choices=[("A", "publiczny")], widget=forms.RadioSelect
    )
    signed_on = forms.DateField(label="Podpisano", widget=DateInput)
    scan = forms.FileField(label="Skan", help_text="Plik PDF.")
    is_true = forms.BooleanField(label="Potwierdzam")


def _render(source: str, path: str = "/", **values: Any) -> str:
    request = RequestFactory().get(path)
    context = Context({"request": request, "here": Here(request), "csrf_token": "t", **values})
    return re.sub(r"\s+", " ", Template(source).render(context))


def test_no_single_letter_hangs_in_labels_and_errors() -> None:
    class Asked(forms.Form):
        place = forms.CharField(
            label="Kto i gdzie", error_messages={"required": "Wpisz to w polu."}
        )

    context = Context({"form": Asked({}), "csrf_token": "t"})
    page = Template("{% form form %}").render(context).replace("\N{NO-BREAK SPACE}", "~")
    assert "Kto i~gdzie: Wpisz to w~polu." in page
    assert page.count("Kto i~gdzie") == 2


def test_a_title_says_its_unit_once() -> None:
    here = Here(RequestFactory().get("/"))
    source = "{% filter with_place:here %} Szkoła <b> – Opole {% endfilter %}"
    for name, title in (
        ("Opole, miasto & powiat", "Szkoła <b> – Opole, miasto &amp; powiat"),
        ("Gmina wiejska Opole", "Szkoła <b> – Gmina wiejska Opole"),
        ("", "Szkoła <b> – Opole"),
    ):
        with mock.patch.object(type(here), "name", name):
            context = Context({"here": here})
            assert Template(source).render(context) == title


def test_a_form_is_one_tag() -> None:
    page = _render('{% form form cancel="/wstecz/" %}', form=Declaration())
    assert '<form class="k-form" method="post" enctype="multipart/form-data" novalidate>' in page
    assert 'name="csrfmiddlewaretoken" value="t"' in page
    assert '<button type="submit" class="btn btn-primary">Zapisz</button>' in page
    assert "k-error" not in page


def test_required_is_said_in_words() -> None:
    page = _render("{{ form }}", form=Declaration())
    assert '<label for="id_name">Nazwa <span class="k-required">(wymagane)</span></label>' in page
    assert '<label for="id_nip">NIP</label>' in page


def test_errors_lead_to_their_fields() -> None:
    page = _render("{{ form }}", form=Declaration({}))
    assert 'class="k-error-summary" role="alert" tabindex="-1" autofocus' in page
    for field in ("name", "sector_0", "signed_on", "scan", "is_true"):
        assert f'<a href="#id_{field}">' in page
        assert f'id="id_{field}"' in page


def test_the_summary_says_what_is_wrong_after_the_label_of_its_field() -> None:
    class Asking(forms.Form):
        name = forms.CharField(label="Nazwa")
        comes = forms.CharField(label="Czy będziesz?")
        answer = forms.BooleanField(label="Ten głos jest nieważny", required=False)

        def clean_answer(self) -> None:
            raise forms.ValidationError("Zapisano głos: jest nieważny?", code=ASKED)

    lines = [words for _, words in summary_lines(Asking({}))]
    assert lines == [
        "Nazwa: To pole jest wymagane.",
        "Czy będziesz? To pole jest wymagane.",
        "Zapisano głos: jest nieważny?",
    ]


def test_a_field_is_described_by_its_hint_and_its_error() -> None:
    page = _render("{{ form }}", form=Declaration({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert page.count('aria-invalid="true"') == 5


def test_choices_are_a_group_with_a_legend() -> None:
    page = _render("{{ form }}", form=Declaration({}))
    assert '<fieldset class="k-field k-field-invalid" aria-describedby="id_sector_error">' in page
    assert "<legend>Sektor" in page


def test_what_people_wrote_is_escaped() -> None:
    page = _render("{{ form }}", form=Declaration({"name": '"><script>'}))
    assert "<script>" not in page


def test_a_table_tells_its_order_and_its_scope() -> None:
    columns = (
        Column("name", "Nazwa", "title", sort="title", is_header=True, href=lambda row: "/x/"),
        Column("people", "Osoby", lambda row: 1200, is_number=True),
        Column("on", "Przyjęto", lambda row: date(2026, 3, 3)),
    )
    rows = [Event(date(2026, 3, 3), "<b>Łódź</b>")]
    table = Table(RequestFactory().get("/"), rows, columns, "Miasta", default="name")
    page = _render("{% table table %}", table=table)
    assert '<th scope="col" role="columnheader" aria-sort="ascending">' in page
    assert '<th scope="row" role="rowheader"><a href="/x/">&lt;b&gt;Łódź&lt;/b&gt;</a>' in page
    assert "<span>1 200</span>" in page
    assert "hx-boost" not in page[page.index("<tbody") : page.index("</tbody>")]
    assert "3 marca 2026 r." in page


def test_an_empty_table_says_so() -> None:
    table = Table(RequestFactory().get("/"), [], (), "Miasta", empty="Nie ma miast.")
    page = _render("{% table table %}", table=table)
    assert "<p>Nie ma miast.</p>" in page
    assert "<table" not in page


def test_a_status_is_a_word_with_a_shape() -> None:
    page = _render('{% status "Odmowa" "stop" %}')
    assert page.count("<svg") == 1
    assert "Odmowa</span>" in page
    with pytest.raises(TemplateSyntaxError):
        _render('{% status "Odmowa" "czerwony" %}')


def test_text_between_tags_stays_and_values_are_escaped() -> None:
    source = '{% page_header title %}<a href="/x/">{{ title }}</a>{% endpage_header %}'
    page = _render(source, title="A <i>")
    assert "<h1>A &lt;i&gt;</h1>" in page
    assert '<div class="k-actions"><a href="/x/">A &lt;i&gt;</a></div>' in page


def test_messages_stand_under_the_heading_and_before_the_buttons() -> None:
    source = (
        '{% page_header "Rejestr" lead="Kto należy." %}<a href="/x/">Nowy</a>{% endpage_header %}'
    )
    told = [Message(constants.SUCCESS, "Zapisano. " * 60)]
    page = _render(source, messages=told)
    places = [page.index(part) for part in ("<h1>", "Kto należy.", "Zapisano.", "Nowy</a>")]
    assert places == sorted(places)
    assert '<div id="komunikaty" role="status">' in page


def test_other_parts_render() -> None:
    page = _render(
        '{% timeline events %}{% steps stages %}{% breadcrumbs "A" "/a/" "B" %}'
        '{% summary_list %}{% summary_row "NIP" None %}{% endsummary_list %}'
        "{% details %}bo tak{% enddetails %}{% search_form search %}",
        events=[Event(date(2026, 3, 3), "Złożono", clause="§ 1")],
        stages=[Step("Decyzja", "NOW")],
        search=SearchForm({}),
    )
    for part in (
        "3 marca 2026 r.</time>, § 1",
        'aria-current="step"',
        "<dd>–</dd>",
        "bo tak",
        'role="search"',
    ):
        assert part in page
    assert '<li aria-current="page">B</li>' in page


class _Filters(SearchForm):
    kind = any_of("Rodzaj", "każdy", [("A", "pierwszy")])
    place = any_of("Miejsce", "każde", [("B", "drugie")])


@pytest.mark.parametrize(
    ("sent", "is_open"),
    [(None, False), ({"szukaj": "x"}, False), ({"place": "B"}, True), ({"kind": "?"}, True)],
)
def test_all_filters_but_the_first_are_folded_until_one_is_chosen(
    sent: dict[str, str] | None, is_open: bool
) -> None:
    page = _render("{% search_form search %}", search=_Filters(sent))

    before, folded = page.split("<details")
    assert ('name="szukaj"' in before, 'name="kind"' in before) == (True, False)
    assert 'name="kind"' in folded.split("</details>")[0]
    assert 'name="place"' in folded.split("</details>")[0]
    assert (" open>" in folded) == is_open


def test_a_single_filter_has_nothing_folded() -> None:
    assert "<details" not in _render("{% search_form search %}", search=SearchForm())


@pytest.mark.parametrize(("sent", "is_open"), [(None, False), ({"kind": "A"}, True)])
def test_filters_that_only_choose_are_folded_with_their_button(
    sent: dict[str, str] | None, is_open: bool
) -> None:
    class One(FilterForm):
        kind = any_of("Rodzaj", "każdy", [("A", "pierwszy")])

    before, folded = _render("{% search_form search %}", search=One(sent)).split("<details")
    assert "<button" not in before
    inside = folded.split("</details>")[0]
    assert all(part in inside for part in ("Filtry", 'name="kind"', "<button"))
    assert (" open>" in inside) == is_open


def test_a_filter_that_stands_before_words_is_not_folded() -> None:
    class Before(SearchForm):
        field_order = ("kind", "szukaj")
        kind = any_of("Rodzaj", "każdy", [("A", "pierwszy")])

    before, folded = _render("{% search_form search %}", search=Before()).split("<details")
    assert 'name="kind"' in before
    assert "Więcej filtrów" in folded


@pytest.mark.parametrize("space", [" ", "\u00a0"])
def test_a_date_in_a_heading_breaks_before_its_year(space: str) -> None:
    date_said = space.join(["24", "września", "2026", "r."])
    other = dict.fromkeys(("lead", "eyebrow", "actions", "messages"), "")
    values = {"title": f"Spotkanie z {date_said}", **other}
    page = render_to_string("components/_page_header.html", values)
    assert "<h1>Spotkanie z\u00a024\u00a0września 2026\u00a0r.</h1>" in page
