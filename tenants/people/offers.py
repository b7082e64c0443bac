"""Offers of institutions and people."""

from kooperacja.audit.perms import JournalReaders
from kooperacja.drafts.owners import PersonOfAccount
from kooperacja.offers import Fate, Impersonal, Offer, PersonalData, Verbs
from kooperacja.ui.navigation import NavEntry, NavGroup
from kooperacja.ui.page_parts import PagePart
from tenants.people import matters, parts, perms
from tenants.people.calendar import DaySource, ending_roles
from tenants.people.models import Organisation, Person, Post, RoleAssignment
from tenants.people.today import (
    FirstStep,
    TodaySource,
    WaitsForOthers,
    lead_was_named,
    officer_was_named,
    proposed_administrators,
    untaken_invitations,
)
from tenants.registry.places import AccountPart

OFFERS: tuple[Offer, ...] = (
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
        }
    ),
    PersonalData(
        Person,
        ("full_name", "email", "phone"),
        Fate.RECORD,
        "the register names who acts for an institution (REG §1.3.a, §5.1.a)",
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
    TodaySource(proposed_administrators, order=5),
    WaitsForOthers(untaken_invitations, order=10),
    DaySource(ending_roles, order=10),
    FirstStep(
        "Zaproś osobę, która reprezentuje Lidera",
        lead_was_named,
        "people:invite_colleague",
        "Zaproś",
        perms.manage_people,
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
    PagePart(Organisation.PAGE, "body", "people/_invitations.html", parts.invitations, order=5),
    NavEntry("TENANT", "home", "Co dziś", perms.enter, order=10),
    NavEntry("TENANT", "calendar", "Kalendarz", perms.enter, order=65),
    NavEntry("ACCOUNT", "account_calendar", "Kalendarz", order=15),
    NavGroup("TENANT", "PARTNERSHIP", "Partnerstwo"),
    NavGroup("TENANT", "OFFICE", "Ośrodek"),
    NavEntry(
        "TENANT",
        "people:office",
        "Ludzie i dane",
        perms.manage_people,
        also=("people:invitation", "people:invitation_again", "people:invitation_withdraw"),
        group="OFFICE",
        order=70,
    ),
    NavEntry("TENANT", "audit:journal", "Dziennik", perms.read_journal, group="OFFICE", order=100),
    JournalReaders(perms.read_journal, Organisation.objects.matching),
    PersonOfAccount(lambda account_id: Person.objects.of_account(account_id)),
)
