"""Forms of meetings and their agenda (REG §2.2-2.5)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kooperacja.documents.forms import pdf_field
from kooperacja.ui.fields import DayField, Line, LongText, NumberField, TimeField, WebAddress
from kooperacja.ui.forms import FilterForm, KeyedForm, SeenForm, VersionedForm, any_of, give
from kooperacja.ui.polish import localtime
from tenants.meetings import times
from tenants.meetings.models.meetings import ItemKind, Meeting, MeetingMode
from tenants.meetings.places import Host
from tenants.meetings.workflow import MeetingState
from tenants.regulation.parameters import PlacePolicy
from tenants.teams.models import Terms
from tenants.teams.sides import LEAD

ELSEWHERE = "inne"
_PLACES = {MeetingMode.DIRECT: "place", MeetingMode.REMOTE: "link"}
_ASKED = {
    "place": "Podaj miejsce spotkania.",
    "link": "Podaj adres, pod którym zespół się połączy.",
    "starts": "Podaj godzinę początku.",
    "ends": "Podaj godzinę końca.",
    "closes_on": "Podaj dzień, do którego zespół może odpowiadać.",
}


class _Details(forms.Form):
    """How, when and where a team meets."""

    mode = forms.ChoiceField(
        label="Forma", widget=forms.RadioSelect, choices=MeetingMode.choices, initial="DIRECT"
    )
    day = DayField(label="Dzień", help_text="W turze e-mailowej: dzień, w którym się otwiera.")
    starts = TimeField(label="Początek", required=False, help_text="Na przykład 10:00.")
    ends = TimeField(
        label="Koniec",
        required=False,
        help_text="Jeśli spotkanie kończy się po północy, podaj godzinę następnego dnia.",
    )
    closes_on = DayField(
        label="Ostatni dzień tury e-mailowej",
        required=False,
        help_text="Wypełnij tylko wtedy, gdy zespół pracuje e-mailem.",
    )
    place = Line(
        label="Miejsce",
        max_length=300,
        required=False,
        help_text="Nazwa, adres, sala. Spotkanie zdalne i tura e-mailowa go nie mają.",
    )
    place_reason = Line(
        label="Dlaczego inne miejsce",
        max_length=300,
        required=False,
        help_text="Wypełnij, gdy miejsce jest inne, niż mówi regulamin (§ 2 ust. 4).",
    )
    link = WebAddress(
        label="Adres połączenia",
        max_length=500,
        required=False,
        help_text="Wypełnij, gdy zespół spotyka się zdalnie.",
    )

    fixed_place = ""
    rotates = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        mode = data.get("mode")
        is_email = mode == MeetingMode.EMAIL
        wanted = ["closes_on"] if is_email else ["starts", "ends"]
        if place := _PLACES.get(MeetingMode(mode)) if mode else None:
            wanted.append(place)
        for name in wanted:
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _ASKED[name])
        if not self.errors:
            self._fit_times(data)
            self._fit_place(data)
        return data

    def _fit_times(self, data: dict[str, Any]) -> None:
        """Turn the day and hours into moments."""
        try:
            if data["mode"] == MeetingMode.EMAIL:
                if data["closes_on"] < data["day"]:
                    self.add_error("closes_on", "Ostatni dzień jest wcześniej niż pierwszy.")
                    return
                both = times.whole_days(data["day"], data["closes_on"])
            else:
                both = times.span(data["day"], data["starts"], data["ends"])
        except ValidationError as wrong:
            is_end = times.comes(data["day"], data["starts"])
            self.add_error("ends" if is_end else "starts", wrong)
            return
        data["starts_at"], data["ends_at"] = both

    def _fit_place(self, data: dict[str, Any]) -> None:
        if data["mode"] != MeetingMode.DIRECT:
            data["place"] = data["place_reason"] = ""
        if data["mode"] != MeetingMode.REMOTE:
            data["link"] = ""
        is_other = self.fixed_place and data["place"] not in ("", self.fixed_place)
        if is_other and not data["place_reason"]:
            self.add_error(
                "place_reason",
                f"Regulamin mówi: {self.fixed_place}. Podaj, dlaczego spotkanie jest gdzie indziej.",
            )
        if not is_other and not self.rotates:
            data["place_reason"] = ""

    def details(self) -> dict[str, Any]:
        """The columns of the meeting."""
        names = ("mode", "starts_at", "ends_at", "place", "place_reason", "link")
        return {name: self.cleaned_data[name] for name in names}


class NewMeetingForm(_Details, KeyedForm):
    """A meeting to prepare; where the place rotates, at the partner whose turn it is."""

    MODEL = Meeting
    field_order = ("mode", "day", "starts", "ends", "closes_on", "host", "place", "place_reason")

    host = forms.ChoiceField(
        label="Gospodarz",
        required=False,
        help_text="Na początku stoi ten, czyja jest kolej (§ 2 ust. 4 regulaminu). Gdy wybierzesz "
        "kogoś innego, podaj powód; pominięty zachowuje kolej.",
    )

    def __init__(
        self, *args: Any, terms: Terms | None, hosts: list[Host] | None = None, **kwargs: Any
    ) -> None:
        self.hosts = {str(one.id or LEAD): one for one in hosts or ()}
        self.rotates = bool(self.hosts)
        self.turn = next(iter(self.hosts), "")
        self.fixed_place = terms.place if terms and not self.rotates else ""
        place = self.hosts[self.turn].place if self.rotates else self.fixed_place
        kwargs["initial"] = {"place": place, "host": self.turn}
        super().__init__(*args, **kwargs)
        if not self.rotates:
            del self.fields["host"]
            return
        names = [(key, one.name) for key, one in self.hosts.items()]
        give(self, "host", [*names, (ELSEWHERE, "nikt z Partnerów: inne miejsce")])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        chosen, turn = self.hosts.get(data.get("host") or ""), self.hosts.get(self.turn)
        if chosen and turn and data.get("place") in ("", turn.place):
            data["place"] = chosen.place
        data = super().clean()
        if self.rotates and data.get("mode") == MeetingMode.DIRECT and chosen != turn:
            assert turn is not None  # somebody's turn it is where the place rotates
            if not data.get("place_reason"):
                self.add_error(
                    "place_reason", f"Kolej na: {turn.name}. Podaj, dlaczego jest inaczej."
                )
        return data

    def values(self) -> dict[str, Any]:
        values = self.details()
        chosen = self.hosts.get(self.cleaned_data.get("host") or "")
        if chosen and values["mode"] == MeetingMode.DIRECT:
            values["host_id"] = chosen.id
        return {"key": self.cleaned_data["key"], "values": values}


class EditMeetingForm(_Details, VersionedForm):
    """A change of its time, form or place."""

    def __init__(self, *args: Any, meeting: Meeting, terms: Terms | None, **kwargs: Any) -> None:
        self.rotates = terms is not None and terms.place_policy == PlacePolicy.ROTATING
        self.fixed_place = terms.place if terms and not self.rotates else ""
        kwargs["initial"] = {"version": meeting.version, **shown(meeting)}
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        return {"version": self.cleaned_data["version"], "values": self.details()}

    def saved_now(self, current: Meeting) -> dict[str, Any]:
        return shown(current)


def shown(meeting: Meeting) -> dict[str, Any]:
    """A meeting by the names of the form's fields."""
    starts, ends = localtime(meeting.starts_at), localtime(meeting.ends_at)
    is_email = meeting.mode == MeetingMode.EMAIL
    return {
        "mode": meeting.mode,
        "day": starts.date(),
        "starts": None if is_email else starts.time(),
        "ends": None if is_email else ends.time(),
        "closes_on": times.day_before(ends) if is_email else None,
        "place": meeting.place,
        "place_reason": meeting.place_reason,
        "link": meeting.link,
    }


class PastMeetingForm(_Details, KeyedForm):
    """A meeting that took place outside the platform."""

    MODEL = Meeting
    reason = LongText(
        label="Dlaczego wpisujesz je po czasie",
        help_text="Na przykład: odbyło się, zanim ośrodek zaczął korzystać z platformy.",
    )
    file = pdf_field("Skan protokołu albo listy obecności (PDF)", required=False)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "key": data["key"],
            "reason": data["reason"],
            "upload": data["file"],
            "values": self.details(),
        }


class CancelForm(SeenForm):
    """The reason for which a meeting does not take place."""

    reason = LongText(
        label="Powód",
        help_text="Przeczytają go osoby, które widzą to spotkanie. Nie wpisuj danych rodzin.",
    )


class _Item(forms.Form):
    """An item of an agenda."""

    title = Line(label="Temat", max_length=300)
    kind = forms.ChoiceField(
        label="Rodzaj", widget=forms.RadioSelect, choices=ItemKind.choices, initial="DISCUSSION"
    )
    text = LongText(label="Opis", required=False, help_text="Nie wpisuj danych rodzin.")
    presenter = Line(label="Kto przedstawia", max_length=200, required=False)
    minutes = NumberField(label="Czas w minutach", required=False, min_value=1, max_value=600)


class NewItemForm(_Item, KeyedForm):
    """An item to add."""

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return {"key": values.pop("key"), "values": values}


class EditItemForm(_Item, VersionedForm):
    """A change of an item."""

    def __init__(self, *args: Any, item: Any, **kwargs: Any) -> None:
        values = {name: getattr(item, name) for name in _Item.base_fields}
        kwargs["initial"] = {"version": item.version, **values}
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return {"version": values.pop("version"), "values": values}

    def saved_now(self, current: Any) -> dict[str, Any]:
        return {name: getattr(current, name) for name in _Item.base_fields}


class MeetingsFilter(FilterForm):
    """The meetings of a list to show."""

    stan = any_of("Stan", "wszystkie", MeetingState.choices)
    forma = any_of("Forma", "wszystkie", MeetingMode.choices)
