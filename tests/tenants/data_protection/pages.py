"""Pages of processing agreements, authorisations, statements and annex 3."""

from datetime import timedelta

from django.utils import timezone
from uuid6 import uuid7

from tenants.data_protection.actions import enter_agreement, grant_authorisation
from tenants.data_protection.models import DataProcessingAgreement, ProcessingAuthorisation
from tests.declared import ALL, FILE, HEADS, KEEPERS, MEMBERS, May, Page, Rows
from tests.factories import data_protection as make_papers
from tests.factories import people as make

# Whoever keeps the registers and the kooperant concerned; for others it is not there.
OF_KOOPERANT = May(KEEPERS + "DPH", hidden="SWOZTG")

PAGES = [
    Page("data_protection:data_rules_print", MEMBERS, 3, of="change", more=("pdf",), seen=FILE),
    Page("data_protection:data_protection", KEEPERS + "DPHO", 17),
    Page("data_protection:own_data_protection", ALL, {"L": 12, "P": 14, "Z": 14}),
    Page("data_protection:data_rules", ALL, 4),
    Page("data_protection:guard", KEEPERS + "D", 3),
    Page("data_protection:guard_edit", HEADS, 3),
    Page(
        "data_protection:statements",
        KEEPERS + "DPHO",
        {"L": 4, "P": 3},
        seen=("", "?stan=wszystkie"),
    ),
    Page("data_protection:statement_new", KEEPERS, 5),
    Page("data_protection:agreements", KEEPERS + "DPHO", 4, seen=("", "?stan=wszystkie")),
    Page("data_protection:agreement_new", KEEPERS, 3),
    Page("data_protection:agreement_draft", KEEPERS, 3),
    Page("data_protection:agreement", OF_KOOPERANT, 4, of="agreement"),
    Page("data_protection:agreement_end", May(KEEPERS, hidden="SWOZTG"), 3, of="agreement"),
    Page("data_protection:authorisations", KEEPERS + "DPHO", 4),
    Page("data_protection:authorisation_new", KEEPERS, 6),
    Page("data_protection:authorisation", OF_KOOPERANT, 4, of="authorisation"),
    Page("data_protection:authorisation_end", May(KEEPERS, hidden="SWOZTG"), 3, of="authorisation"),
]

SAID = {"purpose": "wsparcie osób i rodzin w zespołach", "scope": "FAMILIES"}


def _agreement(rows: Rows) -> DataProcessingAgreement:
    """One that ends soon."""
    today = timezone.localdate()
    return enter_agreement(
        by=make.by(rows["lead"]),
        key=uuid7(),
        organisation_id=rows["member"].pk,
        upload=make.pdf("umowa-powierzenia.pdf"),
        until=today + timedelta(days=20),
        values={
            **SAID,
            "kind": "ENTRUSTMENT",
            "signed_on": today,
            "from_on": today,
            "data_kinds": "imiona, nazwiska, adresy, opis sytuacji życiowej",
            "person_categories": "członkowie rodzin objętych wsparciem",
        },
    )


def _authorisation(rows: Rows) -> ProcessingAuthorisation:
    today = timezone.localdate()
    return grant_authorisation(
        by=make.by(rows["lead"]),
        key=uuid7(),
        subject_id=rows["authorised"].pk,
        organisation_id=rows["member"].pk,
        until=None,
        values={
            **SAID,
            "position": "pedagog szkolny, koordynator do spraw profilaktyki",
            "granted_by_name": "Lidia Liderska",
            "granted_on": today,
            "from_on": today,
        },
    )


ROWS = {
    "agreement": _agreement,
    "authorised": lambda rows: rows["worker"].person,
    "authorisation": _authorisation,
}


def more(rows: Rows) -> None:
    members = [*rows["others"], *[rows["member"]] * 3]
    for one in members:
        make_papers.agreement(one)
        make_papers.authorisation(make.person(), one)
