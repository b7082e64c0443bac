"""Master cards, those who keep them, and institutions that work in several units."""

from typing import Any

from django.utils import timezone
from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import Actor
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets.actions import masters as taking_in
from tenants.masters.actions import keepers, services
from tenants.masters.models import MasterCard, MasterKeeper, MasterService
from tenants.people.models import Organisation, Person
from tenants.registry.models import Access
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import baskets as make_baskets
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories.exchange import carried

REGON = make_people.regon(4711)
COUNTY_HELP = "Poradnia Powiatowa Zmyślona"


def voice_access(account: Account, tenant: TenantRef, regon: str = REGON) -> Access:
    """The account speaks in a unit for the institution of a REGON."""
    return Access.objects.create(
        account=account,
        tenant_id=tenant.id,
        role=Role.PARTNER_HEAD,
        organisation_id=uuid7(),
        organisation_name=COUNTY_HELP,
        organisation_number=regon,
        granted_by="test",
    )


def card(keeper: Account, tenant: TenantRef, regon: str = "") -> MasterCard:
    """A master card that the account keeps; the first is of `REGON`, each further of another."""
    regon = regon or make_people.regon(4711 + MasterCard.objects.count())
    made: MasterCard = MasterCard.objects.create(
        name=COUNTY_HELP, regon=regon, begun_on=timezone.localdate()
    )
    voice_access(keeper, tenant, regon)
    MasterKeeper.objects.create(
        card=made,
        account=keeper,
        asked_in=tenant.name,
        let_in_on=timezone.localdate(),
        let_in_by="Regina",
    )
    return made


def asked(of: MasterCard, tenant: TenantRef) -> MasterKeeper:
    """Somebody who speaks for the institution too, and waits to be let in."""
    account = accounts.with_totp(accounts.account())
    voice_access(account, tenant, of.regon)
    made: MasterKeeper = MasterKeeper.objects.create(card=of, account=account, asked_in=tenant.name)
    return made


def service(keeper: Account, of: MasterCard, **values: Any) -> MasterService:
    said = make_baskets.said(**values)
    return services.add(by=accounts.acting(keeper), card_id=of.pk, key=uuid7(), values=said)


def kooperant(tenant: TenantRef, regon: str = REGON) -> tuple[Organisation, Person, Account]:
    """The institution as a kooperant of a unit, and its head, who has an account."""
    with inside(tenant):
        institution = make_people.organisation(name=COUNTY_HELP, regon=regon)
        make_partnership.member(institution)
        _, person = make_people.signed_in(tenant, Role.PARTNER_HEAD, organisation=institution)
    return institution, person, Account.objects.get(pk=person.account_id)


def by(person: Person) -> Actor:
    """The person, by their account."""
    return Actor(person.account_id, person.full_name, person_id=person.pk)


def begun(tenant: TenantRef, person: Person, institution: Organisation) -> None:
    """The head takes the card of the institution into the directory, and the workers carry it."""
    with inside(tenant):
        own = make_baskets.card(by(person), institution)
        taking_in.begin(by=by(person), card_id=own.pk, key=uuid7())
    carried(tenant)


def let_in(who: MasterKeeper, keeper: Account) -> MasterKeeper:
    return keepers.admit(by=accounts.acting(keeper), keeper_id=who.pk)
