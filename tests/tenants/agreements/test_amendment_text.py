"""The consolidated text: numbers and references follow the clauses, on any day (POR)."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.agreements.actions.amendment_sending import lacks
from tenants.agreements.blanks import BLANK
from tenants.agreements.changes import kept
from tenants.agreements.citations import LOST, typed
from tenants.agreements.clauses import REFERENCE, TEXTS
from tenants.agreements.consolidated import (
    Texts,
    changeable,
    named,
    places,
    text_before,
    text_of,
)
from tenants.agreements.frozen import FrozenText
from tenants.agreements.models import Agreement, Amendment
from tests.budget import cases
from tests.factories import agreement_force as make_force
from tests.factories import agreements as make_draft
from tests.factories import amendments as make

TODAY = timezone.localdate()
START = TODAY - timedelta(days=make.BEFORE)
DAYS = [START + timedelta(days=n) for n in range(6)]


def lines_of(agreement: Agreement, day: date = TODAY) -> dict[str, Any]:
    return {line.key: line for line in text_of(agreement, day).lines}


def in_force(agreement: Agreement, day: date, *changes: Any) -> Amendment:
    amendment = make.begun(agreement)
    for act, args in changes:
        act(amendment, *args)
    return make.since(amendment, day)


@pytest.mark.parametrize("variant", "ABC")
def test_clauses_that_refer_have_no_blanks_so_that_their_references_are_found(variant: str) -> None:
    referring = [one for one in TEXTS[variant] if REFERENCE.search(one.text)]
    assert referring
    assert not any(BLANK.search(one.text) for one in referring)


@pytest.mark.usefixtures("in_partnership")
@pytest.mark.parametrize("variant", "ABC")
def test_without_changes_the_text_is_the_one_that_was_signed(variant: str) -> None:
    draft = make_draft.whole(variant, 2)
    make_draft.addition(draft, "after:1.2", "Własne postanowienie, zob. ((2.3)).")
    make_draft.addition(draft, "end", "Własny paragraf.", heading="Spory")
    agreement = make_force.between(draft, draft.parties.all(), START)
    signed = FrozenText(agreement)
    make.since(make.begun(agreement), START)
    text = text_of(agreement, TODAY)
    assert type(text) is not type(signed)
    assert kept(text.everything()) == kept(signed.everything())
    assert [(one.depth, one.number) for one in text.lines] == [
        (one.depth, one.number) for one in signed.lines
    ]


@pytest.mark.usefixtures("in_partnership")
def test_references_point_at_what_they_name_after_insertions() -> None:
    agreement = make.agreement()
    in_force(
        agreement,
        START,
        (make.added, ("after:2.1", "Nowy ustęp, zgodnie z [§ 2 ust. 4] i [§ 3].")),
        (make.added, ("after:2.1", "Drugi nowy ustęp.")),
        (make.reworded, ("2.6", "Patrz [§ 2 ust. 5].")),
    )
    lines = lines_of(agreement)
    assert lines["2.4"].name == "§ 2 ust. 6"
    assert "o których mowa w § 1 ust. 5" in lines["2.4"].text
    assert "wymienionych w § 2 ust. 6" in lines["1.5"].text
    assert "wymienionych w ust. 6" in lines["2.5"].text
    assert lines["2.6"].text == "Patrz ust. 7."
    new = [one for one in lines.values() if one.is_own]
    assert [(one.name, one.text) for one in new] == [
        ("§ 2 ust. 2", "Nowy ustęp, zgodnie z ust. 6 i § 3."),
        ("§ 2 ust. 3", "Drugi nowy ustęp."),
    ]
    assert not any(LOST in one.text for one in lines.values() if one.key in ("1.5", "2.4", "2.5"))


@pytest.mark.usefixtures("in_partnership")
def test_the_difference_shows_what_is_changed_and_not_what_follows_from_it() -> None:
    amendment = make.begun(make.agreement())
    make.added(amendment, "after:2.1", "Nowy ustęp.")
    make.reworded(amendment, "2.5", "Koszty, o których mowa w [§ 2 ust. 4], każdy ponosi sam.")
    make.removed(amendment, "2.6")
    said = [(one.name, one.how) for one in Texts.of(amendment).difference()]
    assert said == [("§ 2 ust. 2", "nowe"), ("§ 2 ust. 6", "zmienione"), ("§ 2 ust. 6", "usunięte")]


@pytest.mark.usefixtures("in_partnership")
def test_a_later_aneks_moves_the_references_of_an_earlier_one() -> None:
    agreement = make.agreement()
    in_force(agreement, DAYS[1], (make.reworded, ("2.6", "Zgodnie z [§ 2 ust. 4] pkt 1.")))
    in_force(agreement, DAYS[3], (make.added, ("after:2.2", "Nowy ustęp.")))
    assert [lines_of(agreement, day)["2.6"].text for day in (DAYS[0], DAYS[1], DAYS[3])][1:] == [
        "Zgodnie z ust. 4 pkt 1.",
        "Zgodnie z ust. 5 pkt 1.",
    ]
    marks = {one.mark for one in lines_of(agreement).values() if one.mark}
    assert [mark.split(" z ")[0] for mark in sorted(marks)] == [
        "dodano aneksem nr 2",
        "w brzmieniu aneksu nr 1",
    ]


@pytest.mark.usefixtures("in_partnership")
def test_an_own_clause_of_the_signed_text_cites_by_number_what_it_cited_then() -> None:
    draft = make_draft.whole("C", 2)
    said = "Koszty opisuje § 2 ust. 5, inaczej niż § 2 ust. 5 regulaminu i § 99."
    make_draft.addition(draft, "after:2.6", said)
    agreement = make_force.between(draft, draft.parties.all(), START)
    own = next(key for key, line in lines_of(agreement).items() if line.text == said)
    in_force(agreement, START, (make.added, ("after:2.1", "Nowy ustęp.")))
    line = lines_of(agreement)[own]
    moved = "Koszty opisuje § 2 ust. 6, inaczej niż § 2 ust. 5 regulaminu i § 99."
    assert (line.name, line.text) == ("§ 2 ust. 8", moved)
    amendment = make.begun(agreement)
    make.removed(amendment, "2.5")
    assert "§ 2 ust. 7 odsyła do § 2 ust. 6" in "; ".join(lacks(amendment, TODAY))


@pytest.mark.usefixtures("in_partnership")
def test_an_aneks_that_cites_without_brackets_refers_all_the_same() -> None:
    agreement = make.agreement()
    words = "Zob. § 2 ust. 4, a nie § 2 ust. 4 ustawy."
    in_force(agreement, DAYS[1], (make.reworded, ("1.3", words)))
    in_force(agreement, DAYS[3], (make.added, ("after:2.2", "Nowy ustęp.")))
    assert lines_of(agreement)["1.3"].text == "Zob. § 2 ust. 5, a nie § 2 ust. 4 ustawy."


@pytest.mark.usefixtures("in_partnership")
def test_a_clause_that_another_cites_can_not_go_alone() -> None:
    amendment = make.begun(make.agreement())
    make.removed(amendment, "2.4")
    said = "; ".join(lacks(amendment, TODAY))
    assert "§ 1 ust. 5 odsyła do § 2 ust. 4" in said
    make.reworded(amendment, "1.5", "Strony współdziałają.")
    text_of_costs = amendment.changes.create(kind="TEXT", clause="2.5", text="Koszty własne.")
    assert lacks(Amendment.objects.get(pk=amendment.pk), TODAY) == []
    text_of_costs.delete()
    assert "ust. 4 odsyła" in "; ".join(lacks(Amendment.objects.get(pk=amendment.pk), TODAY))


@pytest.mark.usefixtures("in_partnership")
def test_a_reference_to_what_is_not_there_is_refused_beside_its_field() -> None:
    amendment = make.begun(make.agreement())
    with pytest.raises(ValidationError, match=r"§ 2 ust\. 99") as wrong:
        make.reworded(amendment, "2.6", "Patrz [§ 2 ust. 99].")
    assert list(wrong.value.message_dict) == ["text"]
    assert not amendment.changes.exists()
    one = make.reworded(amendment, "2.6", "Patrz [§  2 ust. 4] i (art. 5) [x].")
    assert one.text == "Patrz ((2.4)) i (art. 5) [x]."
    assert (
        typed(one.text, named(text_before(amendment).lines)) == "Patrz [§ 2 ust. 4] i (art. 5) [x]."
    )


# --- Any day ------------------------------------------------------------------------------------

KINDS = st.tuples(st.sampled_from(["TEXT", "REMOVED", "ADDED"]), st.integers(0, 60))
ANEKSY = st.lists(
    st.tuples(st.integers(0, 5), st.lists(KINDS, min_size=1, max_size=4)), min_size=1, max_size=3
)
Kept = list[tuple[str, int, str]]  # key, depth, text of each clause


def tried(amendment: Amendment, kind: str, number: int) -> Any:
    """A change of what there is; nothing where a clause is changed twice."""
    text = text_before(amendment)
    said = f"Treść {amendment.pk} {number}"
    try:
        if kind == "ADDED":
            choices = list(places(text))
            return make.added(amendment, choices[number % len(choices)], said)
        keys = list(changeable(text))
        key = keys[number % len(keys)]
        return (
            make.reworded(amendment, key, said) if kind == "TEXT" else make.removed(amendment, key)
        )
    except ValidationError:
        return None


def block(rows: Kept, key: str) -> tuple[int, int]:
    """From where to where a clause stands with its points."""
    at = [one[0] for one in rows].index(key)
    end = at + 1
    while rows[at][1] == 1 and end < len(rows) and rows[end][1] == 2:
        end += 1
    return at, end


def folded(rows: Kept, amendment: Amendment) -> Kept:
    """What an aneks does, written plainly: additions where they belong, then texts, then what goes."""
    rows = list(rows)
    after: dict[str, int] = {}
    for one in [one for one in amendment.changes.all() if one.kind == "ADDED"]:
        kind, _, ref = one.place.partition(":")
        if kind == "end":
            rows += [(f"{one.clause}:heading", 0, ""), (one.clause, 1, one.text)]
        elif kind == "duty":
            rows.insert(block(rows, ref)[1], (one.clause, 2, one.text))
        else:
            after[ref] = after.get(ref, 0) + 1
            rows.insert(block(rows, ref)[1] + after[ref] - 1, (one.clause, 1, one.text))
    return rows


def finished(rows: Kept, amendment: Amendment) -> Kept:
    rows = folded(rows, amendment)
    for one in amendment.changes.all():
        if one.kind == "TEXT":
            rows = [
                (key, depth, one.text if key == one.clause else text) for key, depth, text in rows
            ]
        elif one.kind == "REMOVED" and one.clause in [row[0] for row in rows]:
            at, end = block(rows, one.clause)
            alone = rows[at - 1][0] == f"{one.clause}:heading"
            del rows[at - alone : end]
    return rows


def names_of(rows: Kept) -> list[str]:
    """The name of each clause, counted plainly; the only clause of an own paragraph has no number."""
    found, section, clause, point = [], 0, 0, 0
    for key, depth, _ in rows:
        if depth == 0:
            section, clause, point = section + 1, 0, 0
        elif depth == 1 and not any(key + ":heading" == row[0] for row in rows):
            clause, point = clause + 1, 0
        elif depth == 2:
            point += 1
        parts = (
            f"§ {section}",
            f" ust. {clause}" if clause else "",
            f" pkt {point}" if point else "",
        )
        found.append("".join(parts))
    return found


@settings(max_examples=cases(12), deadline=None)
@given(variant=st.sampled_from("ABC"), aneksy=ANEKSY)
def test_the_text_of_any_day_is_the_fold_of_the_aneksy_in_force_on_it(
    partnership: TenantRef, variant: str, aneksy: Any
) -> None:
    with inside(partnership), transaction.atomic():
        agreement = make.agreement(variant, 2, START)
        before = kept(FrozenText(agreement).everything())
        rows: Kept = [(x.key, x.depth, x.text) for x in FrozenText(agreement).paragraphs]
        texts: dict[date, Kept] = {START: rows}
        for day, kinds in sorted(aneksy, key=lambda one: one[0]):
            amendment = make.begun(agreement)
            for kind, number in kinds:
                tried(amendment, kind, number)
            rows = finished(rows, amendment)
            make.since(amendment, DAYS[day])
            texts[DAYS[day]] = rows
        for day in DAYS:
            compare(agreement, day, texts[max(since for since in texts if since <= day)])
        assert kept(FrozenText(agreement).everything()) == before
        transaction.set_rollback(True)


def bare(text: str) -> str:
    """Without what is computed: the sign at the end of a point, the numbers that are cited."""
    return re.sub(r"(§ \d+ )?ust\. \d+|…{3,}", "#", text).rstrip(".;")


def compare(agreement: Agreement, day: date, rows: Kept) -> None:
    lines = text_of(agreement, day).paragraphs
    assert [one.key for one in lines] == [key for key, _, _ in rows]
    assert [one.name for one in lines] == names_of(rows)
    assert [bare(one.text) for one in lines] == [bare(text) for _, _, text in rows]
    names = {one.key: one.name for one in lines}
    for line in lines:
        founding = next((one for one in TEXTS[agreement.variant] if one.ref == line.key), None)
        refs = REFERENCE.findall(founding.text) if founding and not line.mark else []
        here = " ".join(line.name.split()[:2])
        for ref in refs:
            assert names.get(ref, LOST).removeprefix(f"{here} ") in line.text
