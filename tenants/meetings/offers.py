"""Offers of meetings."""

from kooperacja.audit.about import OpenTo, ToldByData
from kooperacja.documents.perms import KeptFile, by_row
from kooperacja.incoming.mail import MailHandler
from kooperacja.offers import DemoHistory, Fate, Handler, Impersonal, Offer, PersonalData, Verbs
from kooperacja.ui.everywhere import Searchable
from kooperacja.ui.navigation import NavEntry
from tenants.meetings import awaiting, demo, found, indicators, outbox, pack, papers, perms, today
from tenants.meetings.actions import approving
from tenants.meetings.actions.inviting import handle_reply, keep_invited
from tenants.meetings.actions.listing import OWNED, ask_to_list_all
from tenants.meetings.actions.polling import keep_asked
from tenants.meetings.actions.recipients import forget_addresses
from tenants.meetings.addressed import address_holders
from tenants.meetings.invited import ANSWERS, LETTERS
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.models.attendance import Attendance
from tenants.meetings.models.decisions import Decision, Exclusion, Voice
from tenants.meetings.models.guests import GuestInvitation, GuestVoice
from tenants.meetings.models.invitations import SeatInvitation
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.meetings.models.minutes import Extract, Minutes, MinutesText, Rectification, Remark
from tenants.meetings.models.papers import AgendaTemplate, ItemPaper
from tenants.meetings.models.polls import DatePoll, PollRespondent
from tenants.meetings.models.recipients import MinutesRecipient
from tenants.meetings.models.requests import MeetingRequest
from tenants.meetings.subjects import SubjectOfItem
from tenants.partnership.models import Membership, Partnership, PartnershipCoordinator
from tenants.people.calendar import DaySource
from tenants.people.followers import Follower
from tenants.people.models import RoleAssignment
from tenants.people.references import Called, Doubled
from tenants.people.returned import HoldsAddress
from tenants.people.today import TodaySource, WaitsForOthers

_KEPT = "what a team did, kept by the Lider (REG §2.11)"
_GUESTS = ("propozycja gościa", "propozycje gości", "propozycji gości")
_GUEST_ANSWERS = (
    "odpowiedź w sprawie gościa",
    "odpowiedzi w sprawie gości",
    "odpowiedzi w sprawie gości",
)
_POLLS = ("pytanie o termin spotkania", "pytania o terminy spotkań", "pytań o terminy spotkań")
_REQUESTS = ("prośba o spotkanie", "prośby o spotkanie", "próśb o spotkanie")

OFFERS: tuple[Offer, ...] = (
    HoldsAddress(address_holders),
    Verbs(
        {
            "MEETING_PLANNED": "zaczęto przygotowywać spotkanie",
            "MEETING_EDITED": "zmieniono spotkanie",
            "MEETING_CONVENED": "zwołano spotkanie",
            "MEETING_ENTERED": "wpisano spotkanie, które się odbyło",
            "MEETING_GIVEN_UP": "zrezygnowano ze spotkania, którego nie zwołano",
            "MEETING_CANCELLED": "odwołano spotkanie",
            "MEETING_HELD": "zapisano, że spotkanie się odbyło",
            "ATTENDANCE_CORRECTED": "poprawiono listę obecności na spotkaniu",
            "OUTCOMES_RECORDED": "zapisano, jak skończyły się punkty spotkania",
            "DECISION_RECORDED": "zapisano decyzję i głosy instytucji",
            "POSITION_RECORDED": "zapisano wspólne stanowisko mimo sprzeciwu",
            "VOICES_STRUCK": "unieważniono głosy instytucji, których nie było, i policzono wynik",
            "VOICE_GIVEN": "oddano głos w obiegu e-mailowym",
            "ITEM_EXCLUSION_ADDED": "wyłączono kogoś z punktu porządku obrad",
            "ITEM_EXCLUSION_REMOVED": "usunięto wyłączenie z punktu porządku obrad",
            "MEETING_CLOSED": "zakończono spotkanie",
            "MINUTES_BEGUN": "rozpoczęto protokół spotkania",
            "MINUTES_EDITED": "zmieniono treść protokołu",
            "MINUTES_SENT": "przekazano protokół do uwag",
            "MINUTES_REMARKED": "zgłoszono uwagę do protokołu",
            "MINUTES_REMARK_ANSWERED": "odpowiedziano na uwagę do protokołu",
            "MINUTES_APPROVED": "zatwierdzono protokół",
            "MINUTES_RECTIFICATION_PROPOSED": "zgłoszono sprostowanie do zatwierdzenia na spotkaniu",
            "MINUTES_RECTIFIED": "sprostowano protokół",
            "MINUTES_EXTRACTED": "sporządzono wyciąg z protokołu",
            "MEETING_ANSWERED": "odpowiedziano na zaproszenie na spotkanie",
            "MEETING_ANSWER_PUT_ASIDE": "odłożono odpowiedź, która przyszła z innego adresu",
            "ARRANGEMENT_MADE": "zapisano ustalenie",
            "ARRANGEMENT_DONE": "zapisano, że ustalenie wykonano",
            "ARRANGEMENT_NOT_DONE": "zapisano, dlaczego ustalenia nie wykonano",
            "ARRANGEMENT_PASSED_ON": "przekazano ustalenie innemu wykonawcy",
            "ARRANGEMENT_SKIPPED": "pominięto ustalenie na jednym spotkaniu",
            "ARRANGEMENT_UNSKIPPED": "przywrócono ustalenie na spotkanie",
            "MEETING_REQUESTED": "poproszono o spotkanie",
            "MEETING_REQUEST_ANSWERED": "wskazano spotkanie po prośbie",
            "MEETING_REQUEST_REFUSED": "odmówiono zwołania spotkania",
            "MEETING_REQUEST_WITHDRAWN": "wycofano prośbę o spotkanie",
            "GUEST_PROPOSED": "zaproponowano gościa albo konsultanta",
            "GUEST_ANSWERED": "odpowiedziano w sprawie gościa",
            "GUEST_CONSENTED": "zapisano zgodę na gościa",
            "GUEST_REFUSED": "zapisano, że nie ma zgody na gościa",
            "GUEST_WITHDRAWN": "wycofano propozycję albo zaproszenie gościa",
            "MINUTES_RECIPIENT_ADDED": "dopisano osobę, która dostaje protokoły do wiadomości",
            "MINUTES_RECIPIENT_ENDED": "skreślono osobę, która dostawała protokoły do wiadomości",
            "POLL_OPENED": "zapytano zespół o terminy spotkania",
            "POLL_ANSWERED": "odpowiedziano w ankiecie terminów",
            "POLL_AGREED": "wybrano termin w ankiecie",
            "POLL_ENDED": "zakończono ankietę terminów bez terminu",
            "AGENDA_ITEM_ADDED": "dodano punkt porządku obrad",
            "AGENDA_EDITED": "zmieniono porządek obrad",
            "AGENDA_ITEM_REMOVED": "usunięto punkt porządku obrad",
            "AGENDA_FROM_TEMPLATE": "dodano punkty porządku obrad z szablonu",
            "AGENDA_TEMPLATE_SAVED": "zapisano szablon porządku obrad",
            "AGENDA_TEMPLATE_EDITED": "zmieniono szablon porządku obrad",
            "AGENDA_TEMPLATE_REMOVED": "usunięto szablon porządku obrad",
            "PAPER_ATTACHED": "dołączono plik do punktu porządku obrad",
            "PAPER_DETACHED": "usunięto plik z punktu porządku obrad",
            "PACK_TAKEN": "pobrano materiały na spotkanie",
        }
    ),
    SubjectOfItem(awaiting.MINUTES, approving.require_ready, approving.approve_minutes),
    SubjectOfItem(awaiting.RECTIFICATION, lambda item, by: None, approving.approve_rectification),
    papers.ATTENDANCE_LIST,
    papers.MINUTES,
    papers.MINUTES_EXTRACT,
    pack.PACK,
    ToldByData("PACK_TAKEN", pack.pack_taken),
    OpenTo(Meeting.objects.select_related("team"), perms.see_meeting),
    OpenTo(Arrangement.objects.select_related("team"), perms.see_arrangement),
    OpenTo(Minutes.objects.select_related("meeting__team"), perms.see_minutes),
    OpenTo(GuestInvitation.objects.select_related("meeting__team"), perms.see_guest),
    OpenTo(DatePoll.objects.select_related("team"), perms.see_poll),
    OpenTo(MeetingRequest.objects.select_related("team"), perms.see_request),
    OpenTo(MinutesRecipient.objects.select_related("team"), perms.change_recipient),
    TodaySource(today.minutes_wait, order=50),
    Called(Remark, "person", "uwaga do protokołu", "uwagi do protokołów", "uwag do protokołów"),
    PersonalData(Minutes, ("chair", "taker", "approver"), Fate.RECORD, _KEPT),
    PersonalData(MinutesText, ("text",), Fate.RECORD, _KEPT),
    PersonalData(Remark, ("author", "text", "answer"), Fate.RECORD, _KEPT),
    PersonalData(Rectification, ("reason", "text", "approver"), Fate.RECORD, _KEPT),
    PersonalData(Extract, ("maker",), Fate.RECORD, _KEPT),
    Impersonal(Extract, ("items",)),
    TodaySource(today.arrangements_wait, order=52),
    DaySource(today.arrangement_days, order=52),
    Called(Arrangement, "organisation", "ustalenie", "ustalenia", "ustaleń"),
    Called(Arrangement, "person", "ustalenie", "ustalenia", "ustaleń"),
    PersonalData(Arrangement, ("text", "reason"), Fate.RECORD, _KEPT),
    Impersonal(Arrangement, ("source_kind",)),
    indicators.ARRANGEMENTS,
    DemoHistory(demo.write),
    MailHandler(ANSWERS, handle_reply),
    Handler(LETTERS, outbox.letters),
    Handler(OWNED, outbox.owned),
    Follower(
        frozenset({Membership, Partnership, PartnershipCoordinator, RoleAssignment}),
        ask_to_list_all,
    ),
    Follower(
        frozenset({Membership, Partnership, PartnershipCoordinator, RoleAssignment}), keep_invited
    ),
    TodaySource(today.answers_wait, order=51),
    TodaySource(today.guests_wait, order=51),
    NavEntry(
        "TENANT",
        "meetings:meetings",
        "Lista spotkań",
        perms.see_meetings,
        group="MEETINGS",
        order=61,
    ),
    Searchable("Spotkania", found.meetings, perms.see_meetings, order=70),
    Searchable("Punkty porządku obrad", found.items, perms.see_meetings, order=71),
    Searchable("Ustalenia", found.arrangements, perms.see_meetings, order=72),
    TodaySource(today.to_hold, order=31, has_days=False),
    TodaySource(today.meetings_due, order=60),
    TodaySource(today.requests_wait, order=61, has_days=False),
    WaitsForOthers(today.requests_awaited, order=60),
    DaySource(today.meeting_days, order=60),
    indicators.MEETINGS_KEPT,
    indicators.TEAMS_IN_TIME,
    indicators.MINUTES_APPROVED,
    indicators.MINUTES_DAYS,
    indicators.PRESENT_BY_SECTOR,
    indicators.ABSENT_BY_SECTOR,
    KeptFile(
        papers.MEETING_SCAN,
        by_row(Meeting.objects.select_related("team"), perms.see_meeting, "scan"),
        "Skan protokołu spotkania",
    ),
    KeptFile(papers.ITEM_PAPER, by_row(ItemPaper.objects.with_meeting(), perms.see_paper)),
    PersonalData(ItemPaper, ("title",), Fate.RECORD, _KEPT),
    PersonalData(
        AgendaTemplate, ("items",), Fate.RECORD, "what a team speaks of and who presents it"
    ),
    Impersonal(AgendaTemplate, ("name",)),
    Called(Meeting, "host", "spotkanie u gospodarza", "spotkania", "spotkań"),
    Called(Attendance, "organisation", "obecność", "obecności", "obecności"),
    Called(
        Voice, "organisation", "głos na spotkaniu", "głosy na spotkaniach", "głosów na spotkaniach"
    ),
    # Each gave its own voice when they were still two.
    Doubled("voiced_once"),
    PersonalData(Exclusion, ("reason",), Fate.RECORD, _KEPT),
    PersonalData(Decision, ("text", "position"), Fate.RECORD, _KEPT),
    PersonalData(Voice, ("institution", "reason", "written_by"), Fate.RECORD, _KEPT),
    Called(GuestInvitation, "person", *_GUESTS),
    Called(GuestVoice, "organisation", *_GUEST_ANSWERS),
    Called(GuestVoice, "person", *_GUEST_ANSWERS),
    Doubled("guest_voiced_once"),
    PersonalData(GuestInvitation, ("name", "institution", "reason"), Fate.RECORD, _KEPT),
    PersonalData(
        GuestInvitation,
        ("email",),
        Fate.CLEARED,
        "the invitation to one meeting",
        by=forget_addresses,
    ),
    Impersonal(GuestInvitation, ("items",)),
    PersonalData(GuestVoice, ("reason",), Fate.RECORD, _KEPT),
    PersonalData(MinutesRecipient, ("name", "institution"), Fate.RECORD, _KEPT),
    PersonalData(
        MinutesRecipient,
        ("email",),
        Fate.CLEARED,
        "minutes are sent there while they are on the list",
        by=forget_addresses,
    ),
    Called(MeetingRequest, "organisation", *_REQUESTS),
    Called(MeetingRequest, "person", *_REQUESTS),
    Doubled("meeting_request_once"),
    TodaySource(today.polls_wait, order=51),
    Follower(
        frozenset({Membership, Partnership, PartnershipCoordinator, RoleAssignment}), keep_asked
    ),
    Called(PollRespondent, "organisation", *_POLLS),
    Called(PollRespondent, "person", *_POLLS),
    Doubled("poll_asks_a_person_once"),
    Doubled("poll_asks_an_institution_once"),
    PersonalData(DatePoll, ("about", "reason"), Fate.RECORD, _KEPT),
    PersonalData(MeetingRequest, ("reason", "answer"), Fate.RECORD, _KEPT),
    PersonalData(
        Meeting, ("place", "place_reason", "link", "reason", "entered_reason"), Fate.RECORD, _KEPT
    ),
    PersonalData(AgendaItem, ("title", "text", "presenter", "outcome_text"), Fate.RECORD, _KEPT),
    Impersonal(AgendaItem, ("subject_kind",)),
    PersonalData(SeatInvitation, ("deputy", "note", "aside"), Fate.RECORD, _KEPT),
    PersonalData(Attendance, ("name", "function", "institution", "deputy"), Fate.RECORD, _KEPT),
)
