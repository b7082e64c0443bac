"""The pages of an institution's profile, people and engagement, through a browser's eyes."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.ref import TenantRef
from tenants.partnership.models import (
    DesignatedWorker,
    Engagement,
    Membership,
    PartnershipCoordinator,
)
from tenants.people.models import Organisation, Post
from tenants.registry.roles import Role
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.reading import PARTNERSHIP, text_of

PROFILE = {"competences": "Terapia rodzin", "ways_of_working": "", "legal_basis": "statut"}


@pytest.fixture
def member(in_partnership: TenantRef) -> Membership:
    return make_partnership.member(make.organisation(name="Poradnia Rodzinna", nip="5260250995"))


def partner(tenant: TenantRef, member: Membership, role: str = Role.PARTNER_COORDINATOR) -> Client:
    client, _ = make.signed_in(tenant, role, organisation=member.organisation)
    return client


def page_of(member: Membership, part: str = "") -> str:
    return f"{PARTNERSHIP}instytucje/{member.organisation_id}/{part}"


def test_a_coordinator_writes_the_profile_that_others_read(
    in_partnership: TenantRef, member: Membership
) -> None:
    own = partner(in_partnership, member)
    stranger = partner(in_partnership, make_partnership.member(make.organisation()))

    sent = own.post(
        page_of(member, "profil/"), {"version": 0, **PROFILE, "name": "Inna", "nip": ""}
    )

    assert sent.status_code == 302
    assert "Terapia rodzin" in text_of(stranger.get(page_of(member)))
    saved = Organisation.objects.get(pk=member.organisation_id)
    assert (saved.name, saved.nip) == ("Poradnia Rodzinna", "5260250995")


def test_what_an_institution_did_not_give_is_one_line(
    in_partnership: TenantRef, keeper: Client, member: Membership
) -> None:
    stranger = partner(in_partnership, make_partnership.member(make.organisation()))
    own, other = (
        " ".join(re.sub(r"<[^>]+>", " ", text_of(one.get(page_of(member)))).split())
        for one in (keeper, stranger)
    )

    lacking = "Nie podano: kompetencje, sposoby działania, podstawa prawna działania."
    assert f"{lacking} Uzupełnij" in own
    assert lacking in other
    assert "Uzupełnij" not in other
    assert "Nie podano: forma prawna, KRS," in own
    assert "NIP 526" in own
    assert " – " not in own[own.index(" Profil ") : own.index("Kooperacja, wersja")]


def test_another_members_profile_is_not_ones_own(
    in_partnership: TenantRef, member: Membership
) -> None:
    stranger = partner(
        in_partnership, make_partnership.member(make.organisation()), Role.PARTNER_HEAD
    )

    assert stranger.post(page_of(member, "profil/"), {"version": 0, **PROFILE}).status_code == 403
    assert Organisation.objects.get(pk=member.organisation_id).competences == ""


def test_two_editors_of_a_profile_lose_nothing(keeper: Client, member: Membership) -> None:
    url = page_of(member, "profil/")
    keeper.post(url, {"version": 0, **PROFILE})

    page = keeper.post(url, {"version": 0, **PROFILE, "competences": "Mediacje"})

    assert page.status_code == 409
    assert "Terapia rodzin" in text_of(page)
    assert "Mediacje" in text_of(page)
    assert Organisation.objects.get(pk=member.organisation_id).competences == "Terapia rodzin"
    assert keeper.post(url, {"version": 1, **PROFILE, "competences": "Mediacje"}).status_code == 302


def new_coordinator(**changed: str) -> dict[str, str]:
    return {
        "key": str(uuid7()),
        "full_name": "Ewa Nowa",
        "position": "pedagog",
        "email": "ewa.nowa@example.pl",
        "from_on": timezone.localdate().isoformat(),
        **changed,
    }


def test_a_head_replaces_its_coordinator(in_partnership: TenantRef, member: Membership) -> None:
    client = partner(in_partnership, member, Role.PARTNER_HEAD)
    seat = member.coordinators.get()

    question = client.get(f"{PARTNERSHIP}koordynatorzy/{seat.pk}/koniec/")
    assert "to ostatni koordynator" in text_of(question)
    day = {"ended_on": timezone.localdate().isoformat()}
    client.post(f"{PARTNERSHIP}koordynatorzy/{seat.pk}/koniec/", day)
    assert "Wpisz koordynatora instytucji „Poradnia Rodzinna”" in text_of(
        client.get("/gmina/gogolin/")
    )
    client.post(page_of(member, "koordynator/"), new_coordinator())

    assert "Wpisz koordynatora instytucji" not in text_of(client.get("/gmina/gogolin/"))
    assert "Ewa Nowa" in text_of(client.get(page_of(member)))


def test_a_wrong_day_is_said_beside_its_field(keeper: Client, member: Membership) -> None:
    page = keeper.post(page_of(member, "koordynator/"), new_coordinator(from_on="2001-01-01"))

    assert page.status_code == 422
    assert "Ten dzień nie może być wcześniejszy niż 1 stycznia 2024 r." in text_of(page)
    assert "Ewa Nowa" in text_of(page)
    assert PartnershipCoordinator.objects.count() == 1


def test_an_end_before_the_beginning_is_said_beside_its_field(
    keeper: Client, member: Membership
) -> None:
    seat = member.coordinators.get()

    page = keeper.post(f"{PARTNERSHIP}koordynatorzy/{seat.pk}/koniec/", {"ended_on": "2023-12-31"})

    assert page.status_code == 422
    assert "Koniec nie może być przed początkiem" in text_of(page)
    seat.refresh_from_db()
    assert seat.ended_on is None


def test_the_office_enters_a_head_and_whom_they_indicated(
    keeper: Client, member: Membership
) -> None:
    head = {**new_coordinator(full_name="Adam Kierujący"), "function": "dyrektor", "is_head": "on"}
    keeper.post(page_of(member, "funkcje/"), {**head, "from_on": "2024-01-01"})
    post = Post.objects.get(is_head=True)
    sent = {**new_coordinator(email=""), "head": str(post.person_id)}

    keeper.post(page_of(member, "wskazanie/"), sent)

    row = DesignatedWorker.objects.get()
    listed = text_of(keeper.get(PARTNERSHIP + "wskazani-pracownicy/?szukaj=rodzinna&sektor=SOCIAL"))
    assert "Adam Kierujący" in listed
    assert "Ewa Nowa" in listed
    assert "Ewa Nowa" not in text_of(keeper.get(PARTNERSHIP + "wskazani-pracownicy/?sektor=HEALTH"))
    for path in (f"wskazani-pracownicy/{row.pk}/koniec/", f"funkcje/{post.pk}/koniec/"):
        assert keeper.get(PARTNERSHIP + path).status_code == 200
        day = {"ended_on": timezone.localdate().isoformat()}
        assert keeper.post(PARTNERSHIP + path, day).status_code == 302
    assert "Ewa Nowa" not in text_of(keeper.get(PARTNERSHIP + "wskazani-pracownicy/"))


def test_a_level_too_late_shows_both_versions(keeper: Client, member: Membership) -> None:
    url = page_of(member, "zaangazowanie/")
    sent = {"key": str(uuid7()), "level": "FULL", "reason": "wiele rodzin"}
    sent["from_on"] = timezone.localdate().isoformat()
    assert keeper.post(url, sent).status_code == 302

    page = keeper.post(url, {**sent, "key": str(uuid7()), "level": "PARTIAL"})

    assert page.status_code == 409
    assert "częściowe" in text_of(page)
    assert Engagement.objects.get().level == "FULL"
    assert "wiele rodzin" in text_of(keeper.get(page_of(member)))


def test_the_reason_of_a_level_is_for_the_office_and_the_institution(
    in_partnership: TenantRef, member: Membership
) -> None:
    day = date(2024, 1, 1)
    Engagement.objects.create(membership=member, level="FULL", reason="wiele rodzin", from_on=day)
    own = partner(in_partnership, member)
    stranger = partner(in_partnership, make_partnership.member(make.organisation()))

    assert "wiele rodzin" in text_of(own.get(page_of(member)))
    shown = text_of(stranger.get(page_of(member)))
    assert "stopień: stałe" in shown
    assert "wiele rodzin" not in shown


def test_flags_are_checked_on_a_page(keeper: Client, member: Membership) -> None:
    url = page_of(member, "cechy/")
    sent = {"seen": "", "kinds": ["KEY", "DIAGNOSES"], "from_on": "2024-02-01"}

    assert keeper.post(url, sent).status_code == 302

    assert "kluczowa, niezbędna we współpracy, od 1 lutego 2024 r." in text_of(
        keeper.get(page_of(member))
    )
    assert 'value="DIAGNOSES,KEY"' in text_of(keeper.get(url))


@pytest.mark.parametrize("part", ["koordynator/", "wskazanie/", "zaangazowanie/", "cechy/"])
def test_who_is_no_member_has_nothing_of_a_member(keeper: Client, part: str) -> None:
    free = make.organisation()

    page = keeper.get(f"{PARTNERSHIP}instytucje/{free.pk}/{part}")

    assert page.status_code == 409
    assert "nie należy do Partnerstwa" in text_of(page)


def test_no_day_stands_under_two_levels(
    keeper: Client, in_partnership: TenantRef, member: Membership
) -> None:
    for level, begun, over in (("FULL", 1, 10), ("ON_REQUEST", 10, None)):
        Engagement.objects.create(
            membership=member,
            level=level,
            reason="z diagnozy",
            from_on=date(2024, 9, begun),
            ended_on=over and date(2024, 9, over),
        )
    said = text_of(keeper.get(page_of(member)))

    assert "stałe, od 1 września 2024 r. do 9 września 2024 r.;" in said
    assert "na wezwanie, od 10 września 2024 r.;" in said
