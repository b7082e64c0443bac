"""Papers of data protection: agreements, authorisations, statements and annex 3 (REG §8)."""

import re
from typing import Any

from kooperacja.audit.actor import Actor
from kooperacja.documents import parts as p
from kooperacja.documents.actions import issue
from kooperacja.documents.drawing import drawn
from kooperacja.documents.models import Document
from kooperacja.documents.papers import Paper
from kooperacja.documents.perms import by_subject
from kooperacja.ui.polish import paragraph, pl_date
from tenants.data_protection import perms, rules
from tenants.data_protection.models import (
    DataScope,
    ProcessingAuthorisation,
)
from tenants.partnership.models import Partnership
from tenants.partnership.papers import AREA, DAY, LEAD, lead_of
from tenants.people import perms as people_perms
from tenants.people.models import Organisation, Person
from tenants.regulation.models import RegulationVersion
from tenants.regulation.papers import WHERE

SIGNED_AGREEMENT = "SIGNED_AGREEMENT"


def _see_draft(person: Person | None, organisation: Organisation) -> bool:
    return perms.see_all_data_registers(person) or (
        organisation.pk in people_perms.voiced_organisations(person)
    )


# GDPR art. 28(3). The wording is our own; the office's lawyer confirms it.
AGREEMENT_DRAFT = Paper(
    order=20,
    kind="AGREEMENT_DRAFT",
    name="Umowa powierzenia (projekt)",
    title="Umowa powierzenia przetwarzania danych osobowych: {{ organisation.name }}",
    short="Umowa powierzenia",
    may_read=by_subject(Organisation.objects, _see_draft),
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
        p.Heading(paragraph("§ 1", "Przedmiot i czas")),
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
        p.Heading(paragraph("§ 2", "Obowiązki podmiotu przetwarzającego")),
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
        p.Heading(paragraph("§ 3", "Dalsze powierzenie")),
        p.Text(
            "Z usług innego podmiotu przetwarzającego można skorzystać tylko za uprzednią pisemną "
            "zgodą administratora i na takich samych warunkach."
        ),
        p.Heading(paragraph("§ 4", "Kontrola")),
        p.Text(
            "Podmiot przetwarzający udostępnia administratorowi informacje potrzebne do wykazania, "
            "że spełnia obowiązki z tej umowy, oraz umożliwia mu przeprowadzenie audytu."
        ),
        p.Heading(paragraph("§ 5", "Zakończenie")),
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
        **{name: values[name] for name in ("purpose", "data_kinds", "person_categories")},
        "from_on": pl_date(values["from_on"]),
        "until": pl_date(values["until"]) or "wypowiedzenia albo ustania członkostwa",
    }


SIGNED_AUTHORISATION = "SIGNED_AUTHORISATION"
SIGNED_STATEMENT = "SIGNED_STATEMENT"


AUTHORISATION = Paper(
    order=10,
    kind="AUTHORISATION",
    name="Upoważnienie do przetwarzania danych",
    title="Upoważnienie nr {{ number }} do przetwarzania danych osobowych: {{ person.name }}",
    short="Upoważnienie",
    may_read=by_subject(ProcessingAuthorisation.objects, perms.see_data_of_person),
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


_NUMBERED = re.compile(r"(\d+[.)]|[a-z]\))\s+(.+)")
# The text of one version of the regulation, frozen with it; so the print is not kept.
DATA_RULES = Paper(
    order=30,
    kind="DATA_RULES",
    name="Załącznik nr 3: ochrona danych osobowych",
    title="Załącznik nr 3 do Regulaminu: ochrona danych osobowych – ogólne zasady",
    short="Załącznik nr 3 do Regulaminu",
    example={
        "lead": LEAD,
        "area": WHERE,
        "number": "1",
        "adopted_on": DAY,
        "in_force_from": DAY,
        "points": [{"number": "1.", "text": "Treść."}],
    },
    parts=(
        p.Title(
            "Załącznik nr 3",
            "do Regulaminu Partnerskiego Zespołu Kooperacyjnego w {{ area or '…………' }}",
        ),
        p.Opening(
            "{% if number %}wersja {{ number }}, przyjęta w dniu {{ adopted_on }}"
            "{% else %}projekt{% endif %}",
            "{% if number %}obowiązuje od {{ in_force_from }}{% endif %}",
        ),
        p.Heading("Ochrona danych osobowych – ogólne zasady"),
        p.Each(
            "point in points",
            p.Cases(
                p.Case("point.number", p.Clause("{{ point.number }}", "{{ point.text }}")),
                p.Case("", p.Text("{{ point.text }}")),
            ),
        ),
    ),
)


def printed_data_rules(
    regulation: RegulationVersion, text: str, content_type: str, *, by: Actor
) -> bytes:
    """The annex as a file; `text` is what the version says in it."""
    return drawn(DATA_RULES, data_rules_context(regulation, text), content_type, by=by)


def data_rules_context(regulation: RegulationVersion, text: str) -> dict[str, Any]:
    """The points of the annex, a line each."""
    return {
        "lead": {"name": regulation.lead_name, "address": "", "contact": ""},
        "area": regulation.area,
        "number": str(regulation.number or ""),
        "adopted_on": pl_date(regulation.adopted_on),
        "in_force_from": pl_date(regulation.in_force_from),
        "points": [_point(line.strip()) for line in text.splitlines() if line.strip()],
    }


def _point(line: str) -> dict[str, str]:
    numbered = _NUMBERED.fullmatch(line)
    return {"number": numbered[1] if numbered else "", "text": numbered[2] if numbered else line}
