"""Pages that only a flow leads to: refusals, conflicts, the second step, passkeys, lost passwords."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.request import urlopen

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tenants.registry.roles import Role
from tests import servers
from tests.e2e import story
from tests.e2e.browser import Eyes, context_of
from tests.e2e.keyboard import Keyboard
from tests.e2e.site import Site
from tests.e2e.test_pages import send_empty
from tests.e2e.totp import Phone
from tests.factories import accounts
from tests.waiting import until

NEW_PASSWORD = "osiem-suchych-lisci-na-schodach"
People = Callable[[str], BrowserContext]
Watch = Callable[[Page], Eyes]


@pytest.fixture
def stranger(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A browser that nobody has signed in with."""
    context = context_of(browser, base_url=site.url)
    yield context
    context.close()


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text().replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("who", "address", "status", "said"),
    [
        ("", "/nie-ma/", 404, "Nie ma takiej strony"),
        (Role.LEAD, "/gmina/gogolin/nie-ma/", 404, "Nie ma takiej strony"),
        (Role.LEAD, "/gmina/opole/", 403, "Nie masz dostępu do tej jednostki"),
        (Role.PARTNER_HEAD, "/gmina/gogolin/dziennik/", 403, "Nie możesz tego zrobić"),
        (Role.PARTNER_HEAD, "/region/", 403, "Panel województwa jest dla koordynatorów ROPS"),
        ("SUSPENDED", "/powiat/krapkowicki/", 403, "dostęp zawieszony"),
    ],
)
def test_refusal_says_why(
    person: People, watch: Watch, who: str, address: str, status: int, said: str
) -> None:
    page = person(who).new_page()
    eyes = watch(page)
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == status
    assert said in heading(page)
    assert eyes.examine(f"refusal.{who or 'STRANGER'}.{status}{address}") == []
    page.close()


@contextmanager
def behind(site: Site, path: str) -> Iterator[None]:
    """A tenant whose upgrade failed; the web process may remember the former state for a while."""
    with psycopg.connect(servers.url_of(site.database), autocommit=True) as connection:
        slug, entry = path.strip("/").split("/")[1], site.url + path
        found = connection.execute("SELECT id, ddl FROM registry_tenant WHERE slug = %s", [slug])
        tenant, digest = next(iter(found))
        change = "UPDATE registry_tenant SET ddl = %s WHERE id = %s"
        connection.execute(change, ["0" * 64, tenant])
        connection.execute(_FAILED_UPGRADE, [tenant, digest])
        try:
            until(lambda: status_of(entry) == 503)
            yield
        finally:
            connection.execute("DELETE FROM registry_upgrade WHERE tenant_id = %s", [tenant])
            connection.execute(change, [digest, tenant])
            until(lambda: status_of(entry) != 503)


_FAILED_UPGRADE = """
    INSERT INTO registry_upgrade (id, tenant_id, before, after, began_at, ended_at, failed_in, error)
    VALUES (gen_random_uuid(), %s, %s, '', now() - interval '1 second', now(),
            'partnership.0002_short', 'CheckViolation (23514)')
"""


def status_of(url: str) -> int:
    try:
        with urlopen(url, timeout=60) as answer:
            return int(answer.status)
    except HTTPError as refusal:
        refusal.close()
        return refusal.code


def test_tenant_that_waits_for_its_upgrade_says_so(
    person: People, site: Site, watch: Watch
) -> None:
    page, rops = person("SUSPENDED").new_page(), person(Role.ROPS_COORDINATOR).new_page()
    eyes, theirs = watch(page), watch(rops)
    with behind(site, "/powiat/krapkowicki/"):
        page.goto("/powiat/krapkowicki/")
        assert heading(page) == "Powiat krapkowicki: trwa aktualizacja"
        assert eyes.examine("maintenance") == []
        rops.goto("/region/gminy/?stan=BEHIND")
        expect(rops.locator("main .k-notice")).to_contain_text("czeka na aktualizację danych")
        expect(rops.locator("tbody tr")).to_have_count(1)
        assert theirs.examine("tenants.behind") == []
        rops.goto("/region/gminy/1605/")
        assert theirs.examine("tenant.behind") == []
    rops.goto("/region/gminy/1605/")
    expect(rops.locator("main")).to_contain_text("aktualna")
    assert theirs.examine("tenant.current") == []
    page.close()
    rops.close()


def test_form_without_its_token_is_refused(person: People, watch: Watch) -> None:
    page = person(Role.LEAD).new_page()
    eyes = watch(page)
    page.goto("/konto/profil/")
    page.locator("main [name=csrfmiddlewaretoken]").evaluate("one => one.value = 'x'.repeat(64)")
    with page.expect_navigation() as answer:
        page.locator("main form").evaluate("form => form.submit()")
    assert answer.value is not None
    assert answer.value.status == 403
    assert eyes.examine("refusal.csrf") == []
    page.close()


def test_two_editors_see_both_texts(person: People, site: Site, watch: Watch) -> None:
    address = f"/gmina/gogolin/partnerstwo/instytucje/{site.facts['rows']['member'][0]}/zmiana/"
    pages = [person(Role.LEAD).new_page() for _ in range(2)]
    eyes = [watch(page) for page in pages]
    for page in pages:
        page.goto(address)
    Keyboard(pages[0]).fill("Telefon", "77 123 45 67")
    Keyboard(pages[0]).send("Zapisz")
    Keyboard(pages[1]).fill("Telefon", "77 765 43 21")
    Keyboard(pages[1]).send("Zapisz")
    assert "Ktoś zmienił te dane" in heading(pages[1])
    row = pages[1].get_by_role("row", name="Telefon")
    expect(row).to_contain_text("77 123 45 67")
    expect(row).to_contain_text("77 765 43 21")
    assert eyes[1].examine("conflict") == []
    for page in pages:
        page.close()


def test_second_step_of_signing_in(stranger: BrowserContext, site: Site, watch: Watch) -> None:
    page = stranger.new_page()
    eyes = watch(page)
    page.goto("/konto/zaloguj/")
    story.sign_in(Keyboard(page), site.facts["addresses"]["second_step"], accounts.PASSWORD)
    assert eyes.examine("mfa_authenticate") == []
    assert send_empty(page)
    assert eyes.examine("mfa_authenticate.empty") == []
    Keyboard(page).fill("Kod", Phone(accounts.SEED).code())
    Keyboard(page).send("Dalej")
    assert heading(page) == "Moje sprawy"


def test_wrong_password_is_refused_without_saying_which_part(
    stranger: BrowserContext, watch: Watch
) -> None:
    page = stranger.new_page()
    eyes = watch(page)
    page.goto("/konto/zaloguj/")
    story.sign_in(Keyboard(page), "nikt@example.pl", "zmyślone hasło")
    expect(page.locator(".k-error-summary")).to_be_focused()
    assert eyes.examine("account_login.wrong") == []


def test_lost_password_is_set_anew(stranger: BrowserContext, site: Site, watch: Watch) -> None:
    address = site.facts["addresses"]["forgetful"]
    page = stranger.new_page()
    keys, eyes = Keyboard(page), watch(page)
    page.goto("/konto/zaloguj/")
    keys.follow("Nie pamiętasz hasła?")
    keys.fill("Adres e-mail", address)
    keys.send("Wyślij odnośnik")
    link = site.link_mailed_to(address)
    page.goto(link)
    assert eyes.examine("account_reset_password_from_key") == []
    assert send_empty(page)
    assert eyes.examine("account_reset_password_from_key.empty") == []
    keys.fill("Nowe hasło", NEW_PASSWORD)
    keys.fill("Nowe hasło jeszcze raz", NEW_PASSWORD)
    keys.send("Ustaw hasło")
    assert heading(page) == "Hasło zostało ustawione"
    page.goto(link)
    assert heading(page) == "Ten odnośnik już nie działa"
    assert eyes.examine("account_reset_password_from_key.used") == []


def test_passkey_from_its_making_to_its_end(
    stranger: BrowserContext, site: Site, watch: Watch
) -> None:
    page = stranger.new_page()
    keys, eyes = Keyboard(page), watch(page)
    insert_key(page)
    page.goto("/konto/zaloguj/")
    story.sign_in(keys, site.facts["addresses"]["passkey"], accounts.PASSWORD)
    page.goto("/konto/drugi-skladnik/klucze/dodaj/")
    assert eyes.examine("mfa_add_webauthn") == []
    keys.fill("Nazwa klucza", "Laptop w świetlicy")
    keys.send("Dodaj klucz")
    page.goto("/konto/drugi-skladnik/")
    expect(page.locator("main")).to_contain_text("Laptop w świetlicy")
    assert eyes.examine("mfa_index.passkey") == []
    for link, name in (("Zmień nazwę", "mfa_edit_webauthn"), ("Usuń", "mfa_remove_webauthn")):
        page.goto("/konto/drugi-skladnik/")
        # What is only heard stands apart, so a browser may put a space before the colon.
        keys.follow(re.compile(rf"^{link}\s?: Laptop w świetlicy$"))
        assert eyes.examine(name) == []
    page.goto("/konto/potwierdz/klucz/")
    assert eyes.examine("mfa_reauthenticate_webauthn") == []
    stranger.clear_cookies()
    page.goto("/konto/zaloguj/")
    keys.send("Zaloguj się kluczem dostępu")
    assert heading(page) == "Moje sprawy"


def insert_key(page: Page) -> None:
    """A key in the computer that always says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
