"""Copies of an agreement that is signed on paper: how many, and where each goes (POR preamble)."""

from kooperacja.ui.polish import NBSP, counted

ROUND, COUNTERPARTS = "ROUND", "COUNTERPARTS"
MOST = 200


def usual(parties: int) -> int:
    """One for each party, if nobody says otherwise."""
    return parties


def wrong(copies: str, count: int, parties: int) -> str:
    """The words for a number of copies that can't be, or ""."""
    if copies == COUNTERPARTS and count != parties:
        return (
            "Gdy każda Strona podpisuje własny egzemplarz, jest ich tyle, ile Stron "
            f"({parties}). Zostaw to pole puste."
        )
    if count < parties:
        return f"Każda Strona dostaje egzemplarz, więc potrzeba ich co najmniej {parties}."
    return ""


def number_said(position: int) -> str:
    """The copy that a party keeps."""
    return f"nr{NBSP}{position}"


def said(copies: str, count: int, parties: int, office: str) -> str:
    """How the copies go, and where each is kept in the end."""
    if copies == COUNTERPARTS:
        return (
            "Każda Strona podpisuje własny egzemplarz, o swoim numerze, zostawia go u siebie, "
            f"a jego skan przekazuje ośrodkowi ({office})."
        )
    whole = counted(count, "egzemplarz", "egzemplarze", "egzemplarzy")
    way = (
        f"Jeden komplet ({whole}) krąży między Stronami w kolejności ich numerów: każda podpisuje "
        f"wszystkie i przekazuje komplet następnej, ostatnia ośrodkowi ({office}). Potem każda Strona "
        "dostaje egzemplarz o swoim numerze"
    )
    return f"{way}{_rest(count, parties)}."


def _rest(count: int, parties: int) -> str:
    """The copies that no party gets stay in the office."""
    if count == parties:
        return ""
    if count == parties + 1:
        return f", a egzemplarz nr{NBSP}{count} zostaje w ośrodku"
    return f", a egzemplarze od nr{NBSP}{parties + 1} do nr{NBSP}{count} zostają w ośrodku"
