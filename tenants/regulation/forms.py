"""Forms of the regulation, its change and the vote on it (REG §9)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from kooperacja.documents.forms import SignedFileForm, pdf_field
from kooperacja.ui.fields import DayField, Line, LongText, NumberField
from kooperacja.ui.forms import KeyedForm, RowForm, VersionedForm
from tenants.exchange.clauses import Clause
from tenants.partnership.rules import said_where
from tenants.regulation.actions.versions import Adoption
from tenants.regulation.models import Choice, RegulationBallot, RegulationVersion, SignedCopy
from tenants.regulation.parameters import ResignationEffect
from tenants.regulation.rules import CHECKLIST, PARAMETERS, removal_error
from tenants.regulation.text import blanks_of, from_edit, to_edit

_LONGEST_CLAUSE = 10_000
_SCAN = "Skan w PDF albo plik z podpisem elektronicznym, do 20 MB."


class ParametersForm(VersionedForm, RowForm):
    """The blanks of the framework regulation and what it leaves open."""

    meetings_count = NumberField(
        label="Spotkania nie rzadziej niż (liczba)",
        min_value=1,
        max_value=60,
        help_text="Na przykład 2 i „kwartał”: dwa razy na kwartał (§ 2 ust. 3 regulaminu).",
    )
    decision_days = NumberField(
        label="Ile dni ma Lider na decyzję o deklaracji",
        help_text="Po tym czasie platforma ostrzega; sama niczego nie rozstrzyga (§ 1 ust. 5).",
        min_value=1,
        max_value=365,
    )
    resignation_days = NumberField(
        label="Po ilu dniach skutkuje rezygnacja",
        required=False,
        min_value=0,
        max_value=365,
        help_text="Tylko gdy wybrano „po liczbie dni od wpływu”.",
    )
    guest_days = NumberField(
        label="Ile dni roboczych jest na sprzeciw wobec gości",
        help_text="Gdy goście mogą przyjść, jeśli nikt się nie sprzeciwi (§ 2 ust. 8).",
        min_value=1,
        max_value=365,
    )
    email_is_meeting = forms.TypedChoiceField(
        label="Sesja e-mailowa liczy się jako spotkanie",
        choices=[("True", "tak"), ("False", "nie")],
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
        help_text="§ 2 ust. 2 i 3 regulaminu",
    )

    class Meta:
        model = RegulationVersion
        fields = ("justification", *PARAMETERS)
        help_texts = {
            "justification": "Przeczytają je członkowie, zanim zagłosują (§ 9 regulaminu).",
            "place": "Potrzebny, gdy miejsce jest stałe (§ 2 ust. 4 regulaminu).",
            "minutes_approval": "Po czasie na uwagi; tak samo zatwierdza się sprostowania "
            "(§ 2 ust. 9). Inny wybór niż prowadzący będzie zapisany w regulaminie.",
            "voices_base": "Od ilu instytucji liczy się większość i wspólne stanowisko (§ 2 ust. "
            "7). Inny wybór niż obecni będzie zapisany w regulaminie.",
            "guest_consent": "Kiedy goście i konsultanci mogą wziąć udział (§ 2 ust. 8).",
            "resignation_effect": "Regulamin tego nie mówi; podstawą jest § 1 ust. 6.",
            "majority_base": "Od czego liczy się większość potrzebna do rozwiązania (§ 1 ust. 7).",
            "risk_notice": "§ 7 ust. 2 regulaminu",
        }
        widgets = {"justification": forms.Textarea({"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.amends_id is None:
            del self.fields["justification"]

    def clean_resignation_days(self) -> int:
        return self.cleaned_data["resignation_days"] or 0

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        is_after_days = data.get("resignation_effect") == ResignationEffect.DAYS_AFTER
        if is_after_days and data.get("resignation_days") == 0:
            self.add_error("resignation_days", "Podaj, po ilu dniach skutkuje rezygnacja.")
        return data


class PointsForm(VersionedForm, RowForm):
    """The six points of the footnote; each is obligatory once the version is adopted."""

    class Meta:
        model = RegulationVersion
        fields = CHECKLIST
        help_texts = {
            "common_goal": "Co partnerzy chcą razem osiągnąć.",
            "organisational_frame": "Kto za co odpowiada, jak często i gdzie się spotykacie.",
            "information_exchange": "Czym, jak często i o czym się informujecie.",
            "knowledge_exchange": "Szkolenia, dobre praktyki, wspólne materiały.",
            "decision_process": "Kto podejmuje decyzje i w jaki sposób.",
            "monitoring_rules": "Co sprawdzacie, kiedy i kto to robi.",
        }
        widgets = dict.fromkeys(CHECKLIST, forms.Textarea({"rows": 5}))


class ParagraphForm(VersionedForm):
    """The text of one paragraph or annex, a field for each clause; one left empty is taken out."""

    new = LongText(
        label="Nowy ustęp na końcu paragrafu",
        required=False,
        max_length=5000,
        rows=3,
        help_text="Zostaw puste, jeśli nic nie dochodzi.",
    )

    def __init__(self, *args: Any, version: RegulationVersion, part: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part, self.clauses = part, version.clauses
        clauses = (Clause(row["ref"], row["text"]) for row in self.clauses)
        self.own = [clause for clause in clauses if clause.part == part]
        for clause in self.own:
            self.fields[field_of(clause.ref)] = _clause_field(clause)
        if any(clause.is_annex for clause in self.own):
            del self.fields["new"]
        else:
            self.order_fields([*(name for name in self.fields if name != "new"), "new"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for clause in self.own:
            name = field_of(clause.ref)
            text = from_edit(data.get(name, ""))
            wrong = "" if text else self._removal_error(clause.ref)
            if name in data and wrong:
                self.add_error(name, wrong)
            elif name in data and blanks_of(text) != blanks_of(clause.text):
                self.add_error(name, _blanks_error(clause.text))
            data[name] = text
        if "new" in self.fields and blanks_of(data.get("new", "")):
            self.add_error("new", "W nowym ustępie nie może być pól w podwójnych nawiasach.")
        return data

    def values(self) -> dict[str, Any]:
        rows, last = [], None
        for row in self.clauses:
            text = self.cleaned_data.get(field_of(row["ref"]), row["text"])
            if text:
                rows.append({"ref": row["ref"], "text": text})
            if Clause(row["ref"], "").part == self.part:
                last = len(rows)
        if last is not None and (text := from_edit(self.cleaned_data.get("new", ""))):
            rows.insert(last, {"ref": f"{self.part}.{self._next_number()}", "text": text})
        return {"version": self.cleaned_data["version"], "values": {"clauses": rows}}

    def saved_now(self, current: RegulationVersion) -> dict[str, Any]:
        texts = {row["ref"]: to_edit(row["text"]) for row in current.clauses}
        return {field_of(clause.ref): texts.get(clause.ref, "") for clause in self.own}

    def _removal_error(self, ref: str) -> str:
        """The reason against leaving a clause empty; one that was not sent at all is no removal."""
        if self.add_prefix(field_of(ref)) not in self.data:
            return "Tego ustępu nie przesłano. Wczytaj stronę ponownie."
        every = [clause.ref for clause in self.own]
        emptied = [one for one in every if not self.cleaned_data.get(field_of(one), "").strip()]
        return removal_error(ref, emptied, every)

    def _next_number(self) -> int:
        numbers = [int(clause.ref.split(".")[1]) for clause in self.own if clause.depth]
        return max(numbers, default=0) + 1


def field_of(ref: str) -> str:
    """The name of the field that holds a clause."""
    return f"tekst_{ref.replace('.', '_')}"


def _clause_field(clause: Clause) -> Line:
    text = to_edit(clause.text)
    is_heading = clause.depth == 0 and not clause.is_annex
    rows = min(14, max(2, text.count("\n") + len(text) // 70 + 1))
    if is_heading:
        return Line(label=f"{clause.name}, tytuł", initial=text, max_length=200)
    # One that was longer before is no hindrance: another clause may be written, or this one shortened.
    most = max(_LONGEST_CLAUSE, len(text))
    return LongText(
        label=clause.name.capitalize(),
        initial=text,
        required=clause.is_annex,
        max_length=most,
        rows=rows,
    )


def _blanks_error(text: str) -> str:
    names = blanks_of(text)
    if not names:
        return "W tym miejscu regulaminu nie ma pól w podwójnych nawiasach."
    shown = ", ".join(to_edit(f"[[{name}]]") for name in names)
    return f"Zostaw w tekście pole {shown}: wpisuje się tam to, co ustawiono w parametrach."


class AdoptionForm(SignedFileForm):
    """Day and place of an adoption, and the day from which it is in force."""

    field_order = ["adopted_on", "adopted_place", "in_force_from", "file"]

    adopted_on = DayField(label="Data przyjęcia")
    adopted_place = Line(
        label="Miejsce przyjęcia (w czym?)",
        max_length=97,
        help_text="W miejscowniku, na przykład „Strzeleczkach”: przyjęty w Strzeleczkach.",
    )
    in_force_from = DayField(
        label="Obowiązuje od",
        help_text="Może to być dzień, który dopiero nadejdzie.",
    )
    file = pdf_field("Podpisany regulamin", _SCAN, required=False)

    def clean_adopted_place(self) -> str:
        return said_where(self.cleaned_data["adopted_place"])

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return {"adoption": Adoption(upload=values.pop("file"), **values)}


class FirstAdoptionForm(VersionedForm, AdoptionForm):
    """The adoption of the text that was read."""

    def values(self) -> dict[str, Any]:
        version = self.cleaned_data.pop("version")
        return {**super().values(), "version": version}


class SignedCopyForm(KeyedForm, SignedFileForm):
    """A signed copy of an adopted version."""

    MODEL = SignedCopy
    field_order = ["key", "file", "is_electronic"]

    file = pdf_field("Podpisany egzemplarz", _SCAN)

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return {"upload": values.pop("file"), **values}


_VOTING_DAYS = 14


class _VotingDaysForm(forms.Form):
    """The first and the last day of a voting; a meeting before today had its own."""

    voting_from = DayField(
        label="Głosowanie otwarto w dniu",
        initial=timezone.localdate,
        help_text="Dziś albo dzień spotkania, które już głosowało: kto był członkiem tego dnia, jest "
        "uprawniony, a głosy na piśmie wpiszesz z datami od tego dnia.",
    )
    voting_until = DayField(
        label="Głosowanie trwa do",
        initial=lambda: timezone.localdate() + timedelta(days=_VOTING_DAYS),
        help_text="Do końca tego dnia można oddać głos. Jeśli głosowano tylko na spotkaniu, wpisz "
        "jego dzień.",
    )


class OpenVotingForm(_VotingDaysForm, VersionedForm):
    """The days of a voting on the text that was read."""


class RepeatVotingForm(_VotingDaysForm, KeyedForm):
    """The days of a voting on a text that was voted on before."""

    MODEL = RegulationVersion


class LeaveResultForm(forms.Form):
    """The reason for which a result stands although votes turned out void."""

    reason = LongText(
        label="Powód",
        help_text="Na przykład: brakujące głosy zebrano ponownie na piśmie. Przeczytają go "
        "członkowie Partnerstwa.",
    )


class VoteForm(forms.Form):
    """The vote of an institution; a person who speaks for several says for which."""

    keeps_draft = False  # nobody keeps how somebody was about to vote

    ballot = forms.ModelChoiceField(
        RegulationBallot.objects.none(),
        label="W imieniu",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    choice = forms.ChoiceField(
        label="Głos",
        choices=Choice.choices,
        widget=forms.RadioSelect,
        help_text="Oddanego głosu nie można zmienić (§ 9 regulaminu).",
    )

    def __init__(
        self,
        *args: Any,
        ballots: Iterable[RegulationBallot],
        shown: Iterable[RegulationBallot],
        **kwargs: Any,
    ) -> None:
        """`shown` are those still to be cast; any other is judged by the action, which says who voted."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["ballot"]
        field.queryset = RegulationBallot.objects.filter(pk__in=[one.pk for one in ballots])
        field.choices = [(ballot.pk, ballot.name) for ballot in shown]
        if len(field.choices) == 1:
            field.initial = field.choices[0][0]

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        values["ballot_id"] = values.pop("ballot").pk
        return values


class PaperVoteForm(SignedFileForm, VoteForm):
    """A vote that was handed in in writing."""

    field_order = ["ballot", "choice", "cast_on", "file"]

    cast_on = DayField(label="Data głosu na piśmie")
    file = pdf_field("Głos na piśmie", _SCAN)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["ballot"]
        field.label, field.initial, field.widget = "Czyj głos", None, forms.Select()
        field.choices = [("", "wybierz z listy"), *field.choices]

    def values(self) -> dict[str, Any]:
        values = super().values()
        values["upload"] = values.pop("file")
        return values


class WithdrawalForm(forms.Form):
    """The reason for which a change is given up."""

    reason = LongText(label="Powód", help_text="Przeczytają go członkowie Partnerstwa.")
