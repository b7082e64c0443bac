"""Things that wait for people who join, and for those who answer (REG §1.4, §1.5, §1.7)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Max, OuterRef
from django.urls import reverse

from kooperacja.notifications.reminders import over
from kooperacja.ui.polish import pl_date
from tenants.accession import perms, rules
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.models.recruitment import Recruitment
from tenants.accession.workflow import DeclarationState, RecruitmentState
from tenants.partnership.models import Membership, Partnership
from tenants.partnership.workflow import PartnershipState
from tenants.people import perms as people_perms
from tenants.people.models import Person
from tenants.people.today import Awaited, Waiting
from tenants.registry.roles import Role


def dissolved(person: Person, day: date) -> Iterator[Waiting]:
    """To everybody who still comes in: nothing is done here any more."""
    if not perms.see_dissolution(person):
        return
    partnership = Partnership.here()
    if partnership is not None and partnership.state == PartnershipState.DISSOLVED:
        yield Waiting(
            title="Zobacz rozwiązanie Partnerstwa",
            href=reverse("accession:dissolution"),
            clause="§ 1 ust. 7 regulaminu",
            text=f"Partnerstwo jest rozwiązane od {pl_date(partnership.dissolved_on)} "
            "Rejestr i dokumenty można nadal czytać.",
        )


_WHAT = {
    DeclarationState.DRAFT: "Wypełnij deklarację przystąpienia",
    DeclarationState.RETURNED: "Popraw deklarację przystąpienia",
}


def to_fill_in(person: Person, day: date) -> Iterator[Waiting]:
    if not any(held.role == Role.APPLICANT for held in person.roles_today):
        return
    if Partnership.is_dissolved():
        return
    mine: Any = AccessionDeclaration.objects.filter(applicant=person, state__in=sorted(_WHAT))
    mine = mine.select_related("organisation").annotate(since=Max("steps__happened_on"))
    for declaration in mine.order_by("created_at"):
        if perms.fill_in_declaration(person, declaration):
            yield Waiting(
                title=f"{_WHAT[DeclarationState(declaration.state)]}: {declaration.organisation.name}",
                href=reverse("accession:declaration", args=[declaration.pk]),
                clause="§ 1 ust. 5 regulaminu",
                text=declaration.reason,
                since=declaration.since,
            )


_SHOWN = 20


def to_be_filed(person: Person, day: date) -> Iterator[Awaited]:
    """To the office: declarations that whoever was invited has not handed in for long (REG §1.5)."""
    if not perms.invite_applicants(person):
        return
    begun = AccessionDeclaration.objects.filter(state__in=sorted(_WHAT), applicant__isnull=False)
    # Whoever has not come in yet stands among the invitations.
    begun = begun.exclude(applicant__account_id=None).select_related("organisation", "applicant")
    since: Any = begun.annotate(since=Max("steps__happened_on"))
    late = since.filter(since__lte=day - rules.REMIND_AFTER).order_by("since", "pk")
    late = late.annotate(is_enough=over(OuterRef("pk")))
    for declaration in late[:_SHOWN]:
        state = declaration.get_state_display()
        yield Awaited(
            title=f"Deklaracja: {declaration.organisation.name}",
            href=declaration.url,
            text=f"Wypełnia {declaration.applicant}. {state[:1].upper()}{state[1:]} "
            f"od {pl_date(declaration.since)}",
            clause=perms.invite_applicants.clause,
            action="" if declaration.is_enough else "Przypomnij",
            action_href=reverse("accession:applicant_remind", args=[declaration.pk]),
        )


def to_decide(person: Person, day: date) -> Iterator[Waiting]:
    """To the office: declarations that the Lider must accept, return or refuse (REG §1.5)."""
    if not people_perms.keep_organisations(person):
        return
    filed = AccessionDeclaration.objects.filter(state=DeclarationState.FILED)
    filed = filed.select_related("organisation", "regulation").order_by("received_on", "pk")
    for declaration in filed[:_SHOWN]:
        decides = perms.decide(person, declaration)
        received = f"Wpłynęła {pl_date(declaration.received_on)}"
        yield Waiting(
            title=f"Zdecyduj o deklaracji: {declaration.organisation.name}"
            if decides
            else f"Przejrzyj deklarację: {declaration.organisation.name}",
            href=reverse("accession:declaration", args=[declaration.pk]),
            clause="§ 1 ust. 5 regulaminu",
            text=received if decides else f"Decyduje osoba reprezentująca Lidera. {received}",
            is_overdue=bool(declaration.decision_due and declaration.decision_due < day),
            due=declaration.decision_due,
            matter="Decyzja o deklaracji",
        )


def unanswered(person: Person, day: date) -> Iterator[Waiting]:
    if not perms.recruit(person):
        return
    asked = Recruitment.objects.filter(state=RecruitmentState.ASKED)
    for entry in asked.order_by("began_on", "pk")[:_SHOWN]:
        yield Waiting(
            title=f"Odpowiedz na zgłoszenie do Partnerstwa: {entry.institution_name}",
            href=reverse("accession:recruitment", args=[entry.pk]),
            clause="§ 1 ust. 4 regulaminu",
            text=f"Zgłoszenie z {pl_date(entry.began_on)} czeka na odpowiedź.",
        )


def institution_was_accepted() -> Any:
    return Membership.objects.all()
