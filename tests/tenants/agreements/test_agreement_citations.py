"""Citations that people type follow their clauses, in every form, and those of other acts stay (POR)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kooperacja.audit.models import Entry
from kooperacja.ui.problems import Problem
from tenants.agreements.actions import additions, amended_clauses, duties
from tenants.agreements.actions.amendment_sending import lacks
from tenants.agreements.citations import LOST, followed, keyed, typed
from tenants.agreements.consolidated import text_of
from tenants.agreements.models import Agreement, AmendedClause, Amendment
from tenants.agreements.text import Text
from tests.factories import agreement_force as make_force
from tests.factories import agreements as make_draft
from tests.factories import amendments as make

TODAY = timezone.localdate()
START = TODAY - timedelta(days=make.BEFORE)
# A text in which a clause was put after § 2 ust. 1, and a point before § 2 ust. 4 pkt 1.
NOW = {
    "1": "§ 1",
    "1.5": "§ 1 ust. 5",
    "2": "§ 2",
    "2.1": "§ 2 ust. 1",
    **{f"2.{number}": f"§ 2 ust. {number + 1}" for number in range(2, 7)},
    **{f"2.4.{number}": f"§ 2 ust. 5 pkt {number + 1}" for number in range(1, 3)},
}
THEN = {
    **{f"§ 2 ust. {number}": f"2.{number}" for number in range(1, 7)},
    **{f"§ 2 ust. 4 pkt {number}": f"2.4.{number}" for number in range(1, 3)},
    "§ 1": "1",
    "§ 1 ust. 5": "1.5",
    "§ 2": "2",
}

FOLLOWING = {
    "§ 2 ust. 4": "§ 2 ust. 5",
    "§2 ust.4": "§2 ust.5",
    "§ 2 ust. 4 i 5": "§ 2 ust. 5 i 6",
    "§ 2 ust. 4, 5 i 6 oraz § 1 ust. 5": "§ 2 ust. 5, 6 i 7 oraz § 1 ust. 5",
    "§ 2 ust. 1–4": "§ 2 ust. 1–5",
    "§ 2 ust. 4 pkt 1 i 2": "§ 2 ust. 5 pkt 2 i 3",
    "§ 2 ust. 4 pkt 1 lub ust. 5": "§ 2 ust. 5 pkt 2 lub ust. 6",
    "§§ 1 i 2": "§§ 1 i 2",
    "ust. 3": "ust. 4",
    "ust. 3 pkt 1": "ust. 3 pkt 1",  # there is no such point
    "ust. 3 albo ust. 4": "ust. 4 albo ust. 5",
    "ust. 3 i 5 dni": "ust. 4 i 5 dni",
    "§ 9 ust. 4": "§ 9 ust. 4",
}


@pytest.mark.parametrize(("was", "now"), FOLLOWING.items(), ids=FOLLOWING)
def test_a_citation_follows_and_the_words_around_it_stay(was: str, now: str) -> None:
    assert followed(f"Zob. {was}.", THEN, "§ 2 ust. 6", NOW) == f"Zob. {now}."


OF_OTHERS = (
    *("§ 2 ust. 4 ustawy", "§ 2 ust. 4 i 5 regulaminu", "ust. 3 rozporządzenia", "§ 2 ust. 4a"),
    *("art. 28 ust. 3 RODO", "art. 6 ust. 1 i 4 umowy", "§ 2 ust. 4 lit. a", "ust. 3 RODO"),
    *("§ 1 załącznika nr 2", "§ 2 ust. 4 oraz § 1 statutu", "art. 9 ust. 3"),
    *("§ 2 ust. 4 wyżej wymienionej ustawy", "ust. 3 ww. uchwały", "art. 5 § 2 kodeksu"),
)


@pytest.mark.parametrize("words", OF_OTHERS)
def test_a_citation_of_another_act_stays(words: str) -> None:
    assert followed(f"Zgodnie z {words}.", THEN, "§ 2 ust. 6", NOW) == f"Zgodnie z {words}."
    assert keyed(f"Zgodnie z {words}.", THEN, "§ 2 ust. 6")[0] == f"Zgodnie z {words}."


def test_outside_a_paragraph_a_clause_alone_is_nobodys() -> None:
    assert followed("Zob. ust. 3.", THEN, "", NOW) == "Zob. ust. 3."


def test_what_is_cited_and_gone_shows_dots() -> None:
    assert (
        followed("Zob. ust. 3 i 4.", THEN, "§ 2", {"2.4": "§ 2 ust. 3"}) == f"Zob. ust. {LOST} i 3."
    )


def test_an_aneks_keeps_what_it_cites_as_clauses() -> None:
    kept, wrong = keyed("Patrz [§ 2 ust. 4], ust. 3 i 5 oraz [§ 7].", THEN, "§ 2 ust. 6")
    assert kept == "Patrz ((2.4)), ((2.3)) i ((2.5)) oraz ((§ 7))."
    assert wrong == ["§ 7"]
    assert keyed("Zob. ust. 3.", THEN)[0] == "Zob. ust. 3."
    assert typed("Zob. ((2.3)).", {"2.3": "§ 2 ust. 3"}) == "Zob. [§ 2 ust. 3]."


# --- In agreements ------------------------------------------------------------------------------


def lines_of(agreement: Agreement, day: Any = TODAY) -> dict[str, str]:
    return {line.key: line.text for line in text_of(agreement, day).lines}


def moved(agreement: Agreement, day: Any) -> Amendment:
    """An aneks that puts a clause after § 2 ust. 1."""
    amendment = make.begun(agreement)
    make.added(amendment, "after:2.1", "Nowy ustęp.")
    return make.since(amendment, day)


@pytest.mark.usefixtures("in_partnership")
def test_an_old_aneks_reads_as_it_was_signed_until_a_later_one_moves_what_it_cites() -> None:
    agreement = make.agreement()
    said = "Zob. § 2 ust. 4 i 5 oraz ust. 3, a nie ust. 3 ustawy."
    amendment = make.begun(agreement)
    one = make.reworded(amendment, "2.6", "Treść.")
    # As the release before kept it, when it took such citations for words like others.
    AmendedClause.objects.filter(pk=one.pk).update(text=said)
    first, second = START + timedelta(days=1), START + timedelta(days=3)
    make.since(amendment, first)
    moved(agreement, second)
    assert lines_of(agreement, first)["2.6"] == said
    assert lines_of(agreement, second)["2.6"] == (
        "Zob. § 2 ust. 5 i 6 oraz ust. 4, a nie ust. 3 ustawy."
    )
    later = make.begun(agreement)
    make.removed(later, "2.5")
    assert "§ 2 ust. 6 odsyła do § 2 ust. 6" in "; ".join(lacks(later, TODAY))


@pytest.mark.usefixtures("in_partnership")
def test_an_aneks_may_cite_a_clause_that_it_adds_itself() -> None:
    agreement = make.agreement()
    amendment = make.begun(agreement)
    make.added(amendment, "after:2.6", "Własny ustęp.")
    make.reworded(amendment, "1.3", "Zob. § 2 ust. 7.")
    make.since(amendment, START + timedelta(days=1))
    moved(agreement, START + timedelta(days=2))
    assert lines_of(agreement, START + timedelta(days=1))["1.3"] == "Zob. § 2 ust. 7."
    assert lines_of(agreement)["1.3"] == "Zob. § 2 ust. 8."


@pytest.mark.usefixtures("in_partnership")
def test_the_journal_names_what_a_change_of_an_aneks_cites() -> None:
    amendment = make.begun(make.agreement())
    one = make.reworded(amendment, "2.6", "Zob. ust. 3.")
    said = {"clause_id": one.pk, "version": one.version}
    values = {"clause": "2.6", "text": "Zob. § 1 ust. 5 i § 2."}
    amended_clauses.edit(by=make_draft.by(), **said, values=values)
    entry = Entry.objects.get(verb="AMENDMENT_CHANGE_EDITED")
    assert entry.data == {"text": ["Zob. [§ 2 ust. 3].", "Zob. [§ 1 ust. 5] i [§ 2]."]}


@pytest.mark.usefixtures("in_partnership")
def test_an_own_clause_that_was_signed_follows_in_any_form() -> None:
    draft = make_draft.whole("C", 2)
    said = "Koszty opisuje ust. 4 i 5, a tajemnicę § 3 ust. 6."
    make_draft.addition(draft, "after:2.6", said)
    agreement = make_force.between(draft, draft.parties.all(), START)
    assert said in lines_of(agreement).values()
    moved(agreement, START)
    assert "Koszty opisuje ust. 5 i 6, a tajemnicę § 3 ust. 6." in lines_of(agreement).values()


def own_texts(draft: Agreement) -> dict[str, str]:
    """What was added to a draft, each by its number of now."""
    return {line.name: line.text for line in Text(draft).lines if line.is_own}


@pytest.mark.usefixtures("in_partnership")
def test_in_a_draft_what_was_added_before_cites_the_same_clauses_after_another_addition() -> None:
    draft = make_draft.whole("C", 2)
    make_draft.addition(
        draft, "after:2.6", "Zob. § 2 ust. 5, ust. 4 i 5 inaczej niż § 2 ust. 5 statutu."
    )
    other = make_draft.addition(draft, "after:2.1", "Zgodnie z § 2 ust. 7 i § 1 ust. 5.")
    assert own_texts(draft) == {
        "§ 2 ust. 2": "Zgodnie z § 2 ust. 8 i § 1 ust. 5.",
        "§ 2 ust. 8": "Zob. § 2 ust. 6, ust. 5 i 6 inaczej niż § 2 ust. 5 statutu.",
    }
    journal = Entry.objects.filter(verb="AGREEMENT_ADDITION_EDITED")
    assert journal.count() == 1
    values = {"place": "end", "heading": "", "text": "Zgodnie z ust. 3 i § 2 ust. 8."}
    additions.edit(by=make_draft.by(), addition_id=other.pk, version=other.version, values=values)
    assert own_texts(draft) == {
        "§ 2 ust. 7": "Zob. § 2 ust. 5, ust. 4 i 5 inaczej niż § 2 ust. 5 statutu.",
        "§ 5": "Zgodnie z ust. 3 i § 2 ust. 7.",
    }


@pytest.mark.usefixtures("in_partnership")
def test_what_another_clause_cites_stays_in_the_draft_until_it_does_not() -> None:
    draft = make_draft.whole("C", 2)
    cited = make_draft.addition(draft, "after:2.1", "Własny ustęp.")
    citing = make_draft.addition(draft, "after:2.6", "Zob. § 2 ust. 2 i 3.")
    said = {"by": make_draft.by(), "addition_id": cited.pk, "version": cited.version}
    with pytest.raises(Problem, match="odsyła inne") as told:
        additions.remove(**said)
    assert "§ 2 ust. 8" in told.value.explanation
    assert own_texts(draft)["§ 2 ust. 2"] == "Własny ustęp."
    values = {"place": "after:2.6", "heading": "", "text": "Zob. § 2 ust. 3."}
    additions.edit(by=make_draft.by(), addition_id=citing.pk, version=0, values=values)
    additions.remove(**said)
    assert own_texts(draft) == {"§ 2 ust. 7": "Zob. § 2 ust. 2."}


@pytest.mark.usefixtures("in_partnership")
def test_the_arrangement_of_a_duty_names_clauses_as_the_text_does() -> None:
    agreement = make.of_organisations()
    amendment = make.begun(agreement)
    place, due = "duty:2.4", TODAY + timedelta(days=40)
    said = {"place": place, "heading": "", "text": "koszty z ust. 5", "due_on": due, "party": None}
    change = make.change(amendment, "ADDED", **said)
    make.added(amendment, "after:2.1", "Nowy ustęp.")
    make.all_signed(make.sent(amendment))
    duties.arrange(make_draft.by(), agreement)
    change.refresh_from_db()
    assert change.arrangement is not None
    assert change.text == "koszty z ((2.5))"
    assert str(change.arrangement.text) == "koszty z § 2 ust. 6"
