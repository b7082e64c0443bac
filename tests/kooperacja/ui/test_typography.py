"""Words that stand in templates keep to Polish typography; what is no text stays as it is."""

import pytest
from django.template.loader import get_template

from kooperacja.ui.polish import NBSP
from kooperacja.ui.typography import typo_of_template


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("<p>Zgoda z § 8 ust. 2 lit. a</p>", "<p>Zgoda z_§_8_ust._2_lit._a</p>"),
        ("<li>i w dniu 4 kwietnia 2019 r.</li>", "<li>i_w_dniu 4_kwietnia_2019_r.</li>"),
        ("Wynik z {{ count }} dni", "Wynik z_{{ count }}_dni"),
        ("nr {{ number }}, § {{ name }}", "nr_{{ number }}, §_{{ name }}"),
        ('Zajrzyj\n  i <a href="{{ x }}">tu</a>', 'Zajrzyj\n  i_<a href="{{ x }}">tu</a>'),
        ("{% if w %}z a{% endif %}", "{% if w %}z_a{% endif %}"),
    ],
)
def test_a_template_is_read_with_spaces_that_do_not_break(source: str, read: str) -> None:
    assert typo_of_template(source) == read.replace("_", NBSP)


@pytest.mark.parametrize(
    "source",
    [
        "{{ word }}i {{ word }}",
        '<a title="praca w {{ name }} i u nich" {% if a > b %}class="a b"{% endif %}>tam</a>',
        "<pre>kod i w kodzie § 1</pre>",
        "{% block title %}Praca w gminie{% endblock title %}",
        "{# uwaga o § 1 #}<!-- i o § 2 -->{% url 'a' b %}",
        "<p>koniec zdania i</p> <p>dalej",
    ],
)
def test_what_is_no_text_stays_as_it_is(source: str) -> None:
    assert typo_of_template(source) == source


def test_the_pages_of_the_site_are_read_so() -> None:
    source = str(get_template("accessibility.html").template.source)  # type: ignore[attr-defined]
    assert f"z{NBSP}" in source
