"""The comparisons of a version's texts are kept with it, and no look at them compares again."""

from typing import Any

import pytest
from uuid6 import uuid7

from kooperacja.audit.actor import named
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui import difference
from tenants.exchange.actions import publish_template
from tenants.exchange.clauses import framework
from tenants.people.models import Person
from tenants.registry.roles import Role
from tenants.regulation import changes
from tenants.regulation.actions import amendments, template, versions
from tenants.regulation.models import RegulationVersion
from tests.factories import people as make

AT = "/gmina/gogolin/partnerstwo/regulamin/"


def reworded(version: RegulationVersion, **texts: str) -> list[dict[str, str]]:
    own = {row["ref"]: row["text"] for row in version.clauses}
    own |= {f"2.{name.removeprefix('c')}": text for name, text in texts.items()}
    return [{"ref": ref, "text": text} for ref, text in own.items()]


def edited(lead: Person, draft: RegulationVersion, **texts: str) -> RegulationVersion:
    return versions.edit_regulation(
        by=make.by(lead),
        regulation_id=draft.pk,
        version=draft.version,
        values={"clauses": reworded(draft, **texts)},
    )


def _main_of(answer: Any) -> str:
    """What the page says; the form in its header has another token each time."""
    return str(answer.content.decode().partition("<main")[2].partition("</main>")[0])


@pytest.fixture
def draft(lead: Person) -> RegulationVersion:
    return amendments.open_amendment(by=make.by(lead), key=uuid7())


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The pairs of texts that are compared from now on."""
    compared: list[tuple[str, str]] = []

    def counted(before: str, after: str) -> Any:
        compared.append((before, after))
        return real(before, after)

    real = difference.compared
    for module in (difference, changes):
        monkeypatch.setattr(module, "compared", counted)
    return compared


def test_two_texts_are_compared_when_one_is_written_and_at_no_look(
    in_partnership: TenantRef, lead: Person, draft: RegulationVersion, times: list[tuple[str, str]]
) -> None:
    draft = edited(lead, draft, c7="Nowe brzmienie.")
    draft = edited(lead, draft, c9="Jeszcze inne.")
    assert [after for _, after in times] == ["Nowe brzmienie.", "Jeszcze inne."]
    client, _ = make.signed_in(in_partnership, Role.NETWORK_OFFICER)
    for _ in range(2):
        page = client.get(f"{AT}{draft.pk}/roznice/").content.decode()
        assert "Nowe brzmienie." in page
        assert "Jeszcze inne." in page
    assert len(times) == 2


def test_the_regions_wording_is_compared_when_a_draft_is_written(
    in_partnership: TenantRef, lead: Person, draft: RegulationVersion, times: list[tuple[str, str]]
) -> None:
    rows = [one | ({"text": "Wzór."} if one["ref"] == "2.7" else {}) for one in framework()]
    publish_template(by=named("ROPS"), clauses=rows, note="Nowe.", after=0)
    draft = edited(lead, draft, c9="Inaczej.")
    assert len(times) == 3
    client, _ = make.signed_in(in_partnership, Role.NETWORK_OFFICER)
    assert "Wzór." in client.get(f"{AT}wzor/").content.decode()
    template.take_over_clauses(by=make.by(lead), key=uuid7(), number=1, refs=["2.7"])
    assert "Wzór." in client.get(f"{AT}{draft.pk}/roznice/").content.decode()
    assert len(times) == 3


def test_what_is_kept_are_numbers_and_only_of_texts_that_are_shown(
    lead: Person, draft: RegulationVersion
) -> None:
    long = " ".join(f"słowo{number}" for number in range(600))
    draft = edited(lead, draft, c7="Pierwsze.")
    draft = edited(lead, draft, c7=long, c9="Krótkie.")
    draft.refresh_from_db()
    assert len(draft.differences) == 2
    for unit, lengths in draft.differences.values():
        assert unit in {difference.BY_WORDS, difference.BY_PARAGRAPHS, difference.WHOLE}
        assert len(lengths) <= 2 * difference.MOST_CHANGES + 1
        assert all(isinstance(number, int) for pair in lengths for number in pair)


def test_a_version_from_before_is_shown_all_the_same(
    in_partnership: TenantRef, lead: Person, draft: RegulationVersion
) -> None:
    draft = edited(lead, draft, c7="Nowe brzmienie.")
    client, _ = make.signed_in(in_partnership, Role.NETWORK_OFFICER)
    page = _main_of(client.get(f"{AT}{draft.pk}/roznice/"))
    RegulationVersion.objects.filter(pk=draft.pk).update(differences={})
    assert _main_of(client.get(f"{AT}{draft.pk}/roznice/")) == page
    assert RegulationVersion.objects.get(pk=draft.pk).differences == {}
