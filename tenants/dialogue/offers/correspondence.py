"""Offers of correspondence (REG §6.2)."""

from kooperacja.audit.about import OpenTo
from kooperacja.documents.perms import KeptFile, by_row
from kooperacja.incoming.mail import MailHandler
from kooperacja.offers import DemoHistory, ExitPart, Fate, Impersonal, Offer, PersonalData, Verbs
from kooperacja.ui.everywhere import Searchable
from kooperacja.ui.navigation import NavEntry
from tenants.dialogue import answers, demo, found, today
from tenants.dialogue.actions import correspondence
from tenants.dialogue.actions.retaining import forget_old
from tenants.dialogue.everyone import ForAll
from tenants.dialogue.exit import write_correspondence
from tenants.dialogue.models import Attachment, HeldAnswer, Message, Reading, Retention, Thread
from tenants.dialogue.models.correspondence import MESSAGE_FILE
from tenants.dialogue.perms.correspondence import decide, see_attachment, see_thread, see_threads
from tenants.people.references import Called, Doubled
from tenants.people.today import TodaySource

_KEPT_YEARS = "correspondence of a team, kept as long as the office says (REG §6.2)"
_SAID = ("wiadomość do zespołu", "wiadomości do zespołu", "wiadomości do zespołu")

OFFERS: tuple[Offer, ...] = (
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
        "TENANT", "dialogue:threads", "Korespondencja", see_threads, group="DIALOGUE", order=66
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
    TodaySource(today.answers_held, order=55, has_days=False),
    TodaySource(today.messages_unread, order=56, has_days=False),
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
)
