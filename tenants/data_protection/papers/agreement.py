"""Agreements on entrusting personal data: the draft made here, and what was signed (REG §8.2).

GDPR art. 28(3). The wording is our own; the office's lawyer confirms it.
"""

from typing import Any

from kooperacja.audit.actor import Actor
from kooperacja.documents import parts as p
from kooperacja.documents.actions import issue
from kooperacja.documents.models import Document, StoredFile
from kooperacja.documents.papers import Paper
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.polish import pl_date
from tenants.data_protection import perms
from tenants.data_protection.models import DataProcessingAgreement, DataScope
from tenants.partnership.models import Partnership
from tenants.partnership.papers import AREA, DAY, LEAD, lead_of
from tenants.people import perms as people_perms
from tenants.people.models import Organisation

SIGNED_AGREEMENT = "SIGNED_AGREEMENT"


def may_read_signed(request: TenantRequest, file: StoredFile) -> bool:
    agreement = DataProcessingAgreement.objects.filter(file=file).first()
    return agreement is not None and perms.see_agreement(request.person, agreement)


def _may_read(request: TenantRequest, document: Document) -> bool:
    person = request.person
    return perms.see_all_data_registers(person) or (
        document.subject in people_perms.voiced_organisations(person)
    )


AGREEMENT_DRAFT = Paper(
    order=20,
    kind="AGREEMENT_DRAFT",
    name="Umowa powierzenia (projekt)",
    title="Umowa powierzenia przetwarzania danych osobowych: {{ organisation.name }}",
    short="Umowa powierzenia",
    may_read=_may_read,
    example={
        "lead": LEAD,
        "case_mark": "OPS.071.2.2026",
        "organisation": {"name": "Szkoła", "seat": "ul. Przykładowa 2", "nip": "", "regon": ""},
        "area": AREA,
        "scope": "dane osób i rodzin",
        "purpose": "wspólna praca z rodziną",
        "data_kinds": "imię i nazwisko",
        "person_categories": "osoby objęte pomocą",
        "from_on": DAY,
        "until": "wypowiedzenia",
    },
    parts=(
        p.Note("Projekt. Treść przed podpisaniem potwierdza prawnik ośrodka."),
        p.Opening(
            "{% if case_mark %}Znak sprawy: {{ case_mark }}{% endif %}",
            "……………………………, dnia ……………………………",
        ),
        p.Title("Umowa", "powierzenia przetwarzania danych osobowych"),
        p.Heading("Strony"),
        p.Facts(
            {
                "Administrator (Lider)": "lead.name",
                "Adres administratora": "lead.address",
                "Podmiot przetwarzający": "organisation.name",
                "Siedziba": "organisation.seat",
                "NIP": "organisation.nip",
                "REGON": "organisation.regon",
            }
        ),
        p.Heading("§ 1. Przedmiot i czas"),
        p.Facts(
            {
                "Zakres danych": "scope",
                "Przedmiot i cel przetwarzania": "purpose",
                "Rodzaje danych": "data_kinds",
                "Kategorie osób": "person_categories",
                "Obowiązuje od": "from_on",
                "Obowiązuje do": "until",
            }
        ),
        p.Text(
            "Administrator powierza podmiotowi przetwarzającemu dane osobowe w związku z jego "
            "udziałem w Partnerskim Zespole Kooperacyjnym ({{ area }}), na podstawie art. 28 "
            "ust. 3 RODO i § 8 ust. 2 Regulaminu Partnerstwa."
        ),
        p.Heading("§ 2. Obowiązki podmiotu przetwarzającego"),
        p.Text("Podmiot przetwarzający:"),
        p.Numbered(
            "przetwarza dane wyłącznie na udokumentowane polecenie administratora, w zakresie "
            "i celu z § 1;",
            "dopuszcza do danych tylko osoby upoważnione, które zobowiązały się do zachowania "
            "tajemnicy;",
            "stosuje środki techniczne i organizacyjne, których wymaga art. 32 RODO;",
            "pomaga administratorowi odpowiadać na żądania osób, których dane dotyczą, "
            "i wywiązywać się z obowiązków z art. 32–36 RODO;",
            "zawiadamia administratora o każdym naruszeniu ochrony danych natychmiast po jego "
            "wykryciu.",
        ),
        p.Heading("§ 3. Dalsze powierzenie"),
        p.Text(
            "Z usług innego podmiotu przetwarzającego można skorzystać tylko za uprzednią pisemną "
            "zgodą administratora i na takich samych warunkach."
        ),
        p.Heading("§ 4. Kontrola"),
        p.Text(
            "Podmiot przetwarzający udostępnia administratorowi informacje potrzebne do wykazania, "
            "że spełnia obowiązki z tej umowy, oraz umożliwia mu przeprowadzenie audytu."
        ),
        p.Heading("§ 5. Zakończenie"),
        p.Text(
            "Umowa kończy się z upływem czasu, na który ją zawarto, a także z dniem, w którym "
            "podmiot przetwarzający przestaje być członkiem Partnerstwa. Po zakończeniu zwraca on "
            "dane administratorowi albo je usuwa, zależnie od decyzji administratora, i usuwa "
            "kopie, chyba że prawo nakazuje je przechowywać."
        ),
        p.Signatures(
            p.Signature("podpis osoby upoważnionej do reprezentowania administratora"),
            p.Signature("podpis osoby upoważnionej do reprezentowania podmiotu przetwarzającego"),
        ),
    ),
)


def issue_agreement_draft(
    *, by: Actor, organisation: Organisation, context: dict[str, Any]
) -> Document:
    """The agreement on entrusting data, to be checked by the office's lawyer and signed."""
    return issue(
        by=by,
        paper=AGREEMENT_DRAFT,
        subject=organisation.pk,
        title=f"Umowa powierzenia, projekt: {organisation.name}",
        context=context,
    )


def agreement_context(
    organisation: Organisation, partnership: Partnership, values: dict[str, Any]
) -> dict[str, Any]:
    return {
        "lead": lead_of(partnership),
        "case_mark": values["case_mark"],
        "organisation": {
            "name": organisation.name,
            "seat": organisation.address,
            "nip": organisation.nip,
            "regon": organisation.regon,
        },
        "area": partnership.area,
        "scope": str(DataScope(values["scope"]).label),
        "purpose": values["purpose"],
        "data_kinds": values["data_kinds"],
        "person_categories": values["person_categories"],
        "from_on": pl_date(values["from_on"]),
        "until": pl_date(values["until"]) or "wypowiedzenia albo ustania członkostwa",
    }
