"""Forms of the data of the office and of the accessibility of its pages (REG §1.3.b)."""

from collections.abc import Callable
from typing import Any

from django import forms

from kooperacja.ui.forms import RowForm, VersionedForm
from kooperacja.ui.polish import quoted
from tenants.partnership import rules
from tenants.partnership.models import AccessibilityStatement, Partnership

# Each name that is declined, and its forms: how they are proposed.
_FORMS: dict[str, dict[str, Callable[[str], str]]] = {
    "lead_name": {
        "lead_locative": rules.locative_of_office,
        "lead_genitive": rules.genitive_of_office,
    },
    "area": {"area_locative": rules.locative_of_area, "area_genitive": rules.genitive_of_area},
}
_LEFT_EMPTY = "Zostaw puste, a wpiszemy tę formę sami."


class PartnershipForm(VersionedForm, RowForm):
    """The Lider, the area and whom to ask about data; every page and paper takes them from here."""

    class Meta:
        model = Partnership
        fields = (
            *("lead_name", "lead_locative", "lead_genitive", "lead_address"),
            *("area", "area_locative", "area_genitive", "contact_email", "contact_phone"),
            *("dpo_name", "dpo_email", "dpo_phone", "papers_kept"),
        )
        labels = {
            "lead_locative": "Nazwa ośrodka w miejscowniku (w czym?)",
            "lead_genitive": "Nazwa ośrodka w dopełniaczu (kogo, czego?)",
            "area_locative": "Obszar w miejscowniku (w czym?)",
            "area_genitive": "Obszar w dopełniaczu (kogo, czego?)",
            "dpo_name": "Inspektor ochrony danych: imię i nazwisko",
            "dpo_email": "Inspektor ochrony danych: adres e-mail",
            "dpo_phone": "Inspektor ochrony danych: telefon",
        }
        help_texts = {
            "lead_name": "Jak w statucie, na przykład „Ośrodek Pomocy Społecznej w Gogolinie”.",
            "lead_locative": f"Na przykład „Ośrodku Pomocy Społecznej w Gogolinie”. {_LEFT_EMPTY}",
            "lead_genitive": f"Na przykład „Ośrodka Pomocy Społecznej w Gogolinie”. {_LEFT_EMPTY}",
            "area": "W mianowniku, na przykład „Gmina Gogolin”.",
            "area_locative": f"Tak, jak ma stać po „w”: „gminie Gogolin”. {_LEFT_EMPTY}",
            "area_genitive": f"Tak, jak ma stać po „obszar”: „gminy Gogolin”. {_LEFT_EMPTY}",
            "contact_email": "Zobaczy go każdy na publicznej stronie Partnerstwa, a ROPS w swoim "
            "panelu.",
            "contact_phone": "Numer ośrodka, nie prywatny. Zobaczy go każdy na publicznej stronie "
            "Partnerstwa, a ROPS zadzwoni pod niego, gdy coś trzeba będzie wyjaśnić.",
            "dpo_name": "Dane inspektora stoją w każdej informacji o danych osobowych.",
            "papers_kept": "Stanie w informacji o danych po „Dane przechowuje się”, na przykład: "
            "„przez czas członkostwa i 10 lat po jego ustaniu (kategoria B10)”. Puste pole: zapis o "
            "wykazie akt ośrodka.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.official_name:
            self.initial["lead_name"] = ""
        self.was = {name: getattr(self.instance, name) for name in self.Meta.fields}

    def clean_area(self) -> str:
        area = str(self.cleaned_data["area"])
        if area.lower().startswith(("gminie ", "gminy ", "powiecie ", "powiatu ", "mieście ")):
            raise forms.ValidationError("Wpisz nazwę w mianowniku, na przykład „Gmina Gogolin”.")
        return area

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name, cases in _FORMS.items():
            for form, proposed in cases.items():
                if name in data and form in data:
                    data[form] = self._in_case(name, form, proposed)
        return data

    def _in_case(self, name: str, form: str, proposed: Callable[[str], str]) -> str:
        """A form of a name: as written, or as proposed where it is empty or of the former name."""
        written, proposal = str(self.cleaned_data[form]), proposed(self.cleaned_data[name])
        is_of_former = self.cleaned_data[name] != self.was[name] and written == self.was[form]
        if written and not is_of_former:
            return written
        if written and written not in {proposal, proposed(self.was[name])}:
            hint = f" Proponujemy: {quoted(proposal)}." if proposal else ""
            self.add_error(form, f"Nazwa się zmieniła. Popraw też tę formę.{hint}")
        elif not proposal:
            self.add_error(form, "Tej nazwy nie umiemy odmienić. Wpisz tę formę.")
        return proposal


class AccessibilityForm(VersionedForm, RowForm):
    """The declaration of the accessibility of the tenant's pages."""

    class Meta:
        model = AccessibilityStatement
        fields = (
            "contact_name",
            "contact_email",
            "contact_phone",
            "published_on",
            "updated_on",
            "prepared_on",
            "reviewed_on",
            "conformity",
            "known_issues",
            "architecture",
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        prepared, reviewed = data.get("prepared_on"), data.get("reviewed_on")
        if prepared and reviewed and reviewed < prepared:
            self.add_error("reviewed_on", "Przegląd nie mógł być przed sporządzeniem deklaracji.")
        published, updated = data.get("published_on"), data.get("updated_on")
        if published and updated and updated < published:
            self.add_error("updated_on", "Aktualizacja nie mogła być przed publikacją strony.")
        return data
