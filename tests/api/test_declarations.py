"""Declarations, as a program of the office or of an invited institution keeps them."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from kooperacja.accounts.models import Account
from kooperacja.audit.models import Entry
from kooperacja.documents import guarded, slots
from kooperacja.documents.models import SignedContainer, StoredFile
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.actions import annexes
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.people.models import Person
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationVersion
from tests.api.conftest import Of, Program, program_with
from tests.factories import accession as make_accession
from tests.factories import containers
from tests.factories import people as make
from tests.factories import regulation as make_regulation

SIGNATORY = {"full_name": "Anna Dyrektor", "function": "dyrektor"}
COORDINATOR = {"full_name": "Jan Kontakt", "position": "pedagog", "email": "jan@example.pl"}


@pytest.fixture
def lead(partnership: TenantRef, program_of: Of) -> Program:
    return program_of(partnership)


@pytest.fixture
def path(partnership: TenantRef) -> str:
    return f"tenants/{partnership.code}/declarations/"


@pytest.fixture
def draft(partnership: TenantRef) -> AccessionDeclaration:
    """Lacks nothing but the signed document."""
    with inside(partnership):
        return make_accession.draft(make.lead())


Invited = Callable[[], tuple[Program, AccessionDeclaration]]


@pytest.fixture
def invited(partnership: TenantRef) -> Invited:
    """A program of somebody whom the office invited, and their declaration."""

    def made() -> tuple[Program, AccessionDeclaration]:
        with inside(partnership):
            _, person, declaration = make_accession.invited(partnership, make.lead())
        account = Account.objects.get(pk=person.account_id)
        return program_with(account, partnership), declaration

    return made


def _saved(tenant: TenantRef) -> list[dict[str, Any]]:
    with inside(tenant):
        return list(AccessionDeclaration.objects.order_by("pk").values())


def _filing(tenant: TenantRef, **changed: Any) -> dict[str, Any]:
    today = timezone.localdate().isoformat()
    with inside(tenant):
        regulation = RegulationVersion.objects.get(number=1).pk
    return {
        "file": make.pdf(),
        "mode": "PAPER_SCAN",
        "signed_on": today,
        "received_on": today,
        "regulation": str(regulation),
        "publish_consent": "true",
        **changed,
    }


def test_a_declaration_is_begun_filled_in_and_filed(
    lead: Program, partnership: TenantRef, path: str
) -> None:
    with inside(partnership):
        school = make.organisation()
    begun = lead.post(path, {"organisation": str(school.pk)})
    assert (begun.status_code, begun.json()["state"]) == (201, "DRAFT")
    at = f"{path}{begun.json()['id']}/"
    signed = lead.put(f"{at}signatory/", {**SIGNATORY, "version": 0}).json()
    assert (signed["signatory"], signed["version"]) == ("Anna Dyrektor", 1)
    assert lead.put(f"{at}coordinator/", {**COORDINATOR, "version": 1}).status_code == 200
    filed = lead.upload(f"{at}file/", _filing(partnership)).json()
    assert (filed["state"], filed["publish_consent"]) == ("FILED", True)
    assert lead.get(at).json() == filed
    with inside(partnership):
        entry = Entry.objects.get(verb="DECLARATION_FILED")
    assert (entry.account_id, entry.via) == (lead.account.pk, "API")


def test_a_person_who_may_be_there_already_is_asked_about(
    lead: Program, partnership: TenantRef, path: str
) -> None:
    with inside(partnership):
        declaration = make_accession.draft(make.lead())
        known = make.head(declaration.organisation, full_name="Dyrektor Anna")
        people = Person.objects.count()
    at, body = f"{path}{declaration.pk}/signatory/", {**SIGNATORY, "version": declaration.version}
    asked = lead.put(at, body)
    assert asked.status_code == 409
    assert [one["id"] for one in asked.json()["similar"]] == [str(known.pk)]
    assert lead.get(f"{path}{declaration.pk}/").json()["version"] == declaration.version

    same = lead.put(at, {**body, "answered": str(known.pk)})

    assert (same.status_code, same.json()["signatory"]) == (200, "Dyrektor Anna")
    with inside(partnership):
        assert Person.objects.count() == people


def test_the_same_key_sent_twice_begins_one(
    lead: Program, partnership: TenantRef, path: str
) -> None:
    with inside(partnership):
        body = {"id": str(uuid4()), "organisation": str(make.organisation().pk)}
    first, second = lead.post(path, body), lead.post(path, body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert len(_saved(partnership)) == 1


def test_an_institution_has_one_declaration_and_none_is_of_nobody(
    lead: Program, partnership: TenantRef, path: str, draft: AccessionDeclaration, powiat: TenantRef
) -> None:
    with inside(powiat):
        foreign = make.organisation().pk
    again = lead.post(path, {"organisation": str(draft.organisation_id)})
    assert (again.status_code, again.json()["title"]) == (409, "Ta instytucja ma już deklarację")
    for unknown in (foreign, uuid4()):
        response = lead.post(path, {"organisation": str(unknown)})
        assert response.status_code == 422
        assert response.json()["errors"][0]["name"] == "organisation"
    assert len(_saved(partnership)) == 1


def test_a_later_change_is_not_lost(
    lead: Program, partnership: TenantRef, path: str, draft: AccessionDeclaration
) -> None:
    at, before = f"{path}{draft.pk}/signatory/", _saved(partnership)
    stale = lead.put(at, {**SIGNATORY, "version": draft.version - 1})
    assert stale.status_code == 409
    assert stale.json()["kept"] == "Twoja zmiana nie została zapisana."
    assert _saved(partnership) == before
    fresh = {**SIGNATORY, "version": draft.version}
    assert [lead.put(at, fresh).json()["version"] for _ in range(2)] == [draft.version + 1] * 2


def test_what_an_action_finds_wrong_is_named_beside_its_field(
    lead: Program, partnership: TenantRef, path: str, draft: AccessionDeclaration
) -> None:
    with inside(partnership):
        make.person(Role.SOCIAL_WORKER, email="wspolny@example.pl")
    before = _saved(partnership)
    body = {**COORDINATOR, "email": "wspolny@example.pl", "version": draft.version}
    response = lead.put(f"{path}{draft.pk}/coordinator/", body)
    (wrong,) = response.json()["errors"]
    assert (response.status_code, wrong["name"]) == (422, "email")
    assert "Ten adres jest zajęty" in wrong["reason"]
    assert _saved(partnership) == before


def test_filed_twice_it_is_filed_once(
    lead: Program, partnership: TenantRef, path: str, draft: AccessionDeclaration
) -> None:
    at = f"{path}{draft.pk}/file/"
    first, second = (lead.upload(at, _filing(partnership)) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    with inside(partnership):
        assert StoredFile.objects.filter(kind="SIGNED_DECLARATION").count() == 1
    changed = lead.put(f"{path}{draft.pk}/signatory/", {**SIGNATORY, "version": 3})
    assert changed.status_code == 409


def test_a_container_of_a_signing_program_is_filed(
    lead: Program, partnership: TenantRef, path: str, draft: AccessionDeclaration
) -> None:
    sent = SimpleUploadedFile("deklaracja.asice", containers.asice())
    filed = lead.upload(f"{path}{draft.pk}/file/", _filing(partnership, file=sent, mode="TRUSTED"))
    assert filed.status_code == 200
    with inside(partnership):
        kept = SignedContainer.objects.get()
        assert kept.file == AccessionDeclaration.objects.get(pk=draft.pk).file


@pytest.mark.parametrize(
    ("changed", "status", "name"),
    [
        ({"file": SimpleUploadedFile("a.pdf", b"nie PDF")}, 422, "file"),
        ({"file": SimpleUploadedFile("a.pdf", make.pdf_bytes()), "mode": "TRUSTED"}, 422, "file"),
        ({"file": "tekst"}, 400, "file"),
        ({"file": SimpleUploadedFile("a.pdf", b"")}, 400, "file"),
        ({"signed_on": "2999-01-01"}, 422, "signed_on"),
        ({"received_on": "2020-01-01"}, 422, "received_on"),
        ({"publish_consent": "chyba"}, 400, "publish_consent"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_filed(
    lead: Program,
    partnership: TenantRef,
    path: str,
    draft: AccessionDeclaration,
    changed: dict[str, Any],
    status: int,
    name: str,
) -> None:
    before = _saved(partnership)
    response = lead.upload(f"{path}{draft.pk}/file/", _filing(partnership, **changed))
    assert response.status_code == status
    assert [error["name"] for error in response.json()["errors"]] == [name]
    assert _saved(partnership) == before


def test_a_file_too_many_at_once_is_to_come_again(
    lead: Program, partnership: TenantRef, path: str, draft: AccessionDeclaration
) -> None:
    before, at = _saved(partnership), f"{path}{draft.pk}/file/"
    unread = SimpleUploadedFile("a.pdf", make.pdf_bytes() + b"% seen nowhere else\n")
    with ExitStack() as others:
        for _ in range(guarded.AN_ACCOUNT):
            others.enter_context(slots.taken({f"account.{lead.account.pk}": guarded.AN_ACCOUNT}))
        response = lead.upload(at, _filing(partnership, file=unread))
    assert (response.status_code, int(response.headers["Retry-After"]) > 0) == (503, True)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "Spróbuj" in response.json()["detail"]
    assert _saved(partnership) == before
    assert lead.upload(at, _filing(partnership)).status_code == 200


def test_another_regulation_is_not_accepted(
    lead: Program, partnership: TenantRef, path: str, draft: AccessionDeclaration
) -> None:
    with inside(partnership):
        planned = make_regulation.amendment()
    before, other = _saved(partnership), str(planned.pk)
    filed = lead.upload(f"{path}{draft.pk}/file/", _filing(partnership, regulation=other))
    body = {"regulation": other, "publish_consent": False, "version": draft.version}
    stated = lead.put(f"{path}{draft.pk}/statements/", body)
    assert (filed.status_code, stated.status_code) == (409, 409)
    assert stated.json()["title"] == "Obowiązuje inna wersja regulaminu"
    assert _saved(partnership) == before


def test_an_applicant_sees_and_files_their_own_alone(
    partnership: TenantRef, path: str, invited: Invited, draft: AccessionDeclaration
) -> None:
    (program, own), (_, foreign) = invited(), invited()
    assert [one["id"] for one in program.get(path).json()["results"]] == [str(own.pk)]
    body = {**SIGNATORY, "version": 0}
    for other in (foreign, draft):
        assert program.get(f"{path}{other.pk}/").status_code == 404
        assert program.put(f"{path}{other.pk}/signatory/", body).status_code == 404
    at, filing = f"{path}{own.pk}/", _filing(partnership)
    statements = {"regulation": filing["regulation"], "publish_consent": True}
    version = program.put(f"{at}signatory/", {**body, "version": own.version}).json()["version"]
    program.put(f"{at}coordinator/", {**COORDINATOR, "version": version})
    program.put(f"{at}statements/", {**statements, "version": version + 1})
    assert program.upload(f"{at}file/", filing).status_code == 403
    own_filing = {name: filing[name] for name in ("mode", "signed_on")}
    for _ in range(2):
        filed = program.upload(f"{at}own-file/", {**own_filing, "file": make.pdf()})
        assert (filed.status_code, filed.json()["state"]) == (200, "FILED")


def test_a_partner_reads_their_own_and_changes_nothing(
    partnership: TenantRef, program_of: Of, path: str, draft: AccessionDeclaration
) -> None:
    with inside(partnership):
        make_accession.draft(make.lead())
        of = draft.organisation
    partner = program_of(partnership, Role.PARTNER_HEAD, organisation=of)
    before = _saved(partnership)
    assert [one["id"] for one in partner.get(path).json()["results"]] == [str(draft.pk)]
    at = f"{path}{draft.pk}/"
    refused = [
        partner.post(path, {"organisation": str(of.pk)}),
        partner.put(f"{at}signatory/", {**SIGNATORY, "version": draft.version}),
        partner.upload(f"{at}file/", _filing(partnership)),
        partner.upload(f"{at}own-file/", {}),
    ]
    assert [one.status_code for one in refused] == [403] * 4
    assert "§ 1 ust. 5" in refused[0].json()["detail"]
    assert _saved(partnership) == before


def test_nobody_decides_through_the_interface(lead: Program, path: str, draft: Any) -> None:
    for step in ("accept", "return", "refuse", "decision"):
        assert lead.post(f"{path}{draft.pk}/{step}/", {}).status_code == 404


def test_a_declaration_lists_its_annexes(
    lead: Program, partnership: TenantRef, path: str, draft: AccessionDeclaration
) -> None:
    with inside(partnership):
        made = [make_accession.annex(make.lead(), draft, kind) for kind in ("POWER", "OTHER")]
        annexes.remove_annex(by=make.by(make.lead()), annex_id=made[1].pk)

    (told,) = lead.get(f"{path}{draft.pk}/").json()["annexes"]

    assert told["id"] == str(made[0].pk)
    assert (told["kind"], told["name"]) == ("POWER", "pelnomocnictwo.pdf")
    assert told["filed_on"] is None


def test_declarations_are_chosen_by_state(
    lead: Program, partnership: TenantRef, path: str, draft: AccessionDeclaration
) -> None:
    with inside(partnership):
        make_accession.filed(make.lead())
    counts = [lead.get(path, state=one).json()["count"] for one in ("DRAFT", "FILED", "REFUSED")]
    assert counts == [1, 1, 0]
    assert lead.get(path, state="LOST").status_code == 400
