"""Facts of a service as papers set them: short ones two in a row, long ones below (REG §3.2, zał. 2)."""

from collections.abc import Iterable

from kooperacja.documents import parts as p

_SHORT = 34  # signs that fit into a line of half a page
# Labels of pages, the label on paper, and the word before the fact where several share a row.
_ON_PAPER = {
    "Decyzja administracyjna": ("Decyzja", ""),
    "Potrzebne dokumenty": ("Dokumenty", ""),
    "Dni, które się różnią": ("Inne dni", ""),
    "Uwagi o godzinach": ("O godzinach", ""),
    "Czas oczekiwania": ("Czeka się", ""),
    "Tekst łatwy do czytania": ("Łatwy tekst", ""),
    "Tekst po ukraińsku": ("Po ukraińsku", ""),
    **dict.fromkeys(
        ("Osoba do kontaktu", "Telefon", "Adres e-mail", "Strona internetowa"), ("Kontakt", "")
    ),
    "Podstawa prawna": ("Podstawa", ""),
    "Potwierdzono": ("Stan", "potwierdzono: "),
    "Usługę widzą": ("Stan", "widzą: "),
    "Dostępność: jest": ("Dostępność", "jest: "),
    "Dostępność: brak": ("Dostępność", "brak: "),
    "Dostępność: nie wiadomo": ("Dostępność", "nie wiadomo: "),
}

FACTS_EXAMPLE = {
    "pairs": [
        {"label": "Koszt", "value": "bezpłatnie", "other": "Telefon", "other_value": "77 400 00 00"}
    ],
    "facts": [{"label": "Warunki", "value": "dla mieszkańców gminy"}],
}
ONE_SERVICE = p.Whole(
    "{{ one.name }}",
    p.Cases(p.Case("one.about", p.Prose("one.about"))),
    p.Cases(p.Case("one.access", p.Text("**Co zrobić:** {{ one.access }}"))),
    p.Cases(
        p.Case(
            "one.pairs",
            p.FactPairs(
                "pair in one.pairs",
                ("pair.label", "pair.value"),
                ("pair.other", "pair.other_value"),
            ),
        )
    ),
    p.Cases(p.Case("one.facts", p.FactsOf("fact in one.facts", "fact.label", "fact.value"))),
)
_ABOVE = ("Na czym polega", "Co zrobić")


def in_two_columns(said: Iterable[tuple[str, str]]) -> dict[str, list[dict[str, str]]]:
    """The facts that are known, beside those that stand above them as sentences."""
    rows = _rows(said)
    short = [label for label, value in rows.items() if len(value) <= _SHORT and "\n" not in value]
    beside = list(zip(short[::2], short[1::2], strict=False))
    paired = {label for pair in beside for label in pair}
    return {
        "pairs": [
            {"label": one, "value": rows[one], "other": other, "other_value": rows[other]}
            for one, other in beside
        ],
        "facts": [
            {"label": label, "value": value} for label, value in rows.items() if label not in paired
        ],
    }


def _rows(said: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The facts that are known, by their labels on paper."""
    rows: dict[str, str] = {}
    for label, value in said:
        if value and label not in _ABOVE:
            on_paper, word = _ON_PAPER.get(label, (label, ""))
            before = f"{rows[on_paper]}; " if on_paper in rows else ""
            rows[on_paper] = f"{before}{word}{value}"
    return rows
