"""The form of a type of service that is added (REG §3.2)."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from kooperacja.ui.fields import Line, LongText
from kooperacja.ui.forms import RowForm, give
from kooperacja.ui.polish import fold
from tenants.services.added import AREAS, AddedType, lines_of
from tenants.services.vocabulary import vocabulary

_LONGEST, _MOST = 60, 10
_FIELDS = ("name", "area", "broader", "about", "synonyms", "everyday")


class AddedTypeForm(RowForm):
    """A type that is added: its name, its place among the others, its words."""

    broader = forms.ChoiceField(
        label="Typ szerszy",
        required=False,
        help_text="Jeśli to część innego typu. Kto szuka szerszego, znajdzie też ten.",
    )
    about = Line(
        label="Na czym polega",
        max_length=200,
        help_text="Jedno zdanie, zwykłymi słowami.",
        widget=forms.Textarea({"rows": 2}),
    )
    synonyms = LongText(
        label="Inne nazwy",
        max_length=600,
        required=False,
        help_text="Każda w osobnym wierszu. Żadnej nie może mieć inny typ.",
    )
    everyday = LongText(
        label="Słowa potoczne",
        max_length=600,
        required=False,
        help_text="Słowa, którymi ludzie o to pytają, każde w osobnym wierszu. Nikt ich nie "
        "zobaczy, ale po nich znajdzie ten typ.",
    )

    class Meta:
        fields: ClassVar[tuple[str, ...]] = ("name", "area")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row: AddedType = self.instance
        initial = {
            name: getattr(row, name) for name in ("broader", "about", "synonyms", "everyday")
        }
        self.initial = {**initial, **self.initial}
        give(self, "area", [("", "wybierz z listy"), *AREAS])
        give(self, "broader", [("", "żaden"), *self._above(row)])
        self.order_fields(_FIELDS)

    @staticmethod
    def _above(row: AddedType) -> list[tuple[str, Any]]:
        """Types that may be above it: those in use, and the one that is."""
        grouped = vocabulary().choices(row.broader)
        return [(name, [one for one in below if one[0] != row.code]) for name, below in grouped]

    def clean_synonyms(self) -> str:
        return self._lines("synonyms")

    def clean_everyday(self) -> str:
        return self._lines("everyday")

    def _lines(self, field: str) -> str:
        lines = {fold(line): line for line in map(str.strip, self.cleaned_data[field].splitlines())}
        lines.pop("", None)
        if len(lines) > _MOST:
            raise ValidationError(f"Wpisz najwyżej {_MOST} wierszy.")
        if any(len(line) > _LONGEST for line in lines.values()):
            raise ValidationError(f"W jednym wierszu wpisz najwyżej {_LONGEST} znaków.")
        return "\n".join(lines.values())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if fold(data.get("name", "")) in map(fold, lines_of(data.get("synonyms", ""))):
            self.add_error("synonyms", "Nazwy typu nie trzeba powtarzać wśród innych nazw.")
        return data
