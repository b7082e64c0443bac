"""Offers of official notes and the log of contacts (REG §6.1; POR §3.2)."""

from django.db.models import Q

from kooperacja.audit.about import OpenTo
from kooperacja.offers import ExitPart, Fate, Offer, PersonalData, Unexported, Verbs
from kooperacja.ui.everywhere import Searchable
from kooperacja.ui.navigation import NavEntry
from tenants.dialogue import found
from tenants.dialogue.actions import notes
from tenants.dialogue.everyone import ForAll
from tenants.dialogue.exit import write_contacts, write_notes
from tenants.dialogue.models import (
    Contact,
    ContactAddition,
    Note,
    NoteParticipant,
    NoteSupplement,
    NoteTask,
)
from tenants.dialogue.offers.everyone import KEPT
from tenants.dialogue.papers.notes import OFFICIAL_NOTE
from tenants.dialogue.perms.notes import see_contact, see_contacts, see_note, see_notes
from tenants.dialogue.workflow import NoteState
from tenants.meetings.subjects import SourceOfArrangement
from tenants.people.references import Called

_NOTES = ("notatka służbowa", "notatki służbowe", "notatek służbowych")
_CONTACTS = ("wpis o kontakcie", "wpisy o kontaktach", "wpisów o kontaktach")

OFFERS: tuple[Offer, ...] = (
    Verbs(
        {
            "NOTE_BEGUN": "zaczęto projekt notatki służbowej",
            "NOTE_EDITED": "zmieniono projekt notatki służbowej",
            "NOTE_DISCARDED": "wyrzucono projekt notatki służbowej",
            "NOTE_SIGNED": "podpisano notatkę służbową i przesłano ją wszystkim",
            "NOTE_SUPPLEMENTED": "uzupełniono albo sprostowano notatkę służbową",
        }
    ),
    NavEntry("TENANT", "dialogue:notes", "Notatki służbowe", see_notes, group="DIALOGUE", order=66),
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
    PersonalData(Note, ("others", "subject", "content", "effect", "who"), Fate.RECORD, KEPT),
    PersonalData(NoteParticipant, ("who", "institution"), Fate.RECORD, KEPT),
    PersonalData(NoteTask, ("text",), Fate.RECORD, KEPT),
    PersonalData(NoteSupplement, ("reason", "text", "who"), Fate.RECORD, KEPT),
    ExitPart("notatki", "notatki służbowe", write_notes),
    *(
        Unexported(model, Q(**{of: NoteState.DRAFT}))
        for model, of in (
            (Note, "state"),
            (NoteTask, "note__state"),
            (NoteParticipant, "note__state"),
        )
    ),
    # The log of contacts (REG §6.1 s.1; POR §3.2)
    Verbs(
        {
            "CONTACT_LOGGED": "wpisano kontakt do rejestru",
            "CONTACT_CORRECTED": "poprawiono wpis o kontakcie",
            "CONTACT_ADDED": "dopisano do wpisu o kontakcie",
        }
    ),
    NavEntry(
        "TENANT", "dialogue:contacts", "Rejestr kontaktów", see_contacts, group="DIALOGUE", order=66
    ),
    OpenTo(Contact.objects.select_related("team"), see_contact),
    Searchable("Rejestr kontaktów", found.contacts, see_contacts, order=75),
    Called(Contact, "organisation", *_CONTACTS),
    Called(Contact, "person", *_CONTACTS),
    PersonalData(Contact, ("with_whom", "subject", "summary"), Fate.RECORD, KEPT),
    PersonalData(ContactAddition, ("who", "text"), Fate.RECORD, KEPT),
    ExitPart("kontakty", "rejestr kontaktów", write_contacts),
)
