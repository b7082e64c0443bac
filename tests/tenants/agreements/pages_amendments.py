"""Pages of aneksy."""

from datetime import timedelta

from django.utils import timezone

from kooperacja.audit.actor import SYSTEM
from kooperacja.documents.storage import content_of
from tenants.agreements.actions import amendment_force
from tenants.agreements.actions import amendments as amendment_acts
from tenants.agreements.models import Agreement, Amendment
from tests.declared import FILE, KEEPERS, Page, Rows, may
from tests.factories import agreement_force as make_force
from tests.factories import agreements as make
from tests.factories import amendments as make_amendments
from tests.factories import signatures as pdf

_YESTERDAY = timezone.localdate() - timedelta(days=1)
_SIGNING_FOR = may("ALNPH", hidden="SDWOZTG")


def _amended(rows: Rows) -> Agreement:
    """In force between the kooperant and two others, with an aneks in force."""
    agreement = make.draft("C", make.by_of(rows["lead"]), **make.BLANKS)
    make.party(agreement, rows["member"])
    for number in (2, 3):
        make.party(agreement, name=f"Instytucja Przykładowa nr {number}")
    day = timezone.localdate() - timedelta(days=9)
    make_force.between(agreement, agreement.parties.all(), day)
    amendment = make_amendments.begun(agreement)
    make_amendments.added(amendment, "after:2.2", "Nowy ustęp, zob. [§ 2 ust. 4].")
    make_amendments.moved(amendment)
    make_amendments.all_signed(make_amendments.sent(amendment))
    return Agreement.objects.get(pk=agreement.pk)


def _amendment(rows: Rows) -> Amendment:
    """A whole draft that the parties read, with a change of each kind."""
    amendment = make_amendments.begun(_amended(rows), who := make.by_of(rows["lead"]))
    make_amendments.reworded(amendment, "2.5", "Koszty każdy ponosi sam.")
    make_amendments.added(amendment, "end", "Spory rozstrzyga się polubownie.", "Spory")
    make_amendments.removed(amendment, "2.6")
    make_amendments.rhythm(amendment, 1, "MONTH")
    make_amendments.moved(amendment, "sala powiatu")
    make_amendments.for_units(amendment, "160501", "160502")
    amendment_acts.share(by=who, amendment_id=amendment.pk, version=0)
    return Amendment.objects.get(pk=amendment.pk)


def _amendment_commented(rows: Rows) -> Amendment:
    """The same with an open comment, and one on a clause that it takes out, which is closed."""
    amendment, who = _amendment(rows), make.by_of(rows["lead"])
    make_amendments.comment(amendment, who)
    make.closed(make_amendments.comment(amendment, who, clause="2.6"), who)
    return amendment


def _amendment_lying(rows: Rows) -> Amendment:
    """It is the kooperant's turn; of the others one signed, one refused."""
    amendment = make_amendments.lying(_amended(rows))
    _, signed, refused = amendment.sides.all()
    content = pdf.signed("Jan Dyrektor", content=content_of(amendment.document.pdf))
    make_amendments.entered(signed, pdf.upload(content), mode="QUALIFIED")
    make_amendments.turned_down(refused)
    return Amendment.objects.get(pk=amendment.pk)


def _amendment_failed(rows: Rows) -> Amendment:
    amendment = make_amendments.lying(_amended(rows))
    days = {"dated_on": _YESTERDAY, "sign_by": _YESTERDAY}
    Amendment.objects.filter(pk=amendment.pk).update(**days)
    amendment_force.look_at(by=SYSTEM, amendment_id=amendment.pk)
    return Amendment.objects.get(pk=amendment.pk)


PAGES = [
    Page(
        "agreements:amendment_new",
        KEEPERS,
        6,
        of="agreement_amended",
    ),
    Page(
        "agreements:amendment",
        "ALNPH",
        {"L": 13, "P": 11},
        of="amendment",
        seen=(
            *("amendment", "amendment_own", "amendment_commented", "amendment_lying"),
            *("amendment_in_force", "amendment_failed"),
        ),
    ),
    Page(
        "agreements:amendment_comments",
        "ALNPH",
        {"L": 8, "P": 10},
        of="amendment_commented",
        seen=("amendment_commented", "amendment_commented?stan=wszystkie"),
    ),
    Page(
        "agreements:amendment_comment_new",
        "ALNPH",
        {"L": 9, "P": 10},
        of="amendment",
        seen=("amendment?postanowienie=2.5",),
    ),
    Page("agreements:amendment_edit", KEEPERS, 6, of="amendment"),
    Page("agreements:amendment_share", KEEPERS, 3, of="amendment_own"),
    Page("agreements:amendment_send", KEEPERS, 12, of="amendment"),
    Page("agreements:amendment_take_back", KEEPERS, 4, of="amendment_lying"),
    Page("agreements:amendment_discard", KEEPERS, 3, of="amendment"),
    Page(
        "agreements:amendment_to_sign", "ALNPH", {"L": 8, "P": 9}, of="amendment_lying", seen=FILE
    ),
    Page("agreements:amendment_pdf", "ALNPH", 12, of="amendment", seen=FILE),
    Page("agreements:amendment_docx", "ALNPH", 13, of="amendment", seen=FILE),
    *(
        Page(
            f"agreements:amended_{kind}",
            KEEPERS,
            6,
            of="amendment",
            seen=("amendment", "amendment?postanowienie=2.5"),
        )
        for kind in ("text", "removed")
    ),
    *(
        Page(f"agreements:amended_{kind}", KEEPERS, 6, of="amendment")
        for kind in ("rhythm", "place")
    ),
    Page("agreements:amended_added", KEEPERS, 9, of="amendment"),
    Page("agreements:amended_units", KEEPERS, 7, of="amendment"),
    Page("agreements:amended_clause", KEEPERS, 6, of="amended_clause"),
    Page("agreements:amended_clause_remove", KEEPERS, 3, of="amended_clause"),
    Page("agreements:amendment_side_sign", _SIGNING_FOR, {"L": 5, "P": 6}, of="amendment_side"),
    Page("agreements:amendment_side_refuse", _SIGNING_FOR, {"L": 3, "P": 4}, of="amendment_side"),
    Page(
        "agreements:amendment_side_return",
        may("ALN", hidden="SDWOZTG"),
        4,
        of="amendment_refused_side",
    ),
]
ROWS = {
    "agreement_amended": _amended,
    "amendment": _amendment,
    "amendment_commented": _amendment_commented,
    "amendment_own": lambda rows: make_amendments.begun(_amended(rows), make.by_of(rows["lead"])),
    "amendment_lying": _amendment_lying,
    "amendment_in_force": lambda rows: rows["agreement_amended"].amendments.get(),
    "amendment_failed": _amendment_failed,
    "amendment_comment": lambda rows: rows["amendment_commented"].comments.first(),
    "amended_clause": lambda rows: rows["amendment"].changes.first(),
    "amendment_side": lambda rows: rows["amendment_lying"].sides.first(),
    "amendment_refused_side": lambda rows: rows["amendment_lying"].sides.get(state="REFUSED"),
}
