"""Each act that can't be undone is looked at once more: its page says so before the button."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.declared import Page, every
from tests.place import Place
from tests.tenants.reading import text_of

# What it does, its page, and what that page says.
ACTS = {
    "acceptance": ("accession:declaration_accept", "Przyjęcia nie można cofnąć."),
    "refusal": ("accession:declaration_refuse", "Odmowy nie można cofnąć"),
    "resignation": ("accession:resignation_new", "Rezygnacji nie można cofnąć."),
    "a view withheld": ("accession:view_withhold", "Tego nie można cofnąć."),
}
# Asked in another state than that of the rows of the place: where the words stand.
ELSEWHERE = {
    "adoption": ("tenants/regulation/views/versions.py", "Przyjęcia nie można cofnąć."),
    "the close of a vote": ("tenants/regulation/views/amendments.py", "question("),
    "dissolution": ("templates/accession/dissolution.html", "Rozwiązania nie można cofnąć."),
    "striking": ("tenants/people/views/mending.py", "Tego kroku nie można cofnąć."),
    "a merge past its term": ("templates/people/merge.html", "cofnąć go nie można."),
}


@pytest.mark.parametrize("act", ACTS)
def test_its_page_says_so_before_the_button(place: Place, act: str) -> None:
    name, words = ACTS[act]
    page = next(page for page in every(Page) if page.name == name)
    answer = place.clients["L"].get(place.address(page))
    said, _, _ = text_of(answer).partition("</main>")
    assert answer.status_code == 200
    assert words in said
    assert said.index(words) < said.rindex('type="submit"')


@pytest.mark.parametrize("act", ELSEWHERE)
def test_its_page_says_so_where_it_is_asked(act: str) -> None:
    file, words = ELSEWHERE[act]
    assert words in (Path(settings.ROOT) / file).read_text()
