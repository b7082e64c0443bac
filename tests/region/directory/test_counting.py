"""Each further choice of the directory says how many services it leaves."""

from django.test import Client

from kooperacja.tenancy.ref import TenantRef
from tenants.services.terms import Group, Language
from tenants.services.vocabulary import type_of
from tests.region.directory.test_services_pages import AT, listed, names


def _choices(query: str, name: str) -> dict[str, str]:
    """What the filter offers in a facet, under no area: codes and words."""
    fields = Client().get(f"{AT}{query}").context["form"].fields
    offered: list[tuple[str, object]] = list(fields[name].choices)
    flat: dict[str, str] = {}
    for code, words in offered:
        flat |= {code: words} if isinstance(words, str) else dict(words)  # type: ignore[call-overload]
    return {code: words for code, words in flat.items() if code}


def test_each_further_choice_says_how_many_it_leaves_and_an_empty_one_is_not_offered(
    gmina: TenantRef,
) -> None:
    for kind, group in (
        ("psycholog", Group.YOUTH),
        ("psycholog", Group.ALL),
        ("logopeda", Group.YOUTH),
    ):
        listed(gmina, type_code=kind, groups=(group,), age_until=10 if kind == "logopeda" else None)
    assert _choices("", "rodzaj") == {
        "psycholog": "poradnictwo psychologiczne (2)",
        "logopeda": "terapia logopedyczna (1)",
    }
    groups = _choices("", "dla")
    assert (groups["YOUTH"], groups["SENIORS"]) == ("dzieci i młodzież (3)", "osoby starsze (1)")
    assert _choices("", "jezyk") == {"pl": "polski (3)"}
    ages = _choices("", "wiek")
    assert (ages["7"], ages["13"]) == ("7–12 lat (3)", "13–17 lat (2)")
    narrowed = _choices("?rodzaj=logopeda", "dla")
    assert narrowed.keys() == {"YOUTH"}
    # What was chosen may be changed for anything else.
    assert len(_choices("?rodzaj=logopeda", "rodzaj")) > 2
    assert len(_choices("?szukaj=hipopotam", "jezyk")) == len(Language.choices)


def test_a_chosen_area_leaves_its_types_alone(gmina: TenantRef) -> None:
    for kind in ("psycholog", "logopeda", "klub-seniora"):
        listed(gmina, type_code=kind)
    area = type_of("klub-seniora").area.code  # type: ignore[union-attr]
    assert _choices(f"?dziedzina={area}", "rodzaj") == {"klub-seniora": "klub seniora (1)"}
    assert names(rodzaj="klub-seniora", dziedzina=area) == ["Poradnia"]
