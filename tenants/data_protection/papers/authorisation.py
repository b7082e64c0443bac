"""Authorisations to process data and statements of confidentiality (REG §8.2)."""

from typing import Any

from kooperacja.audit.actor import Actor
from kooperacja.documents import parts as p
from kooperacja.documents.actions import issue
from kooperacja.documents.models import Document, StoredFile
from kooperacja.documents.papers import Paper
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.polish import pl_date
from tenants.data_protection import perms, rules
from tenants.data_protection.models import ConfidentialityStatement, ProcessingAuthorisation
from tenants.partnership.models import Partnership
from tenants.partnership.papers import DAY, LEAD, lead_of

SIGNED_AUTHORISATION = "SIGNED_AUTHORISATION"
SIGNED_STATEMENT = "SIGNED_STATEMENT"


def may_read_signed(request: TenantRequest, file: StoredFile) -> bool:
    row = ProcessingAuthorisation.objects.filter(file=file).first()
    return row is not None and perms.see_data_of_person(request.person, row)


def may_read_statement(request: TenantRequest, file: StoredFile) -> bool:
    row = ConfidentialityStatement.objects.filter(file=file).first()
    return row is not None and perms.see_data_of_person(request.person, row)


def _may_read(request: TenantRequest, document: Document) -> bool:
    row = ProcessingAuthorisation.objects.get(pk=document.subject)
    return perms.see_data_of_person(request.person, row)


AUTHORISATION = Paper(
    order=10,
    kind="AUTHORISATION",
    name="Upoważnienie do przetwarzania danych",
    title="Upoważnienie nr {{ number }} do przetwarzania danych osobowych: {{ person.name }}",
    short="Upoważnienie",
    may_read=_may_read,
    example={
        "lead": LEAD,
        "number": "1",
        "place": "",
        "date": DAY,
        "person": {"name": "Anna Przykładowa", "position": "pedagog"},
        "institution": "Szkoła Podstawowa nr 1",
        "scope": "dane osób i rodzin",
        "purpose": "praca w zespole",
        "from_on": DAY,
        "until": "odwołania",
        "granted_by": {"name": "Ewa Przykładowa", "position": "kierownik"},
    },
    parts=(
        p.Opening(
            "Nr {{ number }} w rejestrze upoważnień",
            "{{ place or '……………………………' }}, dnia {{ date }}",
        ),
        p.Title("Upoważnienie", "do przetwarzania danych osobowych"),
        p.Text(
            "Na podstawie art. 29 i art. 32 ust. 4 rozporządzenia (UE) 2016/679 (RODO) oraz § 8 "
            "ust. 2 Regulaminu Partnerskiego Zespołu Kooperacyjnego upoważnia się:"
        ),
        p.Facts(
            {
                "Imię i nazwisko": "person.name",
                "Stanowisko": "person.position",
                "Instytucja": "institution",
                "Zakres danych": "scope",
                "Cel przetwarzania": "purpose",
                "Obowiązuje od": "from_on",
                "Obowiązuje do": "until",
            }
        ),
        p.Numbered(
            "Upoważnienie pozwala przetwarzać dane tylko w podanym zakresie i celu.",
            "Osoba upoważniona zachowuje dane w tajemnicy, także po wygaśnięciu upoważnienia.",
            "Upoważnienie wygasa z upływem terminu albo z chwilą odwołania, a pracownika "
            "Kooperanta także wtedy, gdy jego instytucja przestaje być członkiem Partnerstwa.",
        ),
        p.Signatures(
            p.Signature("podpis osoby nadającej upoważnienie", "granted_by"),
            p.Signature("podpis osoby upoważnionej", "person"),
        ),
    ),
)


def issue_authorisation(*, by: Actor, authorisation: ProcessingAuthorisation) -> Document:
    """The authorisation as it was granted, frozen (REG §8.2)."""
    return issue(
        by=by,
        paper=AUTHORISATION,
        subject=authorisation.pk,
        title=f"Upoważnienie nr {authorisation.number}: {authorisation.person.full_name}",
        context=authorisation_context(authorisation, Partnership.objects.get()),
    )


def authorisation_context(
    authorisation: ProcessingAuthorisation, partnership: Partnership
) -> dict[str, Any]:
    organisation = authorisation.organisation
    return {
        "lead": lead_of(partnership),
        "number": str(authorisation.number),
        "place": "",
        "date": pl_date(authorisation.granted_on),
        "person": {"name": authorisation.person.full_name, "position": authorisation.position},
        "institution": organisation.name if organisation else partnership.lead_name,
        "scope": authorisation.get_scope_display(),
        "purpose": authorisation.purpose,
        "from_on": pl_date(authorisation.from_on),
        "until": pl_date(rules.last_day(authorisation.ended_on)) or "odwołania",
        "granted_by": {"name": authorisation.granted_by_name, "position": ""},
    }
