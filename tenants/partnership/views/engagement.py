"""What the Lider says of a member: its level of engagement and the four flags (REG §5.1.b, d)."""

from functools import partial

from django.http import HttpResponse

from kooperacja.pages import form_page, row, sent, step
from tenants.partnership import perms
from tenants.partnership.actions.engagement import set_engagement, set_flags
from tenants.partnership.actions.terms import require_member
from tenants.partnership.forms import EngagementForm, FlagsForm
from tenants.partnership.views.organisations import of_institution
from tenants.people.identity import PersonRequest
from tenants.people.models import Organisation

_organisation = row(Organisation)


@step(perms.set_engagement, _organisation)
def level(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    clause = perms.set_engagement.clause
    member = require_member(organisation, clause)
    now = member.engagements.filter(ended_on=None).first()
    return form_page(
        request,
        EngagementForm(**sent(request), now=now),
        partial(set_engagement, by=request.actor, membership_id=member.pk),
        said="Zapisano stopień zaangażowania.",
        title="Stopień zaangażowania",
        lead=f"Lider określa stopień koniecznego zaangażowania kooperanta ({clause}). "
        "Poprzedni stopień kończy się tego samego dnia i zostaje w historii.",
        **of_institution(organisation),
    )


@step(perms.set_flags, _organisation)
def flags(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    clause = perms.set_flags.clause
    member = require_member(organisation, clause)
    held = sorted(member.flags.filter(ended_on=None).values_list("kind", flat=True))
    return form_page(
        request,
        FlagsForm(**sent(request), initial={"seen": ",".join(held), "kinds": held}),
        partial(set_flags, by=request.actor, membership_id=member.pk),
        said="Zapisano cechy instytucji.",
        title="Cechy instytucji",
        lead="Lider określa, które organizacje są kluczowe, współpracują okazjonalnie, "
        f"prowadzą diagnozę albo oferują istotne usługi ({clause}).",
        **of_institution(organisation),
    )
