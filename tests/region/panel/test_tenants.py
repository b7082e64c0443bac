"""The region's screens of tenants: who may look, what they say, what they change."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kooperacja.audit.actor import named
from kooperacja.tenancy.ref import TenantRef
from region.panel import tenants_rows as rows
from tenants.registry import teryt
from tenants.registry.models import Invitation, Tenant, Upgrade
from tenants.registry.roles import Role
from tenants.schemas import actions
from tests.factories import accounts
from tests.factories import registry as make

LIST = "/region/gminy/"
WALCE = "/region/gminy/160504/"
GOGOLIN = "/region/gminy/160501/"


@pytest.fixture
def rops(db: None) -> Client:
    """A ROPS coordinator who has just shown the second factor, in a region with its register."""
    teryt.import_terc(make.OWN_FILE, voivodeship="16")
    return accounts.with_fresh_factor(
        accounts.client_of(accounts.member(None, Role.ROPS_COORDINATOR))
    )


def text(response: object) -> str:
    content = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", content)))


def status_of(code: str) -> str:
    return str(Tenant.objects.get(unit__code=code).status)


# --- Looking ---------------------------------------------------------------------------------


def test_the_list_shows_each_unit_with_kind_and_powiat(rops: Client) -> None:
    said = text(rops.get(LIST, {"szukaj": "krapk"}))
    assert (
        "Krapkowice , gmina miejsko-wiejska Rodzaj gmina miejsko-wiejska Powiat krapkowicki" in said
    )
    assert "krapkowicki , powiat" in said
    assert "(2\N{NO-BREAK SPACE}jednostki)".replace("\N{NO-BREAK SPACE}", " ") in said


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({}, 82),
        ({"szukaj": "ŁAMBINOWICE"}, 1),
        ({"szukaj": "lambinowice"}, 1),
        ({"szukaj": "1605"}, 6),
        ({"powiat": "krapkowicki"}, 6),
        ({"powiat": "miasta na prawach powiatu"}, 1),
        ({"rodzaj": "POWIAT"}, 11),
        ({"stan": "ACTIVE"}, 3),
        ({"stan": "nonsens"}, 82),
        ({"szukaj": "nie ma takiej"}, 0),
    ],
)
def test_the_list_is_filtered(rops: Client, query: dict[str, str], number: int) -> None:
    assert rops.get(LIST, query).context["page"].total == number


def test_the_list_is_sorted_in_polish_order_and_paged(rops: Client) -> None:
    names = [row.name for row in rops.get(LIST, {"strona": "2"}).context["page"].rows]
    assert len(names) == 32
    assert names.index("Ujazd") < names.index("Walce") < names.index("Zawadzkie")
    first = rops.get(LIST, {"sort": "-kod"}).context["page"].rows[0]
    assert first.code == "166101"


def test_the_order_of_the_list_is_folded_on_a_narrow_screen(rops: Client) -> None:
    page = rops.get(LIST).content.decode()
    before, _, folded = page.partition('<details class="k-details k-table-sorts"')
    assert "-krotko-" not in before
    assert "-krotko-kod" in folded.partition("</details>")[0]


def test_the_list_costs_few_queries(rops: Client) -> None:
    rops.get(LIST)
    with CaptureQueriesContext(connections["shared"]) as queries:
        rops.get(LIST)
    assert len([q for q in queries if "registry_unit" in q["sql"]]) == 2
    assert len(queries) <= 12


def test_the_page_that_opens_a_unit_costs_few_queries(rops: Client) -> None:
    rops.get(f"{WALCE}otworz/")
    with CaptureQueriesContext(connections["shared"]) as captured:
        assert rops.get(f"{WALCE}otworz/").status_code == 200
    assert len(captured) == 8


def test_tenants_that_wait_for_an_upgrade_are_counted_and_found(rops: Client) -> None:
    assert "aktualizacj" not in text(rops.get(LIST))
    Tenant.objects.filter(unit__code__in=["160501", "1605"]).update(ddl="0" * 64)
    said = text(rops.get(LIST)).replace("\N{NO-BREAK SPACE}", " ")
    assert "2 jednostki czekają na aktualizację danych. Do tego czasu nikt tam nie wejdzie." in said
    found = rops.get(LIST, {"stan": "BEHIND"}).context["page"].rows
    assert sorted(row.code for row in found) == ["1605", "160501"]
    with CaptureQueriesContext(connections["shared"]) as queries:
        rops.get(LIST)
    assert len([q for q in queries if "registry_schemaversion" in q["sql"]]) == 1


def test_a_unit_says_what_its_last_upgrade_came_to(rops: Client) -> None:
    tenant = Tenant.objects.get(unit__code="160501")
    assert "Stan aktualna" in text(rops.get(GOGOLIN))
    began = timezone.now()
    Upgrade.objects.create(
        tenant=tenant,
        before=tenant.ddl,
        after="1" * 64,
        began_at=began,
        ended_at=began + timedelta(milliseconds=1250),
        failed_in="partnership.0009_short",
        error="CheckViolation (23514)",
    )
    Tenant.objects.filter(pk=tenant.pk).update(ddl="0" * 64)
    with CaptureQueriesContext(connections["shared"]) as queries:
        said = text(rops.get(GOGOLIN))
    assert "Ostatnia aktualizacja się nie udała, dane zostały takie, jak przed nią." in said
    assert "aktualizacja nie udała się w partnership.0009_short: CheckViolation (23514)" in said
    assert "Trwała 1,25 s" in said.replace("\N{NO-BREAK SPACE}", " ")
    about = ("registry_schemaversion", "registry_upgrade")
    assert len([q for q in queries if any(table in q["sql"] for table in about)]) == 4


def test_only_rops_may_look_or_act(db: None, gmina: TenantRef) -> None:
    admin = accounts.with_fresh_factor(
        accounts.client_of(accounts.member(gmina, Role.TENANT_ADMIN))
    )
    for path in (LIST, WALCE, f"{GOGOLIN}zawies/", f"{LIST}otworz/", f"{LIST}rejestr/"):
        assert admin.get(path).status_code == 403
        assert admin.post(path, {"reason": "x", "version": "1"}).status_code in (403, 405)
        assert Client().get(path).status_code in (302, 401)
    assert status_of("160501") == "ACTIVE"


# --- Opening ---------------------------------------------------------------------------------


def test_one_is_opened_with_its_administrator(rops: Client) -> None:
    assert "Kod TERYT: 160504. Powiat: krapkowicki." in text(rops.get(f"{WALCE}otworz/"))
    answer = rops.post(
        f"{WALCE}otworz/", {"admin_name": "Ewa Lis", "admin_email": "ewa@walce.example"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, WALCE)
    tenant = Tenant.objects.get(unit__code="160504")
    assert (tenant.status, tenant.admin_email) == ("OPENING", "ewa@walce.example")
    page = rops.get(WALCE)
    assert "w przygotowaniu" in text(page)
    assert 'hx-get="/region/gminy/160504/stan/"' in page.content.decode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"admin_email": "ewa@"}, "adres e-mail"),
        ({"admin_email": "ewa@walce.example"}, "Podaj imię i nazwisko"),
        ({"admin_name": "Ewa Lis"}, "Podaj adres e-mail"),
    ],
)
def test_a_wrong_administrator_opens_nothing(
    rops: Client, data: dict[str, str], reason: str
) -> None:
    answer = rops.post(f"{WALCE}otworz/", data)
    assert answer.status_code == 422
    assert reason in text(answer)
    assert Tenant.objects.count() == 3


def test_opening_what_is_open_is_refused_with_the_reason(rops: Client) -> None:
    shown, answer = rops.get(f"{GOGOLIN}otworz/"), rops.post(f"{GOGOLIN}otworz/")
    assert shown.status_code == answer.status_code == 409
    assert ": otwarta. Niczego nie zapisaliśmy." in text(answer)
    main = re.compile(r"<main.*?</main>", re.DOTALL)
    first, second = (main.findall(page.content.decode()) for page in (shown, answer))
    assert first == second != []


def test_a_unit_that_another_opens_meanwhile_is_answered_alike(
    rops: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = rows.find("16", "160504")
    assert new is not None
    rops.post(f"{WALCE}otworz/")
    read = iter([new])
    find = rows.find
    monkeypatch.setattr(rows, "find", lambda *of: next(read, None) or find(*of))

    answer = rops.post(f"{WALCE}otworz/")

    assert answer.status_code == 409
    assert "Tego nie można teraz zrobić" in text(answer)
    assert Tenant.objects.filter(unit__code="160504").count() == 1


@pytest.mark.parametrize(
    ("status", "step"),
    [
        ("ACTIVE", "otworz/"),
        ("ACTIVE", "wznow/"),
        ("CLOSED", "otworz/"),
        ("CLOSED", "zawies/"),
        ("CLOSED", "administrator/"),
    ],
)
def test_a_step_that_the_state_forbids_is_answered_in_one_way(
    rops: Client, status: str, step: str
) -> None:
    Tenant.objects.filter(unit__code="160501").update(status=status)
    answer = rops.get(GOGOLIN + step)
    assert answer.status_code == 409
    assert "Tego nie można teraz zrobić" in text(answer)
    assert f'href="{GOGOLIN}"' in answer.content.decode()
    assert "<form" not in answer.content.decode()


def test_opening_asks_for_the_second_factor_again(db: None) -> None:
    client = accounts.client_of(accounts.member(None, Role.ROPS_COORDINATOR))
    answer = client.post(f"{GOGOLIN}zawies/", {"reason": "x", "version": "1"})
    assert answer.status_code == 302
    assert "next=" in answer.headers["Location"]
    assert status_of("160501") == "ACTIVE"


def test_many_are_opened_after_a_page_that_says_which(rops: Client) -> None:
    page = text(rops.get(f"{LIST}otworz/", {"kod": ["160504", "1609", "160501"]}))
    assert "gmina wiejska Walce (160504, powiat: krapkowicki)" in page
    assert "Pominięte gmina miejsko-wiejska Gogolin (160501): otwarta" in page
    assert Tenant.objects.count() == 3
    assert text(rops.get(f"{LIST}otworz/", {"kod": ["160504", "1609", "160501", "\0"]})) == page
    rops.post(f"{LIST}otworz/", {"kod": ["160504", "1609", "160501", "999999"]})
    assert Tenant.objects.filter(status="OPENING").count() == 2
    said = text(rops.get(LIST))
    assert "zostało: 2 jednostki" in said.replace("\N{NO-BREAK SPACE}", " ")
    assert "999999 nie należy do tego województwa" in said


def test_all_unopened_are_offered_at_once_and_none_is_said_kindly(rops: Client) -> None:
    assert len(rops.get(f"{LIST}otworz/", {"wszystkie": "1"}).context["new"]) == 79
    assert "Zaznacz na liście" in text(rops.get(f"{LIST}otworz/"))


def test_progress_tells_the_rows_that_a_page_waits_for(rops: Client) -> None:
    tenant = actions.open_tenant(by=named("Anna"), code="160504")
    Tenant.objects.filter(pk=tenant.pk).update(failure="nie powstał klucz (KeyMissing)")
    page = rops.get(f"{LIST}postep/", {"kody": "160504"}).content.decode()
    assert '<span id="stan-160504" hx-swap-oob="true">' in page
    assert "nie powstał klucz (KeyMissing); próbujemy dalej" in page
    assert 'hx-trigger="every 3s"' in page
    Tenant.objects.filter(pk=tenant.pk).update(status="ACTIVE", opened_at=tenant.requested_at)
    page = rops.get(f"{LIST}postep/", {"kody": "160504"}).content.decode()
    assert "Otwieranie zakończone." in page
    assert "hx-trigger" not in page
    assert rops.get(f"{WALCE}stan/").headers["HX-Refresh"] == "true"


def test_an_administrator_is_invited_later_or_again(rops: Client) -> None:
    answer = rops.post(f"{GOGOLIN}administrator/", {"name": "Ewa Lis", "email": "ewa@g.example"})
    assert answer.status_code == 302
    invitation = Invitation.objects.get(tenant__unit__code="160501")
    assert (invitation.email, invitation.role) == ("ewa@g.example", "TENANT_ADMIN")
    assert answer.headers["Location"] == f"{GOGOLIN}ludzie/"
    assert "Ewa Lis, ewa@g.example" in text(rops.get(f"{GOGOLIN}ludzie/"))


def test_a_living_unit_is_offered_an_administrator_alone(rops: Client, gmina: TenantRef) -> None:
    at = f"{LIST}{gmina.code}/"
    assert "Zaproś administratora OPS" in text(rops.get(at))
    accounts.member(gmina, Role.NETWORK_OFFICER)
    for page in (rops.get(at), rops.get(f"{at}administrator/")):
        assert "Zaproponuj administratora OPS" in text(page)
        assert "Zaproś administratora" not in text(page)


# --- Suspending, reopening, closing ----------------------------------------------------------


def test_a_tenant_is_suspended_reopened_and_closed(rops: Client) -> None:
    assert "Wszystkie dane zostają" in text(rops.get(f"{GOGOLIN}zawies/"))
    rops.post(f"{GOGOLIN}zawies/", {"reason": "brak umowy", "version": "1"})
    assert status_of("160501") == "SUSPENDED"
    assert "Powód: brak umowy" in text(rops.get(GOGOLIN))
    rops.post(f"{GOGOLIN}wznow/", {"version": "2"})
    assert status_of("160501") == "ACTIVE"
    rops.post(f"{GOGOLIN}zamknij/", {"reason": "koniec", "version": "3"})
    assert status_of("160501") == "CLOSED"


@pytest.mark.parametrize(
    ("data", "reason"),
    [({"reason": " ", "version": "1"}, "Powód"), ({"reason": "x", "version": "7"}, "Ktoś właśnie")],
)
def test_no_reason_or_a_stale_form_changes_nothing(
    rops: Client, data: dict[str, str], reason: str
) -> None:
    answer = rops.post(f"{GOGOLIN}zawies/", data)
    assert answer.status_code == 422
    assert reason in text(answer)
    assert status_of("160501") == "ACTIVE"


def test_a_form_sent_twice_changes_once(rops: Client) -> None:
    for _ in range(2):
        rops.post(f"{GOGOLIN}zawies/", {"reason": "brak umowy", "version": "1"})
    assert Tenant.objects.get(unit__code="160501").version == 2


@pytest.mark.parametrize("code", ["146501", "999", "1661", "nic", "16050١", "%00"])
@pytest.mark.parametrize("page", ["", "otworz/", "zawies/", "stan/"])
def test_a_unit_of_elsewhere_is_not_found(rops: Client, code: str, page: str) -> None:
    assert rops.get(f"{LIST}{code}/{page}").status_code == 404
