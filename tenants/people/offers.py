"""Offers of institutions and people."""

from kooperacja.audit.perms import JournalReaders
from kooperacja.drafts.owners import PersonOfAccount
from kooperacja.guard.checking import Public
from kooperacja.offers import Fate, Handler, Impersonal, Offer, PersonalData, Verbs
from kooperacja.ui.everywhere import Searchable
from kooperacja.ui.navigation import NavEntry, NavGroup
from kooperacja.ui.page_parts import PagePart
from tenants.people import clashes, found, guarding, matters, outbox, parts, perms
from tenants.people.actions.advisers import date_role
from tenants.people.actions.mending import ROLES_MOVED
from tenants.people.calendar import DaySource, ending_roles
from tenants.people.models import (
    Organisation,
    OrganisationMerge,
    Person,
    PersonMerge,
    Post,
    RoleAssignment,
)
from tenants.people.references import Called, MergeClash
from tenants.people.returned import HoldsAddress, holders
from tenants.people.today import (
    LEAD_STEP,
    FirstStep,
    TodaySource,
    WaitsForOthers,
    addresses_to_correct,
    lead_was_named,
    officer_was_named,
    proposed_administrators,
    proposed_advisers,
    untaken_invitations,
)
from tenants.registry.advisers import RoleOfAdviser
from tenants.registry.places import AccountPart

OFFERS: tuple[Offer, ...] = (
    Public(guarding.known),
    Verbs(
        {
            "ORGANISATION_ADDED": "wpisano instytucję",
            "ORGANISATION_EDITED": "zmieniono dane instytucji",
            "PERSON_ENTERED": "osoba weszła po raz pierwszy",
            "CONTACT_FILLED_IN": "uzupełniono dane kontaktowe osoby",
            "ROLE_GIVEN": "nadano rolę",
            "ROLE_ENDED": "zakończono rolę",
            "INVITATION_RESENT": "wysłano zaproszenie ponownie",
            "INVITATION_WITHDRAWN": "wycofano zaproszenie",
            "PROFILE_EDITED": "zmieniono profil instytucji",
            "ORGANISATION_STRUCK": "usunięto wpis instytucji",
            "ORGANISATION_MERGED": "połączono wpis instytucji z innym",
            "ORGANISATION_PARTED": "cofnięto połączenie wpisów instytucji",
            "PERSON_EDITED": "poprawiono dane osoby",
            "PERSON_STRUCK": "usunięto wpis osoby",
            "PERSON_MERGED": "połączono wpis osoby z innym",
            "PERSON_PARTED": "cofnięto połączenie wpisów osób",
            "ADDRESS_SETTLED": "oznaczono adres e-mail jako sprawdzony",
        }
    ),
    Handler(ROLES_MOVED, outbox.roles_moved),
    Called(Post, "organisation", "funkcja osoby", "funkcje osób", "funkcji osób"),
    Called(Post, "person", "funkcja", "funkcje", "funkcji"),
    Called(RoleAssignment, "organisation", "rola osoby", "role osób", "ról osób"),
    Called(RoleAssignment, "person", "rola", "role", "ról"),
    *(
        Called(model, column, "połączenie wpisów", "połączenia wpisów", "połączeń wpisów")
        for model in (OrganisationMerge, PersonMerge)
        for column in ("source", "target")
    ),
    MergeClash(Organisation, clashes.of_organisations, ("post_once", "role_once")),
    MergeClash(Person, clashes.of_people, ("post_once", "role_once")),
    PersonalData(
        Person,
        ("full_name", "email", "phone"),
        Fate.RECORD,
        "the register names who acts for an institution (REG §1.3.a, §5.1.a)",
    ),
    PersonalData(
        PersonMerge,
        ("merged_by", "undone_by", "moved", "filled"),
        Fate.RECORD,
        "who made two entries one, and what each had, so that they can be parted",
    ),
    PersonalData(
        OrganisationMerge, ("merged_by", "undone_by", "moved", "filled"), Fate.RECORD, "the same"
    ),
    PersonalData(Post, ("function",), Fate.RECORD, "what a person is in an institution"),
    PersonalData(
        RoleAssignment, ("granted_by", "basis"), Fate.RECORD, "who gave a role, and on what basis"
    ),
    PersonalData(
        Organisation,
        ("email", "phone"),
        Fate.RECORD,
        "the institution's public address (REG §5.1.a)",
    ),
    Impersonal(
        Organisation,
        (
            "name",
            "legal_form",
            "nip",
            "regon",
            "krs",
            "street",
            "postal_code",
            "city",
            "website",
            "edelivery",
            "competences",
            "ways_of_working",
            "legal_basis",
        ),
    ),
    HoldsAddress(holders),
    TodaySource(proposed_administrators, order=5, has_days=False),
    TodaySource(proposed_advisers, order=6, has_days=False),
    RoleOfAdviser(date_role),
    TodaySource(addresses_to_correct, order=8, has_days=False),
    WaitsForOthers(untaken_invitations, order=10),
    DaySource(ending_roles, order=10),
    FirstStep(
        "Zaproś osobę, która reprezentuje Lidera",
        lead_was_named,
        "people:invite_colleague",
        "Zaproś",
        perms.manage_people,
        "Bez niej nie można przyjmować instytucji do Partnerstwa (§ 1 ust. 3 lit. b regulaminu).",
        LEAD_STEP,
        order=20,
    ),
    FirstStep(
        "Wyznacz pracownika ds. sieci",
        officer_was_named,
        "people:invite_colleague",
        "Wyznacz",
        perms.manage_people,
        order=30,
    ),
    AccountPart("people/_matters.html", matters.of_account),
    PagePart(
        "people:office",
        "body",
        "people/_region_invitations.html",
        parts.region_invitations,
        order=5,
    ),
    PagePart("people:office", "body", "people/_advisers.html", parts.advisers, order=6),
    PagePart("home", "body", "people/_home_adviser.html", parts.own_support, order=5),
    PagePart(Organisation.PAGE, "body", "people/_invitations.html", parts.invitations, order=5),
    *(
        PagePart(page, place, template, find, order=95)
        for page in (Organisation.PAGE, Person.PAGE)
        for place, template, find in (
            ("top", "people/_merged.html", parts.merged),
            ("body", "people/_mending.html", parts.mending),
        )
    ),
    Searchable("Ludzie ośrodka", found.office, perms.manage_people, order=30),
    NavEntry("TENANT", "home", "Co dziś", perms.enter, order=10),
    NavEntry("TENANT", "calendar", "Kalendarz", perms.enter, group="MEETINGS", order=63),
    NavEntry("ACCOUNT", "account_calendar", "Kalendarz", order=15),
    NavGroup("TENANT", "PARTNERSHIP", "Partnerstwo"),
    NavGroup("TENANT", "JOINING", "Przystąpienia i rezygnacje", within="PARTNERSHIP"),
    NavGroup("TENANT", "MEETINGS", "Spotkania"),
    NavGroup("TENANT", "OFFICE", "Ośrodek"),
    NavEntry(
        "TENANT",
        "people:office",
        "Ludzie i role",
        perms.manage_people,
        also=("people:invitation", "people:invitation_again", "people:invitation_withdraw"),
        group="OFFICE",
        order=70,
    ),
    NavEntry(
        "TENANT",
        "people:unreached",
        "Niedoręczona poczta",
        perms.see_people,
        also=("people:unreached_settle",),
        group="OFFICE",
        order=74,
    ),
    NavEntry("TENANT", "audit:journal", "Dziennik", perms.read_journal, group="OFFICE", order=100),
    JournalReaders(perms.read_journal, Organisation.objects.matching),
    PersonOfAccount(lambda account_id: Person.objects.of_account(account_id)),
)
