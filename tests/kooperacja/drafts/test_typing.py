"""A form is kept as it is typed, comes back, and goes when it is saved."""

from datetime import timedelta

from django.db.models import F
from lxml import html

from kooperacja.accounts.models import AccountDraft
from kooperacja.drafts.keeping import forget_old
from kooperacja.drafts.models import Draft
from kooperacja.drafts.rules import names_of
from kooperacja.drafts.tasks import forget_drafts
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.people.models import Organisation
from tenants.registry.models import Access
from tenants.registry.roles import Role
from tenants.regulation.forms import VoteForm
from tests.factories import accounts
from tests.kooperacja.drafts.conftest import PARTNERSHIP, TYPED, Writer

RESTORED = "Przywróciliśmy to, co pisano tu"


def test_what_is_typed_comes_back_and_the_page_says_so(anna: Writer) -> None:
    answer = anna.type(competences=TYPED)
    assert answer.status_code == 200
    assert answer.content.decode().startswith("Zapisano szkic o ")

    assert anna.form()["competences"] == TYPED
    assert RESTORED in anna.text()
    assert "ktoś zmienił te dane" not in anna.text()


def test_there_is_one_draft_of_a_page_and_it_is_the_last(anna: Writer) -> None:
    anna.type(competences="Najpierw tak")
    anna.type(competences=TYPED, phone="123")
    assert Draft.objects.count() == 1
    assert (anna.form()["competences"], anna.form()["phone"]) == (TYPED, "123")


def test_a_saved_form_leaves_no_draft(anna: Writer, kooperant: Organisation) -> None:
    anna.type(competences=TYPED)
    assert anna.client.post(anna.page, anna.form()).status_code == 302
    kooperant.refresh_from_db()
    assert kooperant.competences == TYPED
    assert not Draft.objects.exists()
    assert RESTORED not in anna.text()


def test_a_form_with_mistakes_keeps_its_draft(anna: Writer) -> None:
    anna.type(competences=TYPED)
    assert anna.client.post(anna.page, anna.form() | {"email": "nie adres"}).status_code == 422
    assert Draft.objects.count() == 1


def test_a_draft_is_put_away_by_a_plain_button(anna: Writer) -> None:
    anna.type(competences=TYPED)
    content = anna.client.get(anna.page).content.decode()
    (button,) = html.fromstring(content).xpath('//form[.//button[text()="Odrzuć szkic"]]')
    answer = anna.client.post(button.get("action"), dict(button.form_values()))
    assert (answer.status_code, answer["Location"]) == (302, anna.page)
    assert anna.form()["competences"] == ""
    assert not Draft.objects.exists()


def test_what_somebody_saved_meanwhile_stands_beside_the_draft(
    anna: Writer, lidia: Writer, kooperant: Organisation
) -> None:
    anna.type(competences=TYPED)
    lidia.client.post(lidia.page, lidia.form() | {"competences": "Uczymy", "phone": "774660000"})

    said = anna.text()
    assert "Od tego czasu ktoś zmienił te dane" in said
    assert f"Zapisane teraz Uczymy Twoja wersja {TYPED}" in said
    assert "Zapisane teraz 774660000 Twoja wersja –" in said
    # Having seen both, its writer may save the draft.
    assert anna.client.post(anna.page, anna.form()).status_code == 302
    kooperant.refresh_from_db()
    assert kooperant.competences == TYPED


def test_what_is_saved_already_is_no_draft(anna: Writer, kooperant: Organisation) -> None:
    """A draft that came after its form was sent, since the network is slow."""
    form = anna.form() | {"competences": TYPED}
    anna.client.post(anna.page, form)
    anna.client.post(f"{anna.home}szkic/", form)
    assert Draft.objects.count() == 1
    assert RESTORED not in anna.text()


def test_a_form_that_made_its_row_is_not_brought_back(lidia: Writer) -> None:
    page = f"{PARTNERSHIP}instytucje/nowa/"
    form = lidia.form(page) | {"name": "Świetlica Promyk", "sector": "NGO", "city": "Gogolin"}
    assert lidia.client.post(page, form).status_code == 302
    lidia.client.post(f"{lidia.home}szkic/", form)
    assert RESTORED not in lidia.text(page)
    assert lidia.form(page)["key"] != form["key"]


def test_a_draft_of_a_new_row_keeps_its_key_so_that_sent_twice_it_makes_one(lidia: Writer) -> None:
    page = f"{PARTNERSHIP}instytucje/nowa/"
    form = lidia.form(page)
    lidia.client.post(f"{lidia.home}szkic/", form | {"name": "Świetlica Promyk"})
    assert {"name", "key"} <= lidia.form(page).keys()
    assert lidia.form(page)["name"] == "Świetlica Promyk"
    assert lidia.form(page)["key"] == form["key"]


def test_an_old_draft_is_not_shown_and_goes(anna: Writer, partnership: TenantRef) -> None:
    anna.type(competences=TYPED)
    (draft,) = Draft.objects.all()
    assert draft.expires_at - draft.saved_at == timedelta(days=7)
    Draft.objects.update(expires_at=F("saved_at"))
    assert RESTORED not in anna.text()
    forget_drafts(str(partnership.id))
    assert not Draft.objects.exists()


def test_a_form_that_has_to_wait_for_the_second_factor_comes_back(
    lidia: Writer, partnership: TenantRef
) -> None:
    page = f"{PARTNERSHIP}osrodek/zaproszenie/"
    form = lidia.form(page) | {"full_name": "Nowa Osoba", "email": "nowa@ops.pl"}
    session = lidia.client.session
    session["account_authentication_methods"] = []
    session.save()
    asked = lidia.client.post(page, form, headers={"referer": f"http://testserver{page}"})
    assert asked["Location"].startswith("/konto/potwierdz/kod/")

    accounts.with_fresh_factor(lidia.client)
    assert lidia.form(page)["full_name"] == "Nowa Osoba"


def test_a_coordinator_of_the_region_has_drafts_until_the_right_ends(gmina: TenantRef) -> None:
    coordinator = accounts.member(None, Role.ROPS_COORDINATOR)
    client = accounts.with_fresh_factor(accounts.client_of(coordinator))
    page = "/region/gminy/160501/zawies/"
    writer = Writer(client, None, page, "/konto/")
    assert writer.type(reason="Ośrodek się przenosi").status_code == 200
    assert AccountDraft.objects.get().account_id == coordinator.pk
    assert "Ośrodek się przenosi".encode() not in bytes(AccountDraft.objects.get().sealed)
    assert RESTORED in writer.text()
    assert writer.form()["reason"] == "Ośrodek się przenosi"
    with inside(gmina):
        assert not Draft.objects.exists()

    forget_old(AccountDraft.objects.all())
    assert AccountDraft.objects.count() == 1
    Access.objects.filter(account=coordinator).update(ended_at=F("granted_at"))
    forget_old(AccountDraft.objects.all())
    assert not AccountDraft.objects.exists()


def test_what_was_typed_of_a_key_for_a_program_comes_back_until_the_key_is_made(
    anna: Writer,
) -> None:
    page = "/konto/klucze-api/nowy/"
    writer = Writer(accounts.with_fresh_factor(anna.client), None, page, "/konto/")
    assert writer.type(name="Arkusz sprawozdań").status_code == 200
    form = writer.form()
    assert form["name"] == "Arkusz sprawozdań"
    reach = writer.client.get(page).context["form"].fields["reach"].choices[1][0]
    assert "koop_" in writer.client.post(page, form | {"reach": reach}).content.decode()
    assert not AccountDraft.objects.exists()
    assert "name" not in writer.form()


def test_nobody_keeps_how_somebody_was_about_to_vote(partnership: TenantRef) -> None:
    assert names_of(VoteForm(ballots=[], shown=[])) == ()
