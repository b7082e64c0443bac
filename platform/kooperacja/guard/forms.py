"""Forms whose texts go to everybody: what looks like personal data is shown before it is sent."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.files.uploadedfile import UploadedFile
from django.utils.crypto import salted_hmac

from kooperacja.guard.checking import Checked, address_of_page, check, name_of_file
from kooperacja.guard.kinds import Finding, Kind
from kooperacja.ui.fields import Line, LongText, WebAddress
from kooperacja.ui.forms import GUARDED
from kooperacja.ui.polish import counted, quoted

REASON, SEEN = "guard_reason", "guard_seen"
_MOST = 10  # findings told of one field
_SAID = {
    "PESEL": "wygląda na numer PESEL",
    "PHONE": "wygląda na numer telefonu",
    "EMAIL": "wygląda na adres e-mail",
    "ADDRESS": "wygląda na adres",
    "NAME": "wygląda na imię i nazwisko",
    "SURNAME": "wygląda na nazwisko rodziny albo osoby",
}
# As it is written of people: "Dom Dziecka" and "Rodzina Kolpingowska" are institutions.
_OF_FAMILY = re.compile(
    r"(?:(?:jej|jego|ich|pani|pana|ta|ten|nasza|nasz) )?(?:matka|mama|ojciec|tata|rodzic|rodzice|"
    r"rodzeństwo|brat|siostra|syn|córka|dziecko|dzieci|babcia|dziadek|dziadkowie|wnuk|wnuczka|"
    r"mąż|żona|konkubent|konkubina|ojczym|macocha|ciocia|wujek|teść|teściowa|"
    r"rodzina|klient|klientka|podopieczny|podopieczna|uczeń|uczennica|sąsiad|sąsiadka|"
    r"pacjent|pacjentka|mieszkaniec|mieszkanka)\b"
)
_IN_REASON = "Powód zostaje w dzienniku na zawsze: napisz go bez danych osobowych."
_BLOCKED_FIRST = (
    "Najpierw usuń to, czego nie można wysłać. O resztę zapytamy potem: będzie można ją usunąć "
    "albo napisać, dlaczego mimo to ją wysyłasz."
)
_NO_REASON = (
    "Napisz, dlaczego wysyłasz te dane, albo usuń je z tekstu. Powód zapiszemy w dzienniku."
)


class GuardedForm(forms.Form):
    """A form whose texts are looked at before they go to everybody.

    What looks like personal data is an error beside its field. Where the office only warns, a
    reason lets it pass, and `values_of(form)` has it as `guard_reason` (empty where nothing was
    found), which the action hands to the journal. `UNGUARDED` names texts that nobody but the
    office reads, `TAKING_PART` those that say who took part in a talk, a line each: a name with
    an institution behind it is what they ask for.
    """

    UNGUARDED: ClassVar[frozenset[str]] = frozenset()
    TAKING_PART: ClassVar[frozenset[str]] = frozenset()

    guard_reason = LongText(
        keeps_draft=False,
        label="Dlaczego mimo to wysyłasz",
        required=False,
        max_length=500,
        rows=2,
        help_text="Na przykład: to dane osoby publicznej. Zapiszemy w dzienniku sam powód, bez "
        "tekstu i bez tego, co w nim znaleziono. Nie wpisuj tu danych rodzin.",
    )
    guard_seen = Line(required=False, max_length=64, widget=forms.HiddenInput, keeps_draft=False)

    checked: Checked | None = None
    passed_for = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_reason_last()

    def ask_reason_last(self) -> None:
        """Called again by a form that adds fields of its own."""
        self.fields[REASON] = self.fields.pop(REASON)

    def _clean_form(self) -> None:
        super()._clean_form()  # type: ignore[misc]
        self.cleaned_data.pop(SEEN, None)
        reason = self.cleaned_data.pop(REASON, "")
        self._look(reason)

    @property
    def apart(self) -> dict[str, Any]:
        """The argument of the action beside the form's own values."""
        return {REASON: self.passed_for}

    @property
    def is_asked_why(self) -> bool:
        """The field for the reason is shown: something was found, and nothing of it is blocked."""
        return self.checked is not None and not (self.checked.is_clean or self.checked.is_blocked)

    def get_context(self) -> dict[str, Any]:
        """The reason is asked for only where it helps."""
        context: dict[str, Any] = super().get_context()
        if not self.is_asked_why:
            fields, hidden = context["fields"], context["hidden_fields"]
            context["fields"] = [pair for pair in fields if pair[0].name != REASON]
            context["hidden_fields"] = [field for field in hidden if field.name != SEEN]
        return context

    def _look(self, reason: str) -> None:
        texts = dict(self._texts())
        looked = check({**texts, REASON: reason})
        in_reason = looked.findings[REASON]
        said = {name: looked.findings[name] for name in texts}
        self.checked = checked = self._without_participants(replace(looked, findings=said), texts)
        if checked.is_clean:
            return
        if in_reason and REASON not in self.errors:
            self.add_error(REASON, forms.ValidationError(_IN_REASON, code=GUARDED))
        is_seen = self._sent(SEEN) in ("", self._sum())
        if reason and is_seen and not checked.is_blocked and REASON not in self.errors:
            self.passed_for = reason
            return
        if checked.is_partly_blocked:
            self.add_error(None, forms.ValidationError(_BLOCKED_FIRST, code=GUARDED))
        for name, found in checked.findings.items():
            for words in self._said(name, texts[name], found):
                self.add_error(name, forms.ValidationError(words, code=GUARDED))
        if not checked.is_blocked:
            if not reason and REASON not in self.errors:
                self.add_error(REASON, forms.ValidationError(_NO_REASON, code=GUARDED))
            self._show_sum()

    def _without_participants(self, checked: Checked, texts: dict[str, str]) -> Checked:
        findings = {
            name: [
                one
                for one in found
                if self._stands_in(name, one) not in self.TAKING_PART
                or not _is_of_institution(texts[name], one)
            ]
            for name, found in checked.findings.items()
        }
        return replace(checked, findings=findings)

    def _stands_in(self, name: str, one: Finding) -> str:
        """The text in which something was found, as `TAKING_PART` names it."""
        return name

    def _texts(self) -> Iterator[tuple[str, str]]:
        """All that is typed, and the names of files, by the names of the fields."""
        for name, field in self.fields.items():
            if name in self.UNGUARDED or name in (REASON, SEEN) or field.widget.is_hidden:
                continue
            value = self.cleaned_data.get(name)
            if isinstance(field, Line) and isinstance(value, str):
                is_address = isinstance(field, WebAddress)
                yield name, address_of_page(value) if is_address else value
            elif isinstance(field, forms.FileField):
                files = value if isinstance(value, list) else [value]
                named = [one.name or "" for one in files if isinstance(one, UploadedFile)]
                yield name, "\n".join(name_of_file(one) for one in named)

    def _said(self, name: str, text: str, found: list[Finding]) -> Iterator[str]:
        """A sentence for each thing that was found, with its line or file if there are several."""
        assert self.checked is not None
        is_long = "\n" in text
        part = "plik" if isinstance(self.fields.get(name), forms.FileField) else "wiersz"
        told = dict.fromkeys(
            (one.words, one.kind, text.count("\n", 0, one.start) + 1) for one in found
        )
        for words, kind, line in list(told)[:_MOST]:
            where = f" ({part} {line})" if is_long else ""
            verdict = (
                " Tego nie można wysłać: usuń to z tekstu." if kind in self.checked.blocked else ""
            )
            yield f"{quoted(words)}{where} {_SAID[kind]}.{verdict}"
        if (more := len(told) - _MOST) > 0:
            yield f"I jeszcze {counted(more, 'miejsce', 'miejsca', 'miejsc')} w tym tekście."

    def _sent(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name), ""))

    def _sum(self) -> str:
        """A sum of what was found: with another text its author is asked again."""
        assert self.checked is not None
        found = sorted(
            f"{name}\0{one.kind}\0{one.words}"
            for name, places in self.checked.findings.items()
            for one in places
        )
        digest = hashlib.sha256("\n".join(found).encode()).hexdigest()
        return salted_hmac("kooperacja.guard", digest, algorithm="sha256").hexdigest()

    def _show_sum(self) -> None:
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data[self.add_prefix(SEEN)] = self._sum()
        self.data = data


Wording = Callable[[], Iterable[tuple[str, str]]]


class WholeForm(GuardedForm):
    """A step that sends to everybody what was typed before: all of it is looked at once more.

    Meanwhile the office may have begun to block, or somebody to be no longer in the register.
    `wording` gives each text after the words that say where it stands; `TAKING_PART` knows it by
    these.
    """

    def __init__(self, *args: Any, wording: Wording, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._wording, self._parts, self._whole = wording, list[tuple[int, str]](), ""

    def _texts(self) -> Iterator[tuple[str, str]]:
        yield from super()._texts()
        for where, text in self._wording():
            self._parts.append((len(self._whole), where))
            self._whole += f"{text}\n"
        yield NON_FIELD_ERRORS, self._whole

    def _stands_in(self, name: str, one: Finding) -> str:
        if name != NON_FIELD_ERRORS:
            return super()._stands_in(name, one)
        return [where for start, where in self._parts if start <= one.start][-1]

    def _said(self, name: str, text: str, found: list[Finding]) -> Iterator[str]:
        """Each after the place where it stands."""
        if name != NON_FIELD_ERRORS:
            yield from super()._said(name, text, found)
            return
        for one in found:
            where = self._stands_in(name, one)
            yield from (f"{where}: {words}" for words in super()._said(name, "", [one]))


def _is_of_institution(text: str, one: Finding) -> bool:
    """A name that stands in its line before a comma and an institution, which no relative is."""
    line = text[one.end :].partition("\n")[0]
    before, comma, institution = line.partition(",")
    if one.kind != Kind.NAME or not comma or before.strip() or not institution.strip():
        return False
    return not _OF_FAMILY.match(institution.lstrip())
