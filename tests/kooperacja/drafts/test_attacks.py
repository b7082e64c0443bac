"""A draft is of one person, one page and one tenant; nobody else and nothing else gets at it."""

import io
import logging
import zipfile

import pytest
from django import forms
from django.db import connections
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kooperacja.audit.models import Entry
from kooperacja.crypto.envelope import Tampered
from kooperacja.drafts import keeping
from kooperacja.drafts.models import Draft
from kooperacja.drafts.rules import MOST_BYTES, TooLong, names_of, typed, values_in
from kooperacja.drafts.slips import Slip
from kooperacja.drafts.tasks import forget_drafts
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.fields import Line, LongText, PasswordField
from tenants.backup import export
from tenants.backup.export import Pack
from tenants.people.actions.office import end_role
from tenants.people.models import Organisation, RoleAssignment
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.kooperacja.drafts.conftest import PARTNERSHIP, TYPED, Writer, writer


def test_another_person_who_may_open_the_page_sees_no_draft_of_it(
    anna: Writer, lidia: Writer
) -> None:
    anna.type(competences=TYPED)
    assert TYPED not in lidia.text()
    assert lidia.form()["competences"] == ""


def test_another_account_cannot_keep_or_put_away_by_a_slip_it_got_hold_of(
    anna: Writer, lidia: Writer
) -> None:
    anna.type(competences=TYPED)
    stolen = anna.form() | {"competences": "Podrzucone"}
    assert lidia.client.post(f"{lidia.home}szkic/", stolen).status_code == 403
    lidia.client.post(f"{lidia.home}szkic/usun/", stolen)
    lidia.client.post(lidia.page, stolen | {"version": "99"})
    assert anna.form()["competences"] == TYPED
    assert Draft.objects.count() == 1


def test_a_slip_of_one_tenant_keeps_nothing_in_another(
    lidia: Writer, powiat: TenantRef, gmina: TenantRef
) -> None:
    """Not even for somebody who works in both, on a page that both have."""
    with inside(powiat):
        make_partnership.found(powiat)
        make.person(Role.LEAD, account=lidia.account)
    accounts.access(lidia.account, powiat, Role.LEAD)
    page = "partnerstwo/instytucje/nowa/"
    form = lidia.form(f"/gmina/gogolin/{page}") | {"name": TYPED}
    assert lidia.client.get(f"/powiat/krapkowicki/{page}").status_code == 200

    for place in ("/powiat/krapkowicki/", "/konto/"):
        assert lidia.client.post(f"{place}szkic/", form).status_code == 403
    lidia.lose_session()
    lidia.client.post(f"/powiat/krapkowicki/{page}", form)
    for tenant in (gmina, powiat):
        with inside(tenant):
            assert not Draft.objects.exists()


def test_a_forged_slip_keeps_nothing(anna: Writer) -> None:
    form = anna.form() | {"competences": TYPED}
    body, _, seal = form["szkic"].rpartition(":")
    for forged in (f"{body}:{seal[::-1]}", f"x{form['szkic']}", "", "a:b:c"):
        answer = anna.client.post(f"{anna.home}szkic/", form | {"szkic": forged})
        assert answer.status_code == 403
    assert not Draft.objects.exists()


def test_a_form_from_elsewhere_keeps_nothing(anna: Writer) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = anna.client.cookies
    form = anna.form() | {"competences": TYPED, "csrfmiddlewaretoken": "x" * 64}
    assert strict.post(f"{anna.home}szkic/", form).status_code == 403
    assert not Draft.objects.exists()


def test_a_right_that_was_withdrawn_shows_and_keeps_nothing(
    anna: Writer, partnership: TenantRef
) -> None:
    anna.type(competences=TYPED)
    form = anna.form()
    RoleAssignment.objects.filter(person=anna.person).update(role=Role.PARTNER_WORKER)

    page = anna.client.get(anna.page)
    assert page.status_code == 403
    assert TYPED not in page.content.decode()
    kept = anna.client.post(f"{anna.home}szkic/", form | {"competences": "Nowe"})
    assert kept.status_code == 403
    assert Draft.objects.get().values["competences"] == [TYPED]
    forget_drafts(str(partnership.id))
    assert not Draft.objects.exists()


def test_the_sweep_leaves_drafts_of_pages_that_may_be_opened(
    anna: Writer, partnership: TenantRef
) -> None:
    anna.type(competences=TYPED)
    forget_drafts(str(partnership.id))
    assert anna.form()["competences"] == TYPED


def test_drafts_go_with_the_last_role(lidia: Writer, partnership: TenantRef) -> None:
    officer = writer(partnership, Organisation.objects.get(), Role.NETWORK_OFFICER)
    officer.type(competences=TYPED)
    held = RoleAssignment.objects.get(person=officer.person)
    end_role(by=make.by(lidia.person), assignment_id=held.pk)
    assert not Draft.objects.exists()


def test_drafts_stay_while_another_role_is_held(lidia: Writer, partnership: TenantRef) -> None:
    roles = (Role.NETWORK_OFFICER, Role.SOCIAL_WORKER)
    officer = writer(partnership, Organisation.objects.get(), *roles)
    officer.type(competences=TYPED)
    held = RoleAssignment.objects.get(person=officer.person, role=Role.SOCIAL_WORKER)
    end_role(by=make.by(lidia.person), assignment_id=held.pk)
    assert Draft.objects.count() == 1


def test_a_draft_goes_with_the_object_of_its_page(anna: Writer, partnership: TenantRef) -> None:
    anna.type(competences=TYPED)
    Draft.objects.update(path=f"/partnerstwo/instytucje/{partnership.id}/profil/")
    forget_drafts(str(partnership.id))
    assert not Draft.objects.exists()


def test_more_than_64_kb_is_refused_in_words(anna: Writer) -> None:
    anna.type(competences=TYPED)
    answer = anna.type(competences="ż" * (MOST_BYTES // 2))
    assert answer.status_code == 413
    assert answer.content.decode().startswith("Szkicu nie zapisaliśmy: tekst ma ponad 64 KB.")
    assert anna.form()["competences"] == TYPED


def test_an_account_has_a_bounded_number_of_drafts(
    anna: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_DRAFTS", 2)
    for number in range(3):
        anna.type(f"{anna.page}?x={number}", competences=TYPED)
    assert Draft.objects.count() == 2
    assert anna.form(f"{anna.page}?x=0")["competences"] == ""


def test_the_table_and_the_logs_and_the_journal_hold_nothing_that_is_read(
    anna: Writer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    entries = Entry.objects.count()
    form = anna.form() | {"competences": TYPED}
    anna.client.post(f"{anna.home}szkic/", form)
    anna.lose_session()
    anna.client.post(anna.page, form)
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT * FROM drafts_draft")
        rows = cursor.fetchall()
    assert len(rows) == 2
    assert TYPED not in str(rows)
    assert TYPED.encode() not in b"".join(bytes(row[-1]) for row in rows)
    assert "Kowalskich" not in caplog.text
    assert form["szkic"] not in caplog.text
    assert Entry.objects.count() <= entries + 1  # the entry into the unit alone


def test_no_package_and_no_search_knows_of_drafts(anna: Writer) -> None:
    anna.type(competences=TYPED)
    assert Draft not in export.tenant_models()
    assert Organisation in export.tenant_models()
    with zipfile.ZipFile(io.BytesIO(), "w") as archive:
        pack = Pack(archive)
        for model in export.tenant_models():
            export._write_rows(pack, model)
        assert "dane/drafts_draft.csv" not in pack.sums
    assert TYPED not in anna.text(f"{PARTNERSHIP}instytucje/?szukaj=Szkoła")


class _AllKindsForm(forms.Form):
    """Every kind of field that a form of ours may have."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = Line(max_length=100)
    about = LongText()
    is_ready = forms.BooleanField()
    kinds = forms.MultipleChoiceField(choices=[("A", "a"), ("B", "b")])
    password = PasswordField()
    new_password2 = forms.CharField(max_length=9)
    secret = forms.CharField(max_length=9, widget=forms.PasswordInput)
    code = Line(max_length=9)
    once = Line(max_length=9, widget=forms.TextInput({"autocomplete": "one-time-code"}))
    file = forms.FileField()
    fixed = Line(max_length=9, disabled=True)


KEPT = ("key", "name", "about", "is_ready", "kinds")


class _OnlySecretsForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    code = Line(max_length=9)
    password = PasswordField()
    file = forms.FileField()


def test_no_password_code_or_file_is_ever_kept() -> None:
    assert names_of(_AllKindsForm()) == KEPT
    assert names_of(_OnlySecretsForm()) == ()


_TEXTS = st.text(max_size=200)


@given(st.dictionaries(st.sampled_from([*_AllKindsForm.base_fields, "obce"]), st.lists(_TEXTS)))
def test_only_what_may_be_kept_is_kept_and_read(sent: dict[str, list[str]]) -> None:
    data = QueryDict(mutable=True)
    for name, values in sent.items():
        data.setlist(name, values)
    kept = values_in(data, names_of(_AllKindsForm()))
    assert tuple(kept) == KEPT
    assert all(kept[name] == sent.get(name, []) for name in KEPT)
    # Also what an older release kept, or somebody wrote into the row.
    read = dict(typed(_AllKindsForm(), sent))
    assert set(read) == set(sent) & set(KEPT)


@given(st.integers(0, 2 * MOST_BYTES), st.sampled_from('aż€\N{GRINNING FACE}"'))
def test_no_draft_is_longer_than_its_limit(letters: int, letter: str) -> None:
    data = QueryDict(mutable=True)
    data["about"] = letter * letters
    size = letters * len(letter.encode())
    try:
        values_in(data, ["about"])
    except TooLong:
        assert size > MOST_BYTES // 2 - 100
    else:
        assert size <= MOST_BYTES


def test_a_draft_moved_to_another_row_does_not_open(anna: Writer, lidia: Writer) -> None:

    anna.type(competences=TYPED)
    lidia.type(competences="Lidera")
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "UPDATE drafts_draft SET values = (SELECT values FROM drafts_draft WHERE account_id = %s)"
            " WHERE account_id = %s",
            [anna.account.pk, lidia.account.pk],
        )
    moved = Draft.objects.get(account_id=lidia.account.pk)
    with pytest.raises(Tampered):
        str(moved.values)
    assert TYPED not in lidia.text()


def test_what_is_kept_at_once_is_one_draft(anna: Writer, partnership: TenantRef) -> None:
    slip = Slip(anna.account.pk, partnership.id, "/x/", ("a",))
    for number in range(3):
        keeping.keep(slip, QueryDict(f"a={number}"))
    assert Draft.objects.get().values == {"a": ["2"]}
