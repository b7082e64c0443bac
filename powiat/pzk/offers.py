"""Offers of the Powiatowy Zespół Kooperacji."""

from kooperacja.audit.about import OpenTo
from kooperacja.documents.perms import KeptFile, by_row
from kooperacja.offers import (
    DemoHistory,
    DemoWritten,
    ExitPart,
    Fate,
    Handler,
    Impersonal,
    Offer,
    PersonalData,
    Verbs,
)
from kooperacja.ui.navigation import NavEntry
from powiat.pzk import demo, indicators, outbox, today
from powiat.pzk.actions import receiving
from powiat.pzk.actions.ending import delegated_by, follow_agreements
from powiat.pzk.actions.publishing import PUBLISH
from powiat.pzk.exit import write_delegations
from powiat.pzk.models import AskedDelegation
from powiat.pzk.papers import DELEGATE_LETTER
from powiat.pzk.perms import see_asked, see_delegations
from tenants.agreements.consequences import EndsWithPart
from tenants.agreements.models import Agreement, ContactPerson, Party, Renaming
from tenants.exchange import delegations
from tenants.exchange.letters import LetterKind, Undeliverable
from tenants.people.followers import Follower
from tenants.people.models import Organisation, Post, RoleAssignment
from tenants.people.references import Called
from tenants.people.today import TodaySource, WaitsForOthers

_ROWS = AskedDelegation.objects.select_related("party")
_FIELDS = delegations.FIELDS
_DELEGATIONS = (
    "Delegacje do Gminnych Grup Kooperacji; w gminach skończą się, gdy dotrze tam wiadomość, zwykle "
    "po kilku sekundach"
)

OFFERS: tuple[Offer, ...] = (
    Verbs(
        {
            "PZK_DELEGATE_ASKED": "gmina poprosiła o delegata do GGK",
            "PZK_DELEGATE_NAMED": "wskazano delegata do GGK",
            "PZK_DELEGATE_REFUSED": "odmówiono delegata do GGK",
            "PZK_DELEGATE_NOT_OURS": "prośba o delegata nie była do tej instytucji",
            "PZK_DELEGATE_WITHDRAWN": "gmina wycofała prośbę o delegata do GGK",
            "PZK_DELEGATE_EXPIRED": "minął termin odpowiedzi na prośbę o delegata do GGK",
            "PZK_DELEGATE_SEATED": "delegat zajął miejsce w GGK",
            "PZK_DELEGATE_DECLINED": "delegat nie przyjął delegacji do GGK",
            "PZK_DELEGATE_TOO_LATE": "odpowiedź o delegacie do GGK przyszła za późno",
            "PZK_DELEGATE_ENDED": "delegacja do GGK się skończyła",
        }
    ),
    NavEntry(
        "TENANT",
        "pzk:delegations",
        "Delegaci do GGK",
        see_delegations,
        group="PARTNERSHIP",
        order=56,
    ),
    OpenTo(_ROWS, see_asked),
    LetterKind(delegations.ASKED, _FIELDS[delegations.ASKED], receiving.read_asked),
    LetterKind(
        delegations.WITHDRAWN,
        _FIELDS[delegations.WITHDRAWN],
        receiving.read_withdrawn,
        outlasts_closing=True,
    ),
    LetterKind(
        delegations.STATE, _FIELDS[delegations.STATE], receiving.read_state, outlasts_closing=True
    ),
    Undeliverable(delegations.ANSWERED, receiving.read_returned),
    Handler(PUBLISH, outbox.agreement_changed),
    Follower(
        frozenset({Agreement, Party, Renaming, ContactPerson, Post, RoleAssignment, Organisation}),
        follow_agreements,
        writes=frozenset({AskedDelegation}),
    ),
    Called(
        AskedDelegation,
        "person",
        "delegat do GGK",
        "delegaci do GGK",
        "delegatów do GGK",
    ),
    PersonalData(
        AskedDelegation,
        ("full_name", "named_function", "email", "answered_by", "asking_office"),
        Fate.RECORD,
        "whom an institution delegated to a GGK, who asked and who answered (POR-C §2.4.2)",
    ),
    Impersonal(AskedDelegation, ("source_name", "function", "reason")),
    KeptFile(DELEGATE_LETTER, by_row(_ROWS, see_asked, "letter")),
    ExitPart("delegaci", "prośby gmin o delegatów do GGK i odpowiedzi", write_delegations),
    EndsWithPart(_DELEGATIONS, delegated_by),
    TodaySource(today.answers_wait, order=58),
    WaitsForOthers(today.answers_awaited, order=58),
    indicators.DELEGATES_ASKED,
    indicators.DELEGATE_TIME,
    indicators.COUNTY_SITTINGS,
    DemoHistory(demo.write),
    DemoWritten(demo.name, order=91),  # once its gminas have asked
)
