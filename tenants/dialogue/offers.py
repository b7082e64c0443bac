"""Offers of what is said between meetings."""

from kooperacja.audit.about import Confided, OpenTo
from kooperacja.documents.perms import KeptFile, by_row
from kooperacja.incoming.mail import MailHandler
from kooperacja.offers import (
    DemoHistory,
    ExitPart,
    Fate,
    Handler,
    Impersonal,
    Offer,
    PersonalData,
    Verbs,
)
from kooperacja.ui.everywhere import Searchable
from kooperacja.ui.navigation import NavEntry, NavGroup
from tenants.dialogue import answers, demo, found, indicators, outbox, today
from tenants.dialogue.actions import correspondence, notes, risks
from tenants.dialogue.actions.retaining import forget_old
from tenants.dialogue.actions.telling import keep_told
from tenants.dialogue.everyone import LETTERS, ForAll
from tenants.dialogue.exit import write_contacts, write_correspondence, write_notes, write_risks
from tenants.dialogue.models import (
    Attachment,
    Contact,
    ContactAddition,
    Dispute,
    DisputeParty,
    DisputeStep,
    HeldAnswer,
    Message,
    Note,
    NoteParticipant,
    NoteSupplement,
    NoteTask,
    Notice,
    Proposal,
    ProposalAnswer,
    Reading,
    Retention,
    Risk,
    RiskStep,
    Thread,
)
from tenants.dialogue.models.correspondence import MESSAGE_FILE
from tenants.dialogue.models.disputes import confided_to
from tenants.dialogue.papers.notes import OFFICIAL_NOTE
from tenants.dialogue.perms.correspondence import decide, see_attachment, see_thread, see_threads
from tenants.dialogue.perms.disputes import see_disputes
from tenants.dialogue.perms.notes import see_contact, see_contacts, see_note, see_notes
from tenants.dialogue.perms.risks import see_risk, see_risks
from tenants.meetings.subjects import SourceOfArrangement, SubjectOfItem
from tenants.partnership.models import Membership, Partnership, PartnershipCoordinator
from tenants.people.followers import Follower
from tenants.people.models import RoleAssignment
from tenants.people.references import Called, Doubled
from tenants.people.today import TodaySource

_KEPT = "what members of a team told each other, kept by the Lider (REG §2.11)"
_CONFIDED = "what parties of a dispute agreed on, kept for them alone (REG §10)"
# Whoever puts the register in order does not hear that there is a dispute.
_UNSAID = ("wpis poufny", "wpisy poufne", "wpisów poufnych")
_KEPT_YEARS = "correspondence of a team, kept as long as the office says (REG §6.2)"
_SAID = ("wiadomość do zespołu", "wiadomości do zespołu", "wiadomości do zespołu")
_NOTES = ("notatka służbowa", "notatki służbowe", "notatek służbowych")
_CONTACTS = ("wpis o kontakcie", "wpisy o kontaktach", "wpisów o kontaktach")
_RISKS = ("zgłoszenie ryzyka", "zgłoszenia ryzyk", "zgłoszeń ryzyk")

OFFERS: tuple[Offer, ...] = (
    # Whatever of it goes to all; a partner looks for it where meetings are.
    NavGroup("TENANT", "DIALOGUE", "Między spotkaniami", within="MEETINGS"),
    Handler(LETTERS, outbox.letters),
    Follower(
        frozenset({Membership, Partnership, PartnershipCoordinator, RoleAssignment}), keep_told
    ),
    Impersonal(Notice, ("kind",)),
    PersonalData(Notice, ("recipient",), Fate.RECORD, "tells that everybody got it (REG §6.2)"),
    # Risks (REG §7.2)
    Verbs(
        {
            "RISK_REPORTED": "zgłoszono ryzyko, nieprawidłowość albo zagrożenie",
            "RISK_STEP_ADDED": "dopisano, co zrobiono w sprawie ryzyka albo zagrożenia",
            "RISK_HANDLED": "zapisano działania w sprawie ryzyka albo zagrożenia",
            "RISK_ON_AGENDA": "dodano ryzyko albo zagrożenie do porządku obrad",
            "RISK_CLOSED": "zamknięto zgłoszenie ryzyka albo zagrożenia",
            "RISK_WITHDRAWN": "wycofano zgłoszenie ryzyka albo zagrożenia",
        }
    ),
    NavEntry(
        "TENANT",
        "dialogue:risks",
        "Ryzyka i zagrożenia",
        see_risks,
        group="DIALOGUE",
        order=66,
    ),
    ForAll(risks.RISK, risks.to_tell, risks.to_account, risks.by_link, risks.ready),
    SubjectOfItem(risks.RISK, risks.heard, risks.was_discussed, page="dialogue:risk"),
    OpenTo(Risk.objects.select_related("team"), see_risk),
    TodaySource(today.risks_wait, order=30),
    Searchable("Ryzyka i zagrożenia", found.risks, see_risks, order=73),
    Called(Risk, "organisation", *_RISKS),
    Called(Risk, "person", *_RISKS),
    PersonalData(Risk, ("text", "concerns", "done"), Fate.RECORD, _KEPT),
    PersonalData(RiskStep, ("who", "text"), Fate.RECORD, _KEPT),
    indicators.RISKS,
    indicators.RISK_NOTICE,
    indicators.RISKS_OPEN,
    indicators.LAST_RISK,
    # Correspondence (REG §6.2)
    Verbs(
        {
            "THREAD_BEGUN": "napisano do wszystkich członków zespołu",
            "THREAD_ANSWERED": "odpowiedziano wszystkim członkom zespołu",
            "THREAD_CLOSED": "zamknięto korespondencję",
            "HELD_ANSWER_CAME": "odłożono odpowiedź, która przyszła e-mailem",
            "HELD_ANSWER_SENT": "wysłano do wszystkich odpowiedź, która czekała",
            "HELD_ANSWER_DISCARDED": "odrzucono odpowiedź, która przyszła e-mailem",
            "RETENTION_SET": "ustalono czas przechowywania korespondencji",
            "THREADS_FORGOTTEN": "usunięto korespondencję, której czas przechowywania minął",
        }
    ),
    NavEntry(
        "TENANT",
        "dialogue:threads",
        "Korespondencja",
        see_threads,
        group="DIALOGUE",
        order=66,
    ),
    ForAll(
        correspondence.MESSAGE,
        correspondence.to_tell,
        correspondence.letter_of,
        correspondence.without_account,
        correspondence.ready,
        correspondence.ANSWERS,
    ),
    MailHandler(correspondence.ANSWERS, answers.answered),
    KeptFile(
        MESSAGE_FILE,
        by_row(
            Attachment.objects.select_related(
                "message__thread__team", "held__thread__team", "held__seat", "file"
            ),
            see_attachment,
        ),
    ),
    OpenTo(Thread.objects.select_related("team"), see_thread),
    OpenTo(HeldAnswer.objects.select_related("thread__team", "seat"), decide),
    TodaySource(today.answers_held, order=55),
    TodaySource(today.messages_unread, order=56),
    Searchable("Korespondencja", found.threads, see_threads, order=74, listed="dialogue:threads"),
    Called(Thread, "organisation", *_SAID),
    Called(Thread, "person", *_SAID),
    Called(Message, "organisation", *_SAID),
    Called(Message, "person", *_SAID),
    Called(
        Reading,
        "person",
        "przeczytana wiadomość",
        "przeczytane wiadomości",
        "przeczytanych wiadomości",
    ),
    Called(
        Retention,
        "person",
        "czas przechowywania korespondencji",
        "czasy przechowywania korespondencji",
        "czasów przechowywania korespondencji",
    ),
    # Each had read for themselves when they were still two.
    Doubled("reading_once"),
    PersonalData(Thread, ("subject",), Fate.CLEARED, _KEPT_YEARS, by=forget_old),
    PersonalData(Message, ("text", "refused", "let_in"), Fate.CLEARED, _KEPT_YEARS, by=forget_old),
    Impersonal(Message, ("mail_key",)),
    PersonalData(
        HeldAnswer,
        ("sender", "text", "refused", "decision"),
        Fate.CLEARED,
        _KEPT_YEARS,
        by=forget_old,
    ),
    Impersonal(HeldAnswer, ("mail_key",)),
    PersonalData(Attachment, ("name",), Fate.CLEARED, _KEPT_YEARS, by=forget_old),
    DemoHistory(demo.write_threads),
    ExitPart("korespondencja", "wiadomości do członków zespołów", write_correspondence),
    # Disputes (REG §10, §5.1.c): in no search but one's own, no exit package, no documentation.
    Verbs(
        {
            "DISPUTE_REPORTED": "zgłoszono spór",
            "DISPUTE_MEDIATED": "zapisano mediatora sporu",
            "DISPUTE_PROPOSED": "złożono stronom sporu propozycję",
            "DISPUTE_ANSWERED": "odpowiedziano na propozycję w sporze",
            "DISPUTE_PROPOSAL_AGREED": "strony sporu zgodziły się na propozycję",
            "DISPUTE_PROPOSAL_REFUSED": "strona sporu nie zgodziła się na propozycję",
            "DISPUTE_PROPOSAL_DROPPED": "propozycja w sporze przestała być aktualna",
            "DISPUTE_STEP_ADDED": "dopisano krok w sporze",
            "DISPUTE_SETTLED": "zakończono spór ugodą",
            "DISPUTE_UNSETTLED": "zakończono spór bez ugody",
            "DISPUTE_WITHDRAWN": "wycofano spór",
        }
    ),
    NavEntry("TENANT", "dialogue:disputes", "Spory", see_disputes, group="DIALOGUE", order=67),
    Confided(confided_to),
    TodaySource(today.disputes_wait, order=40),
    Searchable("Spory", found.disputes, see_disputes, order=78),
    Called(Dispute, "person", *_UNSAID),
    Called(Dispute, "mediator", *_UNSAID),
    Called(DisputeParty, "organisation", *_UNSAID),
    Called(DisputeStep, "person", *_UNSAID),
    Called(Proposal, "person", *_UNSAID),
    Called(Proposal, "mediator", *_UNSAID),
    Called(ProposalAnswer, "person", *_UNSAID),
    # Two parties that became one speak with one voice; the second row stays with the source.
    Doubled("dispute_party_once"),
    PersonalData(Dispute, ("subject", "text", "outsider", "result"), Fate.RECORD, _CONFIDED),
    PersonalData(DisputeStep, ("text",), Fate.RECORD, _CONFIDED),
    PersonalData(Proposal, ("text",), Fate.RECORD, _CONFIDED),
    PersonalData(ProposalAnswer, ("reason",), Fate.RECORD, _CONFIDED),
    indicators.DISPUTES,
    ExitPart("ryzyka", "zgłoszenia ryzyk i zagrożeń", write_risks),
    # Official notes (REG §6.1 s.2-3)
    Verbs(
        {
            "NOTE_BEGUN": "zaczęto projekt notatki służbowej",
            "NOTE_EDITED": "zmieniono projekt notatki służbowej",
            "NOTE_DISCARDED": "wyrzucono projekt notatki służbowej",
            "NOTE_SIGNED": "podpisano notatkę służbową i przesłano ją wszystkim",
            "NOTE_SUPPLEMENTED": "uzupełniono albo sprostowano notatkę służbową",
        }
    ),
    NavEntry(
        "TENANT",
        "dialogue:notes",
        "Notatki służbowe",
        see_notes,
        group="DIALOGUE",
        order=67,
    ),
    ForAll(notes.NOTE, notes.to_tell, notes.to_account, notes.by_link, notes.ready),
    ForAll(
        notes.SUPPLEMENT,
        notes.supplement_to_tell,
        notes.supplement_to_account,
        notes.supplement_by_link,
        notes.ready,
    ),
    SourceOfArrangement(notes.NOTE, "dialogue:note", "notatka służbowa"),
    OFFICIAL_NOTE,
    OpenTo(Note.objects.select_related("team"), see_note),
    Searchable("Notatki służbowe", found.notes, see_notes, order=74),
    Called(Note, "organisation", *_NOTES),
    Called(Note, "person", *_NOTES),
    PersonalData(Note, ("others", "subject", "content", "effect", "who"), Fate.RECORD, _KEPT),
    PersonalData(NoteParticipant, ("who", "institution"), Fate.RECORD, _KEPT),
    PersonalData(NoteTask, ("text",), Fate.RECORD, _KEPT),
    PersonalData(NoteSupplement, ("reason", "text", "who"), Fate.RECORD, _KEPT),
    ExitPart("notatki", "notatki służbowe", write_notes),
    # The log of contacts (REG §6.1 s.1; POR §3.2)
    Verbs(
        {
            "CONTACT_LOGGED": "wpisano kontakt do rejestru",
            "CONTACT_CORRECTED": "poprawiono wpis o kontakcie",
            "CONTACT_ADDED": "dopisano do wpisu o kontakcie",
        }
    ),
    NavEntry(
        "TENANT",
        "dialogue:contacts",
        "Rejestr kontaktów",
        see_contacts,
        group="DIALOGUE",
        order=67,
    ),
    OpenTo(Contact.objects.select_related("team"), see_contact),
    Searchable("Rejestr kontaktów", found.contacts, see_contacts, order=75),
    Called(Contact, "organisation", *_CONTACTS),
    Called(Contact, "person", *_CONTACTS),
    PersonalData(Contact, ("with_whom", "subject", "summary"), Fate.RECORD, _KEPT),
    PersonalData(ContactAddition, ("who", "text"), Fate.RECORD, _KEPT),
    ExitPart("kontakty", "rejestr kontaktów", write_contacts),
    DemoHistory(demo.write),
)
