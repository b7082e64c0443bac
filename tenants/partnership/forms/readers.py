"""Forms of workers whom a kooperant lets in to read the basket (REG §3.4)."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kooperacja.ui.fields import EmailField, Line, LongText, SearchField
from kooperacja.ui.forms import SearchForm, give
from tenants.partnership import rules
from tenants.partnership.actions.readers import Named
from tenants.people.models import Post

MOST = 50
_NAME, _EMAIL = Line(max_length=200), EmailField()


class ReadersForm(forms.Form):
    """Workers to let in: `staff` of the register to tick, others one a line; all that is wrong is said."""

    known = forms.MultipleChoiceField(
        label="Z rejestru tej instytucji",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Mają tu funkcję i własny adres, a koszyka jeszcze nie czytają.",
    )
    people = LongText(
        label="Kogo wpuścić",
        help_text="Każda osoba w osobnym wierszu: imię i nazwisko, a po przecinku jej własny adres "
        f"e-mail, na przykład „Anna Przykładowa, anna@example.pl”. Najwyżej {MOST} naraz.",
        max_length=10_000,
        rows=6,
    )

    def __init__(self, *args: Any, staff: Iterable[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = {str(post.person_id): post for post in staff}
        self.fields["people"].required = not self.staff
        give(self, "known", [(pk, str(post)) for pk, post in self.staff.items()])
        if self.staff:
            self.fields["people"].label = "Kogo jeszcze wpuścić"
        else:
            del self.fields["known"]

    def clean_people(self) -> list[Named]:
        text = str(self.cleaned_data["people"])
        lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
        if len(lines) > MOST:
            raise ValidationError(f"To więcej niż {MOST} osób. Wpisz resztę w drugim podejściu.")
        people, wrong = [], []
        for number, line in lines:
            try:
                people.append(Named(number, *_cleaned(line)))
            except ValidationError as refused:
                wrong.append(f"Wiersz {number} ({line}): {' '.join(refused.messages)}")
        if wrong:
            raise ValidationError(wrong)
        return people

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not data["people"] and not data["known"]:
            self.add_error("people", "Wpisz albo zaznacz choć jedną osobę.")
        return data

    def values(self) -> dict[str, Any]:
        people = (self.staff[pk].person for pk in self.cleaned_data.get("known", ()))
        ticked = [Named(0, person.full_name, person.email) for person in people]
        return {"people": [*ticked, *self.cleaned_data["people"]]}


def _cleaned(line: str) -> Iterator[str]:
    name, address = rules.name_and_address(line)
    if not name or not address:
        raise ValidationError("Wpisz imię i nazwisko, a po przecinku adres e-mail.")
    yield str(_NAME.clean(name))
    yield str(_EMAIL.clean(address))


class ReadersFilter(SearchForm):
    """The readers to show; people are not searched for by name in an address."""

    szukaj = SearchField("Instytucja")
