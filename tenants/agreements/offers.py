"""Offers of agreements."""

from kooperacja.audit.about import OpenTo
from kooperacja.documents.perms import KeptFile, by_row
from kooperacja.offers import DemoHistory, ExitPart, Fate, Impersonal, Offer, PersonalData, Verbs
from kooperacja.ui.navigation import NavEntry
from tenants.agreements import amendments_today, clashes, coming, demo, indicators, seats, today
from tenants.agreements.actions import duties
from tenants.agreements.amending import AMENDMENT
from tenants.agreements.exit import write_agreements
from tenants.agreements.following import follow_agreements
from tenants.agreements.later_papers import ACCESSION, ANNEX, PUBLICITY_FILE
from tenants.agreements.models import (
    Accession,
    Addition,
    Agreement,
    AgreementNumber,
    AmendedClause,
    Amendment,
    AmendmentSide,
    AnnexVersion,
    ClauseComment,
    CommentReply,
    ContactPerson,
    CopyHandover,
    Departure,
    Ending,
    NumberRule,
    Party,
    PublicConsent,
    Publicity,
    Refusal,
    Renaming,
    Signature,
    TextVersion,
)
from tenants.agreements.papers import (
    AGREEMENT,
    AGREEMENT_ENDING,
    COPY_RECEIPT,
    PARTY_DEPARTURE,
    PARTY_RENAMING,
    PARTY_SIGNATURE,
    SIGNING_BASIS,
)
from tenants.agreements.perms import (
    edit_party,
    see_accession,
    see_agreement,
    see_agreements,
    see_amendment,
    see_basis,
    see_comment,
    see_departure_file,
    see_ending_file,
    see_publicity,
    see_receipt,
    see_renaming_file,
    see_side,
    see_signed_file,
    write_amended_clause,
)
from tenants.meetings.subjects import SourceOfArrangement
from tenants.people.calendar import DaySource
from tenants.people.followers import Follower
from tenants.people.models import Organisation, Post, RoleAssignment
from tenants.people.protected import HidesSeat
from tenants.people.references import Called, Doubled, MergeClash
from tenants.people.today import TodaySource, WaitsForOthers
from tenants.teams.models import Seat, Team, Terms

_KEPT = "names and functions of whom the parties of an agreement name in it (POR preamble, §3.3)"
_SIGNED = "names of those who signed, or said that a party does not (POR signatures)"
_LIFE = "who entered that a party left, has another name or a successor, or that it ended (POR)"
_DEPARTURES = Departure.objects.select_related("party__agreement", "successor")
_RENAMINGS = Renaming.objects.select_related("party__agreement")
_NUMBERED = "names of those who chose how agreements are numbered (POR signatures)"
_HANDED = "names of those who entered to whom a copy was handed (POR preamble)"
_HANDOVERS = CopyHandover.objects.select_related("party")
_SIGNATURES = Signature.objects.select_related("party__agreement", "document")
_NEGOTIATED = "the sides negotiate the agreement; a guard keeps people out of it (POR preamble)"
_LATER = "names of those who entered it; a guard keeps people out of the texts (POR-C §4.3)"
_CONSENT = "who entered a consent and who withdrew it, as long as it must be shown (GDPR art. 7(1))"
_COMMENTS = ("uwaga do porozumienia", "uwagi do porozumienia", "uwag do porozumienia")
_ASKED = ("pytanie o porozumienie", "pytania o porozumienie", "pytań o porozumienie")
_CLOSED = (
    "zamknięta uwaga do porozumienia",
    "zamknięte uwagi do porozumienia",
    "zamkniętych uwag do porozumienia",
)
_ANSWERS = (
    "odpowiedź na uwagę do porozumienia",
    "odpowiedzi na uwagi do porozumienia",
    "odpowiedzi na uwagi do porozumienia",
)

OFFERS: tuple[Offer, ...] = (
    Verbs(
        {
            "AGREEMENT_BEGUN": "zaczęto projekt porozumienia",
            "AGREEMENT_EDITED": "zmieniono pola porozumienia",
            "AGREEMENT_TEXT_KEPT": "zachowano wersję tekstu porozumienia",
            "AGREEMENT_DISCARDED": "odrzucono projekt porozumienia",
            "AGREEMENT_SENT_TO_SIGN": "przekazano porozumienie do podpisu",
            "AGREEMENT_TAKEN_BACK": "cofnięto porozumienie do projektu",
            "AGREEMENT_IN_FORCE": "porozumienie weszło w życie",
            "AGREEMENT_FAILED": "porozumienie nie weszło w życie",
            "AGREEMENT_PARTY_SIGNED": "wpisano podpis Strony porozumienia",
            "AGREEMENT_PARTY_REFUSED": "wpisano odmowę podpisu Strony porozumienia",
            "AGREEMENT_PARTY_ASKED_AGAIN": "Strona porozumienia wraca do podpisywania",
            "AGREEMENT_PARTY_ADDED": "dodano Stronę porozumienia",
            "AGREEMENT_PARTY_EDITED": "zmieniono dane Strony porozumienia",
            "AGREEMENT_PARTY_REMOVED": "usunięto Stronę z projektu porozumienia",
            "AGREEMENT_PERSON_INVITED": "zaproszono osobę do działania za Stronę porozumienia",
            "AGREEMENT_CONTACT_ADDED": "wskazano osobę do współpracy w porozumieniu",
            "AGREEMENT_CONTACT_EDITED": "zmieniono dane osoby wskazanej w porozumieniu",
            "AGREEMENT_CONTACT_ENDED": "zakończono wskazanie osoby w porozumieniu",
            "AGREEMENT_ADDITION_ADDED": "dodano obowiązek albo postanowienie do porozumienia",
            "AGREEMENT_ADDITION_EDITED": "zmieniono obowiązek albo postanowienie porozumienia",
            "AGREEMENT_ADDITION_REMOVED": "usunięto obowiązek albo postanowienie porozumienia",
            "AGREEMENT_SHARED": "udostępniono projekt porozumienia Stronom",
            "AGREEMENT_UNSHARED": "przestano udostępniać projekt porozumienia Stronom",
            "AGREEMENT_COMMENTED": "zgłoszono uwagę do projektu porozumienia albo aneksu",
            "AGREEMENT_COMMENT_ANSWERED": "odpowiedziano na uwagę do projektu porozumienia albo aneksu",
            "AGREEMENT_COMMENT_CLOSED": "zamknięto uwagę do projektu porozumienia albo aneksu",
            "AGREEMENT_SIGNATURE_WITHDRAWN": "Strona porozumienia wycofała podpis",
            "AGREEMENT_PARTY_LEAVES": "wpisano odejście Strony porozumienia",
            "AGREEMENT_LEAVE_WITHDRAWN": "wycofano odejście Strony porozumienia",
            "AGREEMENT_PARTY_LINKED": "powiązano Stronę porozumienia z instytucją z rejestru",
            "AGREEMENT_PARTY_RENAMED": "wpisano nową nazwę Strony porozumienia",
            "AGREEMENT_PARTY_MERGED": "wpisano następcę Strony porozumienia",
            "AGREEMENT_END_ENTERED": "wpisano koniec porozumienia",
            "AGREEMENT_END_WITHDRAWN": "wycofano koniec porozumienia",
            "AGREEMENT_CEASED": "porozumienie przestało obowiązywać",
            "AGREEMENT_ACCESSION_PREPARED": "przygotowano przystąpienie do porozumienia",
            "AGREEMENT_ACCESSION_SIGNED": "wpisano podpis pod przystąpieniem do porozumienia",
            "AGREEMENT_ACCESSION_WITHDRAWN": "wycofano przystąpienie do porozumienia",
            "AGREEMENT_PARTY_ACCEDED": "instytucja przystąpiła do porozumienia",
            "AGREEMENT_ANNEX_MADE": "powstała nowa wersja wykazu osób do porozumienia",
            "AGREEMENT_CONSENT_GIVEN": "wpisano zgodę na publikację danych osoby z porozumienia",
            "AGREEMENT_CONSENT_WITHDRAWN": "cofnięto zgodę na publikację danych osoby z porozumienia",
            "AGREEMENT_PUBLICISED": "wpisano upublicznienie przystąpienia do porozumienia",
            "AGREEMENT_SEAT_SHOWN": "zmieniono jawność siedziby Strony porozumienia",
            "AMENDMENT_BEGUN": "zaczęto projekt aneksu do porozumienia",
            "AMENDMENT_EDITED": "zmieniono datę, uzasadnienie albo podpisujących aneks",
            "AMENDMENT_SHARED": "pokazano projekt aneksu Stronom",
            "AMENDMENT_CHANGE_ADDED": "dodano zmianę do aneksu",
            "AMENDMENT_CHANGE_EDITED": "poprawiono zmianę w aneksie",
            "AMENDMENT_CHANGE_REMOVED": "usunięto zmianę z aneksu",
            "AMENDMENT_DISCARDED": "odrzucono projekt aneksu",
            "AMENDMENT_SENT_TO_SIGN": "przekazano aneks do podpisu",
            "AMENDMENT_TAKEN_BACK": "cofnięto aneks do projektu",
            "AMENDMENT_IN_FORCE": "aneks wszedł w życie",
            "AMENDMENT_FAILED": "aneks nie wszedł w życie",
            "AMENDMENT_PARTY_SIGNED": "wpisano podpis Strony pod aneksem",
            "AMENDMENT_PARTY_REFUSED": "wpisano odmowę podpisu aneksu",
            "AMENDMENT_PARTY_ASKED_AGAIN": "Strona wraca do podpisywania aneksu",
            "AGREEMENT_NUMBERING_SET": "zmieniono sposób numerowania porozumień",
            "AGREEMENT_COPY_HANDED": "wpisano przekazanie egzemplarza porozumienia",
        }
    ),
    NavEntry(
        "TENANT",
        "agreements:agreements",
        "Porozumienia",
        see_agreements,
        group="PARTNERSHIP",
        order=55,
    ),
    AGREEMENT,
    OpenTo(Agreement.objects.all(), see_agreement),
    HidesSeat(seats.hidden),
    Called(Party, "organisation", "strona porozumienia", "strony porozumień", "stron porozumień"),
    Called(
        ContactPerson,
        "person",
        "osoba w porozumieniu",
        "osoby w porozumieniach",
        "osób w porozumieniach",
    ),
    MergeClash(Organisation, clashes.of_organisations, (clashes.ONCE,)),
    Doubled(clashes.ONCE),  # of agreements that are over
    PersonalData(Party, ("represented_by", "function"), Fate.RECORD, _KEPT),
    Impersonal(Party, ("name", "seat", "signing_body")),
    PersonalData(ContactPerson, ("full_name", "function", "phone", "email"), Fate.RECORD, _KEPT),
    PersonalData(TextVersion, ("lines", "actor_name"), Fate.RECORD, _KEPT),
    PersonalData(Agreement, ("regional_support", "informer"), Fate.RECORD, _KEPT),
    Impersonal(
        Agreement,
        ("place", "units", "county", "voivodeship", "rops", "meeting_place", "reason"),
    ),
    Impersonal(Addition, ("place", "heading", "text")),
    PersonalData(Signature, ("signer", "function", "actor_name"), Fate.RECORD, _SIGNED),
    PersonalData(Refusal, ("actor_name",), Fate.RECORD, _SIGNED),
    Impersonal(Signature, ("basis_number",)),
    Impersonal(Refusal, ("reason",)),
    ExitPart("porozumienia", "porozumienia, ich Strony, osoby wskazane i uwagi", write_agreements),
    # The draft before its parties.
    OpenTo(ClauseComment.objects.select_related("agreement", "amendment__agreement"), see_comment),
    PersonalData(ClauseComment, ("text",), Fate.RECORD, _NEGOTIATED),
    PersonalData(CommentReply, ("text",), Fate.RECORD, _NEGOTIATED),
    Impersonal(ClauseComment, ("clause", "clause_name")),
    Called(ClauseComment, "organisation", *_COMMENTS),
    Called(ClauseComment, "author", *_COMMENTS),
    Called(ClauseComment, "asked", *_ASKED),
    Called(ClauseComment, "closed_by", *_CLOSED),
    Called(CommentReply, "organisation", *_ANSWERS),
    Called(CommentReply, "author", *_ANSWERS),
    Follower(
        frozenset({Agreement, Amendment, Party, ContactPerson, Post, RoleAssignment}),
        follow_agreements,
        writes=frozenset({Seat, Team, Terms}),
    ),
    DemoHistory(demo.write),
    TodaySource(today.signatures_wait, order=56),
    TodaySource(today.agreements_wait, order=57),
    TodaySource(coming.force_waits, order=57),
    WaitsForOthers(today.signatures_awaited, order=56),
    WaitsForOthers(today.accessions_awaited, order=57),
    indicators.AGREEMENTS,
    indicators.AGREEMENT_VARIANTS,
    indicators.AGREEMENT_PARTIES,
    indicators.AGREEMENT_TIME,
    OpenTo(Party.objects.select_related("agreement"), edit_party),
    # In force: who accedes later, whom the parties name, what is public.
    ACCESSION,
    ANNEX,
    OpenTo(Accession.objects.select_related("agreement", "party"), see_accession),
    PersonalData(Accession, ("justification", "reason", "actor_name"), Fate.RECORD, _LATER),
    Impersonal(Accession, ("name",)),
    PersonalData(AnnexVersion, ("lines", "actor_name"), Fate.RECORD, _KEPT),
    PersonalData(PublicConsent, ("actor_name", "withdrawn_by_name"), Fate.RECORD, _CONSENT),
    PersonalData(Publicity, ("actor_name",), Fate.RECORD, _LATER),
    Impersonal(Publicity, ("address", "description")),
    KeptFile(
        PUBLICITY_FILE,
        by_row(Publicity.objects.select_related("party__agreement"), see_publicity),
    ),
    # Aneksy.
    AMENDMENT,
    OpenTo(Amendment.objects.select_related("agreement"), see_amendment),
    OpenTo(AmendedClause.objects.select_related("amendment__agreement"), write_amended_clause),
    OpenTo(AmendmentSide.objects.select_related("amendment__agreement"), see_side),
    Impersonal(Amendment, ("justification", "reason")),
    Impersonal(AmendedClause, ("clause", "place", "heading", "text", "meeting_place", "units")),
    TodaySource(amendments_today.amendment_signatures_wait, order=58),
    TodaySource(amendments_today.amendments_wait, order=59),
    WaitsForOthers(amendments_today.amendment_signatures_awaited, order=58),
    KeptFile(PARTY_SIGNATURE, by_row(_SIGNATURES, see_signed_file)),
    # Its life after force.
    PersonalData(Departure, ("actor_name",), Fate.RECORD, _LIFE),
    PersonalData(Renaming, ("actor_name",), Fate.RECORD, _LIFE),
    PersonalData(Ending, ("actor_name",), Fate.RECORD, _LIFE),
    Impersonal(Departure, ("basis", "reason")),
    Impersonal(Renaming, ("name", "basis")),
    Impersonal(Ending, ("reason",)),
    TodaySource(today.ends_wait, order=58),
    DaySource(today.ending_days, order=58),
    KeptFile(PARTY_DEPARTURE, by_row(_DEPARTURES, see_departure_file)),
    KeptFile(PARTY_RENAMING, by_row(_RENAMINGS, see_renaming_file)),
    KeptFile(AGREEMENT_ENDING, by_row(Ending.objects.select_related("agreement"), see_ending_file)),
    KeptFile(SIGNING_BASIS, by_row(_SIGNATURES, see_basis, "basis_file")),
    # Numbers, copies, duties.
    Impersonal(Agreement, ("number",)),
    Impersonal(AgreementNumber, ("text", "reason")),
    Impersonal(NumberRule, ("pattern",)),
    PersonalData(NumberRule, ("set_by",), Fate.RECORD, _NUMBERED),
    PersonalData(CopyHandover, ("actor_name",), Fate.RECORD, _HANDED),
    KeptFile(COPY_RECEIPT, by_row(_HANDOVERS, see_receipt, "receipt")),
    *(
        SourceOfArrangement(
            kind,
            "agreements:agreement",
            "obowiązek z porozumienia",
            common=f"{who} (pilnuje osoba, która prowadzi zespół)",
        )
        for kind, who in {
            duties.DUTY: "Strony wspólnie",
            duties.UNSEATED: "Strona bez miejsca w zespole",
        }.items()
    ),
    TodaySource(today.comments_wait, order=58, has_days=False),
)
