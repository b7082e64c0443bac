"""The paper of a late accession, and the list of the parties' people (POR-C §4.3, POR §3.3)."""

from typing import Any

from kooperacja.audit.actor import Actor
from kooperacja.documents import parts as p
from kooperacja.documents.actions import issue
from kooperacja.documents.drawing import drawn
from kooperacja.documents.models import Document
from kooperacja.documents.papers import Paper
from kooperacja.documents.perms import by_subject
from kooperacja.ui.polish import pl_date
from tenants.agreements import perms
from tenants.agreements.clauses import Variant
from tenants.agreements.consolidated import amendments_on, text_of
from tenants.agreements.cover import PEOPLE, amendments_said, block_of
from tenants.agreements.models import Accession, Agreement, AnnexVersion, Party
from tenants.agreements.models.accessions import ACCESSION_PAPER
from tenants.agreements.numbering import Line
from tenants.agreements.standing import Standing

CLAUSE = "4.3"  # of C: the parties agree that others are included
PUBLICITY_FILE = "PUBLICITY_FILE"  # in which a party made its accession public
_NUMBER = "{% if number %} nr {{ number }}{% endif %}"
_DAY = "2\N{NO-BREAK SPACE}stycznia 2026\N{NO-BREAK SPACE}r."
ACCESSION = Paper(
    order=66,
    kind=ACCESSION_PAPER,
    name="Przystąpienie do porozumienia",
    title=f"Przystąpienie do porozumienia{_NUMBER}, wariant {{{{ variant }}}}",
    short=f"Przystąpienie do porozumienia{_NUMBER}, które obowiązuje od {{{{ since }}}}",
    may_read=by_subject(
        Accession.objects.select_related("agreement", "party"), perms.see_accession
    ),
    example={
        "variant": "C",
        "number": "POR/1/2026",
        "since": _DAY,
        "amendments": "aneks nr 1 z 2 stycznia 2026 r.",
        "subtitle": "na rzecz współdziałania organizacji i instytucji",
        "prepared_on": _DAY,
        "sign_by": _DAY,
        "institution": {
            "label": "Partner nr 4",
            "name": "Szpital Przykładowy",
            "seat": "w Przykładowie",
            "body": "",
            "person": "Anna Przykładowa, dyrektor",
        },
        "clause": {
            "name": "§ 4 ust. 3",
            "text": "Strony wyrażają zgodę na objęcie Porozumieniem innych instytucji.",
        },
        "justification": "Szpital obejmuje opieką mieszkańców powiatu.",
        "parties": [{"label": "Partner nr 1", "name": "Szkoła Przykładowa"}],
        "caption": "Partner nr 4: pieczątka albo nazwa instytucji i podpis",
        "signer": {"name": "Anna Przykładowa", "position": "dyrektor, Szpital Przykładowy"},
    },
    parts=(
        p.Title("Przystąpienie do Porozumienia", "{{ subtitle }}"),
        p.Facts(
            {
                "Porozumienie": "{% if number %}nr {{ number }}, {% endif %}wariant {{ variant }}",
                "Obowiązuje od": "since",
                "Przygotowano": "prepared_on",
                "Ostatni dzień na podpis": "sign_by",
            }
        ),
        p.Heading("Kto przystępuje"),
        p.Facts(
            {
                "Strona": "institution.label",
                "Pełna nazwa": "institution.name",
                "Z siedzibą": "institution.seat",
                "Osoba reprezentująca": "institution.person",
                "Podpisuje za jednostkę bez osobowości prawnej": "institution.body",
            }
        ),
        p.Heading("Podstawa: {{ clause.name }} Porozumienia"),
        p.Text("{{ clause.text }}"),
        p.Heading("Uzasadnienie"),
        p.Prose("justification"),
        p.Heading("Oświadczenie"),
        p.Text(
            "{{ institution.name }} przystępuje do Porozumienia, zna jego treść"
            "{% if amendments %}, w tym {{ amendments }},{% endif %} i przyjmuje prawa "
            "i obowiązki Strony od dnia złożenia podpisu. Pozostałe Strony nie podpisują "
            "Porozumienia ponownie."
        ),
        p.Heading("Strony, między którymi Porozumienie obowiązuje"),
        p.Table(
            "party in parties",
            p.Column("Numer", "party.label", 30),
            p.Column("Strona", "party.name", 135),
            is_small=True,
        ),
        p.Heading("Podpis przedstawiciela instytucji"),
        p.Signatures(p.Signature("{{ caption }}", "signer")),
    ),
)
ANNEX = Paper(
    order=67,
    kind="AGREEMENT_ANNEX",
    name="Wykaz osób do porozumienia",
    title="Wykaz osób, wersja {{ number }}, stan na {{ as_of }}",
    short="Wykaz osób, wersja {{ number }}, stan na {{ as_of }}",
    listed=("Porozumienia", "agreements:agreements"),
    example={
        "variant": "C",
        "agreement_number": "POR/1/2026",
        "since": _DAY,
        "number": "2",
        "as_of": _DAY,
        "why": "zmiana osób",
        "list_title": "Wykaz osób wyznaczonych przez Strony",
        "people": [
            {
                "institution": "Szkoła Przykładowa",
                "name": "Jan Przykładowy",
                "position": "pedagog",
                "phone": "77 000 00 00",
                "email": "jan@example.pl",
            }
        ],
    },
    parts=(
        p.Title("Wykaz osób", "{{ list_title }}"),
        p.Facts(
            {
                "Porozumienie": "{% if agreement_number %}nr {{ agreement_number }}, {% endif %}wariant "
                "{{ variant }}, obowiązuje od {{ since }}",
                "Wersja wykazu": "number",
                "Stan na dzień": "as_of",
                "Powód": "why",
            }
        ),
        p.Text("Ta wersja zastępuje wcześniejsze wykazy. Treść porozumienia się nie zmienia."),
        PEOPLE,
    ),
)
_LIST_TITLE = "osoby wyznaczone przez Strony do wzajemnej współpracy"


def issue_accession(*, by: Actor, accession: Accession, party: Party) -> Document:
    """The paper that its representative signs, frozen, as the accession is about to be saved."""
    title = f"Przystąpienie do porozumienia{accession.agreement.after_its_name}, {party.label}"
    context = _accession_context(accession, party)
    return issue(by=by, paper=ACCESSION, subject=accession.pk, title=title, context=context)


def late_clause(agreement: Agreement) -> Line | None:
    """The clause by which the parties agree that others accede; A and B have none."""
    lines = text_of(agreement).paragraphs if agreement.variant == Variant.C else []
    return next((line for line in lines if line.key == CLAUSE), None)


def _accession_context(accession: Accession, party: Party) -> dict[str, Any]:
    agreement, text = accession.agreement, text_of(accession.agreement)
    clause = late_clause(agreement)
    assert clause is not None  # asked before it was prepared
    block = block_of(party)
    return {
        "variant": agreement.variant,
        "number": agreement.number,
        "since": pl_date(agreement.in_force_from),
        "amendments": amendments_said(amendments_on(agreement, accession.prepared_on)),
        "subtitle": text.outside("title"),
        "prepared_on": pl_date(accession.prepared_on),
        "sign_by": pl_date(accession.sign_by) or "nie ustalono",
        "institution": {
            "label": party.label,
            "name": party.name,
            "seat": party.seat,
            "body": party.signing_body,
            "person": f"{party.represented_by}, {party.function}",
        },
        "clause": {"name": clause.name, "text": clause.text},
        "justification": accession.justification,
        "parties": [
            {"label": one.label, "name": one.name_on(accession.prepared_on)}
            for one in Standing(agreement).bound(accession.prepared_on)
        ],
        "caption": block["caption"],
        "signer": block["person"],
    }


def printed_annex(version: AnnexVersion, content_type: str, *, by: Actor) -> bytes:
    """A version of the list as a file, made of what the version keeps."""
    agreement = version.agreement
    context = {
        "variant": agreement.variant,
        "agreement_number": agreement.number,
        "since": pl_date(agreement.in_force_from),
        "number": str(version.number),
        "as_of": pl_date(version.as_of),
        "why": version.get_why_display(),
        "list_title": _LIST_TITLE,
        "people": [
            {name: line[name] for name in ("institution", "name", "position", "phone", "email")}
            for line in version.lines
        ],
    }
    return drawn(ANNEX, context, content_type, by=by)
