"""Papers of joining and leaving: the declaration, annex 1, and the resignation (REG §1.5, §1.6)."""

from typing import Any

from kooperacja.audit.actor import Actor
from kooperacja.documents import parts as p
from kooperacja.documents.actions import issue
from kooperacja.documents.drawing import drawn
from kooperacja.documents.models import Document
from kooperacja.documents.papers import Paper
from kooperacja.documents.perms import by_subject
from kooperacja.ui.polish import pl_date
from tenants.accession import perms
from tenants.accession.models.declarations import AccessionDeclaration, DeclarationStep
from tenants.partnership.models import Membership, Partnership
from tenants.partnership.papers import AREA, DAY, LEAD, PRIVACY, lead_of, privacy_of
from tenants.people.models import Organisation, Person
from tenants.regulation import rules
from tenants.regulation.models import RegulationVersion

SIGNED_DECLARATION = "SIGNED_DECLARATION"  # what the institution handed in
DECLARATION_ANNEX = "DECLARATION_ANNEX"  # and what goes with it


def see_step(person: Person | None, step: DeclarationStep) -> bool:
    """See the declaration of a step with which a file was handed in."""
    return perms.see_declaration(person, step.declaration)


_NOTICE_TITLE = "Informacja o danych osobowych (art. 13 i 14 RODO)"
# Goes to the signatory and the coordinator; they keep the sheet.
_NOTICE = (
    p.Text("Dla osoby, która podpisuje deklarację, i dla koordynatora Partnerstwa."),
    p.Facts(
        {
            "Administrator danych": "privacy.administrator",
            "Kontakt": "privacy.contact",
            "Inspektor ochrony danych": "privacy.dpo",
        }
    ),
    p.Numbered(
        "Zakres danych: imię i nazwisko, stanowisko lub funkcja, a koordynatora także telefon i "
        "adres e-mail. Dane koordynatora podaje podmiot, który przystępuje.",
        "Cel: rozpatrzenie deklaracji, prowadzenie rejestru członków i współpraca w Partnerstwie "
        "(§ 1 ust. 3 i 5 oraz § 5 ust. 1 lit. a Regulaminu). Podstawą jest art. 6 ust. 1 lit. e "
        "RODO.",
        "Odbiorcy: osoby, które działają w Partnerstwie, oraz podmiot, który utrzymuje platformę "
        "Kooperacja.",
        "Dane przechowuje się {{ privacy.kept }}.",
        "Można żądać dostępu do danych, ich sprostowania, usunięcia albo ograniczenia "
        "przetwarzania, wnieść sprzeciw i złożyć skargę do Prezesa Urzędu Ochrony Danych "
        "Osobowych.",
        "Podanie danych jest dobrowolne, ale bez nich nie można przyjąć deklaracji. Decyzji nie "
        "podejmuje się w sposób zautomatyzowany.",
    ),
)
_IS_ONE = "{% if coordinators|length == 1 %}"
# Made here, with the Lider's annotation; before it is accepted, a form to print and sign.
ANNOTATED_DECLARATION = Paper(
    order=40,
    kind="ANNOTATED_DECLARATION",
    name="Deklaracja przystąpienia z adnotacją",
    title=(
        "Deklaracja przystąpienia do Partnerskiego Zespołu Kooperacyjnego: {{ organisation.name }}"
    ),
    short="Deklaracja przystąpienia",
    may_read=by_subject(AccessionDeclaration.objects, perms.see_declaration),
    example={
        "lead": LEAD,
        "partnership": {"area": AREA},
        "case_mark": "OPS.071.1.2026",
        "place": "Przykładowo",
        "date": DAY,
        "organisation": {
            "name": "Szkoła Podstawowa nr 1",
            "legal_form": "jednostka budżetowa",
            "sector": "edukacja",
            "nip": "",
            "regon": "",
            "krs": "",
            "seat": "ul. Przykładowa 2",
            "phone": "",
            "email": "szkola@example.pl",
            "edelivery": "",
        },
        "representatives": [{"name": "Jan Przykładowy", "position": "dyrektor"}],
        "coordinators": [
            {
                "name": "Anna Przykładowa",
                "position": "pedagog",
                "phone": "",
                "email": "a@example.pl",
            }
        ],
        "regulation": {"adopted_on": DAY, "version": "1"},
        "publish_consent": True,
        "acceptance": {"date": DAY, "name": "Ewa Przykładowa", "position": "kierownik"},
        "privacy": PRIVACY,
    },
    absent={"acceptance": "deklaracji jeszcze nie przyjęto (druk do podpisu)"},
    parts=(
        p.Note("Załącznik nr 1 do Regulaminu Partnerskiego Zespołu Kooperacyjnego"),
        p.Opening(
            "{% if case_mark %}Znak sprawy: {{ case_mark }}{% endif %}",
            "{{ place or '……………………………' }}, dnia {{ date or '……………………………' }}",
        ),
        p.Title("Deklaracja przystąpienia", "do Partnerskiego Zespołu Kooperacyjnego"),
        p.Facts({"Lider Partnerstwa": "lead.name", "Obszar działania": "partnership.area"}),
        p.Heading("I. Podmiot przystępujący"),
        p.Facts(
            {
                "Pełna nazwa": "organisation.name",
                "Forma prawna": "organisation.legal_form",
                "Sektor": "organisation.sector",
                "NIP": "organisation.nip",
                "REGON": "organisation.regon",
                "KRS": "organisation.krs",
                "Siedziba": "organisation.seat",
                "Telefon": "organisation.phone",
                "Adres e-mail": "organisation.email",
                "Adres do e-Doręczeń": "organisation.edelivery",
            }
        ),
        p.Heading("II. Osoby upoważnione do reprezentowania podmiotu"),
        p.Table(
            "person in representatives",
            p.Column("Imię i nazwisko", "person.name", 82),
            p.Column("Stanowisko lub funkcja", "person.position", 83),
        ),
        p.Heading(
            f"III. {_IS_ONE}Koordynator Partnerstwa"
            "{% else %}Koordynatorzy Partnerstwa{% endif %}"
        ),
        p.Table(
            "person in coordinators",
            p.Column("Imię i nazwisko", "person.name", 42),
            p.Column("Stanowisko", "person.position", 42),
            p.Column("Telefon", "person.phone", 34),
            p.Column("Adres e-mail", "person.email", 47),
        ),
        p.Heading("IV. Oświadczenia"),
        p.Text("Podmiot przystępujący:"),
        p.Numbered(
            "przystępuje do Partnerskiego Zespołu Kooperacyjnego, zwanego dalej Partnerstwem, "
            "jako Kooperant (§ 1 ust. 3 lit. a oraz § 1 ust. 5 Regulaminu);",
            "akceptuje Regulamin Partnerskiego Zespołu Kooperacyjnego"
            "{% if regulation.adopted_on %} przyjęty w dniu {{ regulation.adopted_on }}{% endif %}"
            "{% if regulation.version %} (wersja\N{NO-BREAK SPACE}{{ regulation.version }})"
            "{% endif %} i zobowiązuje się go przestrzegać;",
            f"deleguje do działań Partnerstwa {_IS_ONE}osobę wskazaną"
            "{% else %}osoby wskazane{% endif %} w części III, do udziału w organizacji, "
            "podejmowaniu decyzji, monitoringu i ewaluacji (§ 1 ust. 3 Regulaminu);",
            "{% if publish_consent %}wyraża zgodę{% else %}nie wyraża zgody{% endif %} na "
            "publikację swojej nazwy, siedziby i danych kontaktowych w wykazie członków "
            "Partnerstwa;",
            "potwierdza zapoznanie się z ogólnymi zasadami ochrony danych osobowych (załącznik "
            "nr 3 do Regulaminu) i przekazanie ich osobom wskazanym w deklaracji.",
        ),
        p.Signatures(
            p.Each(
                "person in representatives",
                p.Signature("podpis osoby upoważnionej do reprezentowania podmiotu", "person"),
            )
        ),
        p.Box(
            "Adnotacja Lidera Partnerstwa",
            p.Text(
                "Podmiot przyjęto do Partnerstwa w dniu {% if acceptance %}"
                "**{{ acceptance.date }}**{% else %}…………………………………………{% endif %} "
                "(§ 1 ust. 5 Regulaminu)."
            ),
            p.Signatures(
                p.Signature("podpis osoby upoważnionej do reprezentowania Lidera", "acceptance")
            ),
        ),
        p.Cases(p.Case("not acceptance", p.NewPage(_NOTICE_TITLE, *_NOTICE))),
    ),
)


def issue_annotated(*, by: Actor, declaration: AccessionDeclaration) -> Document:
    """The declaration with "przyjęto do Partnerstwa w dniu …", frozen (REG §1.5 s.2)."""
    return issue(
        by=by,
        paper=ANNOTATED_DECLARATION,
        subject=declaration.pk,
        title=f"Deklaracja przystąpienia: {declaration.organisation.name}",
        context=declaration_context(declaration, Partnership.objects.get()),
    )


def printed_declaration(
    declaration: AccessionDeclaration, content_type: str, *, by: Actor
) -> bytes:
    """The declaration as filled in so far, for signing: no annotation, nothing kept here."""
    context = declaration_context(declaration, Partnership.objects.get())
    context |= {"acceptance": None, "place": "", "date": ""}
    return drawn(ANNOTATED_DECLARATION, context, content_type, by=by)


def declaration_context(
    declaration: AccessionDeclaration, partnership: Partnership
) -> dict[str, Any]:
    """The facts of a filed declaration as texts, as annex 1 shows them."""
    regulation, decided_by = declaration.regulation, declaration.decided_by
    contact = filter(None, (partnership.contact_phone, partnership.contact_email))
    return {
        "lead": lead_of(partnership) | {"contact": ", ".join(contact)},
        "partnership": {"area": partnership.area},
        "case_mark": declaration.case_mark,
        "place": declaration.signed_place,
        "date": pl_date(declaration.signed_on),
        "organisation": _organisation(declaration.organisation),
        "representatives": [_signatory(declaration)],
        "coordinators": [_coordinator(declaration)],
        "regulation": {
            "adopted_on": pl_date(regulation.adopted_on) if regulation else "",
            "version": str(regulation.number) if regulation else "",
        },
        "publish_consent": declaration.publish_consent,
        "privacy": privacy_of(partnership),
        "acceptance": {
            "date": pl_date(declaration.decided_on),
            "name": decided_by.full_name if decided_by else "",
            "position": "osoba reprezentująca Lidera",
        },
    }


def _organisation(organisation: Organisation) -> dict[str, str]:
    same = ("name", "legal_form", "nip", "regon", "krs", "phone", "email", "edelivery")
    return {
        **{name: getattr(organisation, name) for name in same},
        "sector": organisation.get_sector_display(),
        "seat": organisation.address,
    }


def _signatory(declaration: AccessionDeclaration) -> dict[str, str]:
    signatory = declaration.signatory or Person()
    return {"name": signatory.full_name, "position": declaration.signatory_function}


def _coordinator(declaration: AccessionDeclaration) -> dict[str, str]:
    coordinator = declaration.coordinator or Person()
    return {
        "name": coordinator.full_name,
        "position": declaration.coordinator_position,
        "phone": coordinator.phone,
        "email": coordinator.email,
    }


SIGNED_RESIGNATION = "SIGNED_RESIGNATION"
RESIGNATION = Paper(
    order=70,
    kind="RESIGNATION",
    name="Rezygnacja z Partnerstwa",
    title=(
        "Rezygnacja z uczestnictwa w Partnerskim Zespole Kooperacyjnym: {{ organisation.name }}"
    ),
    short="Rezygnacja",
    example={
        "recipient": LEAD,
        "area": AREA,
        "organisation": {"name": "Szkoła", "seat": "ul. Przykładowa 2", "joined_on": DAY},
        "effect": "z dniem wpływu do Lidera",
    },
    # The kooperant writes to the Lider, so no letterhead of the Lider stands above.
    renamed={
        "lead.name": "recipient.name",
        "lead.address": "recipient.address",
        "lead.contact": "recipient.contact",
    },
    parts=(
        p.Opening("Znak sprawy: ……………………………", "……………………………, dnia ……………………………"),
        p.Facts(
            {
                "Od": "organisation.name",
                "Siedziba": "organisation.seat",
                "Do (Lider Partnerstwa)": "recipient.name",
                "Adres Lidera": "recipient.address",
            }
        ),
        p.Title("Rezygnacja", "z uczestnictwa w Partnerskim Zespole Kooperacyjnym"),
        p.Facts({"Obszar działania": "area", "Członek od": "organisation.joined_on"}),
        p.Text(
            "Na podstawie § 1 ust. 6 Regulaminu Partnerskiego Zespołu Kooperacyjnego Kooperant "
            "rezygnuje z uczestnictwa w Partnerstwie. Rezygnacja wywołuje skutek {{ effect }}."
        ),
        p.Text(f"Powód (nieobowiązkowo): {'…' * 50}"),
        p.Text(
            f"Osoba upoważniona do reprezentowania Kooperanta (imię, nazwisko, funkcja): {'…' * 30}"
        ),
        p.Signatures(p.Signature("podpis osoby upoważnionej do reprezentowania Kooperanta")),
        p.Box(
            "Wpływ do Lidera",
            p.Text("Rezygnacja wpłynęła dnia ……………………………"),
            p.Signatures(p.Signature("podpis osoby przyjmującej")),
        ),
    ),
)


def printed_resignation(
    membership: Membership, regulation: RegulationVersion | None, content_type: str, *, by: Actor
) -> bytes:
    """The form to sign, filled with what is known; not kept."""
    context = resignation_context(membership, Partnership.objects.get(), regulation)
    return drawn(RESIGNATION, context, content_type, by=by)


def resignation_context(
    membership: Membership, partnership: Partnership, regulation: RegulationVersion | None
) -> dict[str, Any]:
    organisation = membership.organisation
    effect = (regulation.resignation_effect, regulation.resignation_days) if regulation else ("",)
    return {
        "recipient": lead_of(partnership),
        "area": partnership.area,
        "organisation": {
            "name": organisation.name,
            "seat": organisation.address,
            "joined_on": pl_date(membership.from_on),
        },
        "effect": rules.effect_said(*effect),
    }
