"""The first page of an agreement: how far it is, and that no file proves it (POR-C signatures)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from kooperacja.documents import parts as p
from kooperacja.tenancy.context import current_tenant
from kooperacja.ui.polish import localtime, pl_date, pl_date_in_column
from tenants.agreements import copies
from tenants.agreements.models import Agreement, Amendment, Party, Signature, TextVersion
from tenants.agreements.rules import and_of
from tenants.agreements.standing import Standing, day_read, given
from tenants.agreements.text import force_said
from tenants.partnership.models import Partnership

_NOWHERE = "nie ustalono"
_ABOUT = {
    "variant": "C",
    "text": "3 z 2\N{NO-BREAK SPACE}stycznia 2026\N{NO-BREAK SPACE}r.",
    "sent_on": "2\N{NO-BREAK SPACE}stycznia 2026\N{NO-BREAK SPACE}r.",
    "state_read": "Kto podpisał, pokazuje strona tego porozumienia w Kooperacji.",
}
COVER_EXAMPLE: dict[str, Any] = {
    **_ABOUT,
    "force": "w dniu ostatniego podpisu",
    "sign_by": _NOWHERE,
    "count": "2",
    "copies": "Każda Strona podpisuje własny egzemplarz.",
    "parties": [
        {
            "label": "Partner nr 1",
            "name": "Szkoła Przykładowa",
            "signs": "Anna Przykładowa, dyrektor",
            "kept": "nr 1",
        }
    ],
}
FINAL_EXAMPLE: dict[str, Any] = {
    **_ABOUT,
    "since": "2\N{NO-BREAK SPACE}stycznia 2026\N{NO-BREAK SPACE}r.",
    "ended_on": "3\N{NO-BREAK SPACE}maja 2027\N{NO-BREAK SPACE}r.",
    "amended": "uwzględniono aneks nr 1",
    "signed": [
        {
            "label": "Partner nr 1",
            "name": "Szkoła Przykładowa",
            "signer": "Anna Przykładowa, dyrektor",
            "day": "2\N{NO-BREAK SPACE}stycznia 2026\N{NO-BREAK SPACE}r.",
            "way": "podpis zaufany",
        }
    ],
    "acceded": [
        {
            "label": "Partner nr 3",
            "name": "Szpital Przykładowy",
            "signer": "Ewa Przykładowa, dyrektor",
            "day": "5\N{NO-BREAK SPACE}marca 2026\N{NO-BREAK SPACE}r.",
            "way": "podpis zaufany",
        }
    ],
    "unsigned": [{"label": "Partner nr 2", "name": "Szpital Przykładowy", "said": "nie podpisano"}],
}
# The form of an office must do without them.
ABSENT = {
    "cover": "tekst nie jest przekazany do podpisu: projekt albo tekst, który obowiązuje",
    "final": "porozumienie jeszcze nie obowiązuje",
}
# No half-signed copy passes for what it is not yet, whoever designed its form.
NOT_IN_FORCE = {"cover": "Do podpisu, nie obowiązuje"}
_NUMBER = "{% if number %} nr {{ number }}{% endif %}"


def to_sign(what: str, of_what: str, facts: dict[str, str], number: str = "") -> tuple[Any, ...]:
    """The first page of an agreement, or of an aneks, that lies before its parties."""
    return (
        p.Box(
            f"Ten egzemplarz sam nie potwierdza, że {what} obowiązuje",
            p.Text("{{ cover.state_read }}"),
            p.Text(f"Kiedy {what} wejdzie w życie: {{{{ cover.force }}}}."),
        ),
        p.Heading("Co jest do podpisu"),
        p.Facts(
            {
                **facts,
                "Przekazano do podpisu": "cover.sent_on",
                "Ostatni dzień na podpisy": "cover.sign_by",
                "Liczba egzemplarzy": "cover.count",
            }
        ),
        p.Text(
            "{{ cover.copies }} Kto podpisuje elektronicznie, pobiera plik ze strony "
            f"{of_what}: są w nim podpisy elektroniczne, które złożono wcześniej."
        ),
        p.Heading("Strony"),
        p.Table(
            "party in cover.parties",
            p.Column("Numer", "party.label", 22),
            p.Column("Strona", "party.name", 78),
            p.Column("Kto podpisuje", "party.signs", 45),
            p.Column("Egzemplarz", "party.kept", 20),
            is_small=True,
        ),
        p.NewPage(f"Tekst {of_what}{number}", p.Centred("{{ subtitle }}")),
    )


def signed_by(title: str) -> tuple[Any, ...]:
    """The table of who signed what is in force."""
    return (p.Heading(title), _table_of("signed", "Dzień podpisu"))


def _table_of(rows: str, day: str) -> p.Table:
    """Parties with their signatures; `day` says what the day of each means."""
    return p.Table(
        f"party in final.{rows}",
        p.Column("Numer", "party.label", 22),
        p.Column("Strona", "party.name", 48),
        p.Column("Kto podpisał", "party.signer", 39),
        p.Column(day, "party.day", 28),
        p.Column("Sposób", "party.way", 28),
        is_small=True,
    )


_OF_AGREEMENT = {
    "Porozumienie": "{% if number %}nr {{ number }}, {% endif %}wariant {{ cover.variant }}",
    "Wersja tekstu": "cover.text",
}
_IN_FORCE = (
    p.Cases(
        p.Case(
            "final.ended_on",
            p.Centred("**Tekst porozumienia, które nie obowiązuje od {{ final.ended_on }}**"),
            p.Centred("Obowiązywało od {{ final.since }}"),
        ),
        p.Case("", p.Centred("**Tekst porozumienia, które obowiązuje od {{ final.since }}**")),
    ),
    p.Cases(p.Case("final.amended", p.Centred("Tekst jednolity: {{ final.amended }}"))),
    p.Facts(
        {
            "Porozumienie": "{% if number %}nr {{ number }}, {% endif %}wariant {{ final.variant }}",
            "Wersja tekstu": "final.text",
            "Przekazano do podpisu": "final.sent_on",
        }
    ),
    *signed_by(
        "Między kim {% if final.ended_on %}obowiązywało do końca{% else %}obowiązuje{% endif %}"
    ),
    p.Cases(
        p.Case(
            "final.acceded",
            p.Heading("Kto przystąpił później"),
            p.Text("Strona, która przystąpiła później, jest związana od dnia swojego podpisu."),
            _table_of("acceded", "Od dnia"),
        )
    ),
    p.Cases(
        p.Case(
            "final.unsigned",
            p.Heading("Kto nie podpisał"),
            p.Table(
                "party in final.unsigned",
                p.Column("Numer", "party.label", 25),
                p.Column("Strona", "party.name", 100),
                p.Column("Podpis", "party.said", 40),
                is_small=True,
            ),
        )
    ),
    p.Text("{{ final.state_read }}"),
    p.NewPage(f"Tekst porozumienia{_NUMBER}", p.Centred("{{ subtitle }}")),
)
# Telephone and address stand together: a column of its own breaks an address letter by letter.
PEOPLE = p.Table(
    "one in people",
    p.Column("Instytucja", "one.institution", 48),
    p.Column("Imię i nazwisko", "one.name", 34),
    p.Column("Stanowisko służbowe", "one.position", 35),
    p.Column(
        "Telefon i adres e-mail",
        "{{ one.phone }}{% if one.phone and one.email %}, {% endif %}{{ one.email }}",
        48,
    ),
    is_small=True,
)
COVER = p.Cases(
    p.Case("cover", *to_sign("porozumienie", "porozumienia", _OF_AGREEMENT, _NUMBER)),
    p.Case("final", *_IN_FORCE),
    p.Case("is_draft", p.Centred("projekt")),
)


def cover_of(agreement: Agreement, version: TextVersion, parties: list[Party]) -> dict[str, Any]:
    """The first page of a text that is sent to be signed, as its agreement is about to be saved."""
    count = agreement.copies_count or copies.usual(len(parties))
    about = {**_about(agreement, version), "force": _agreed_apart(agreement)}
    return {**about, **signing_of(agreement.copies, count, agreement.sign_by, parties)}


def _agreed_apart(agreement: Agreement) -> str:
    """The choices of the draft on which the founding text is silent, so that its text is, too."""
    signers = agreement.get_amended_by_display() if agreement.amended_by else ""
    aneks = f". Aneks podpisują: {signers}" if signers else ""
    return f"{force_said(agreement)}{aneks}"


def signing_of(way: str, count: int, sign_by: date | None, parties: list[Party]) -> dict[str, Any]:
    """Until when it is signed, by whom, and where the copies on paper go."""
    return {
        "sign_by": pl_date(sign_by) or _NOWHERE,
        "count": str(count),
        "copies": copies.said(way, count, len(parties), _office()),
        "parties": [
            {
                "label": party.label,
                "name": party.name,
                "signs": _signs(party),
                "kept": copies.number_said(number),
            }
            for number, party in enumerate(parties, 1)
        ],
    }


def final_of(agreement: Agreement, amendments: Iterable[Amendment] = ()) -> dict[str, Any]:
    """The first page of the text in force: between whom it is, and who did not sign."""
    assert agreement.signed_text is not None  # the database keeps none in force without it
    signatures = {one.party_id: one for one in given(agreement)}
    standing, today = Standing(agreement), timezone.localdate()
    bound = standing.bound(day_read(agreement, today))
    return {
        **_about(agreement, agreement.signed_text),
        "since": pl_date(agreement.in_force_from),
        "ended_on": pl_date(agreement.ended_on) if agreement.is_ended else "",
        "amended": amended_said(amendments),
        "signed": [signed(one, signatures.get(one.pk)) for one in bound if not one.acceded_on],
        "acceded": [signed(one, signatures[one.pk]) for one in bound if one.acceded_on],
        "unsigned": [
            {
                "label": one.label,
                "name": one.name,
                "said": "podpis po terminie" if one in standing.signed else "nie podpisano",
            }
            for one in standing.apart(today)
        ],
    }


def amended_said(amendments: Iterable[Amendment]) -> str:
    """uwzględniono aneks nr 1 z …; nothing where there is none."""
    named = amendments_said(amendments)
    return f"uwzględniono {named}" if named else ""


def amendments_said(amendments: Iterable[Amendment]) -> str:
    """aneks nr 1 z …; nothing where there is none."""
    return and_of([f"aneks nr {one.number} z {pl_date(one.dated_on)}" for one in amendments])


def _about(agreement: Agreement, version: TextVersion) -> dict[str, str]:
    kept_on = pl_date(localtime(version.kept_at).date())
    return {
        "variant": agreement.variant,
        "text": f"{version.number} z {kept_on}",
        "sent_on": pl_date(agreement.sent_on),
        "state_read": "Kto podpisał i od kiedy porozumienie obowiązuje, pokazuje jego strona na "
        f"platformie Kooperacja: {where_read()}.",
    }


def where_read() -> str:
    return f"{current_tenant().name}, Partnerstwo, Porozumienia"


def _signs(party: Party) -> str:
    who = f"{party.represented_by}, {party.function}"
    return f"{who} (za jednostkę podpisuje {party.signing_body})" if party.signing_body else who


def signed(party: Party, signature: Signature | None) -> dict[str, str]:
    """A party that stepped into the part of another rests on the signature of that one."""
    if signature is None:
        day = pl_date_in_column(party.stepped_in_on)
        said = {"signer": "następca Strony, która podpisała", "day": f"od {day}", "way": "–"}
        return {"label": party.label, "name": party.name, **said}
    return {
        "label": party.label,
        "name": party.name,
        "signer": f"{signature.signer}, {signature.function}",
        "day": pl_date_in_column(signature.signed_on),
        "way": _way(signature),
    }


def block_of(party: Party) -> dict[str, Any]:
    """The place on which a party signs, with the function and the body whose signature it is."""
    body = party.signing_body or party.name
    position = ", ".join(filter(None, (party.function, body)))
    return {
        "caption": f"{party.label}: pieczątka albo nazwa instytucji i podpis",
        "person": {"name": party.represented_by, "position": position},
    }


def _way(signature: Signature) -> str:
    return (
        signature.get_mode_display() if signature.is_electronic else "podpis odręczny na papierze"
    )


def _office() -> str:
    return Partnership.objects.get().lead_said
