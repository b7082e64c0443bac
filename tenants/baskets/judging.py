"""The verdict on each row of a file that is brought in, by the forms of its pages (REG §3.3)."""

import re
from collections.abc import Iterable, Mapping
from copy import copy
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from uuid6 import uuid7

from kooperacja.ui.forms import RowForm, values_of
from kooperacja.ui.polish import fold, quoted
from tenants.baskets.actions.people import Known, contact_changes
from tenants.baskets.cells import Wrong, code_of, filled, is_yes, reasons, require_plain, type_of
from tenants.baskets.columns import INSTITUTIONS, OWNER, PEOPLE, SEEN, heading_of
from tenants.baskets.forms.entries import NewServiceForm
from tenants.baskets.forms.people import PersonOfRow
from tenants.baskets.models.imports import TO_CHANGE, ImportRow, Verdict
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.standing import members_on
from tenants.baskets.workflow import UNDER_WAY, EntryState
from tenants.people.forms import OrganisationForm
from tenants.people.models import Organisation, Person, Sector
from tenants.registry.models import Unit
from tenants.services.terms import Cost, Group, Language, Way
from tenants.services.visibility import DEFAULT, Visibility, strictest

_TERYT = re.compile(r"^\d{2,7}$")
_SEVERAL: dict[str, Any] = {"groups": Group, "ways": Way, "languages": Language}
_LEVELS = ("sees_service", "sees_contact", "sees_place")


class _AsRead(RowForm):
    """The form of a page for a row of a file, which asks the database nothing.

    Each constraint would be a question of its own; the form refuses by itself what they refuse.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vars(self.instance)["validate_constraints"] = lambda exclude: None


class _InstitutionRow(_AsRead, OrganisationForm):
    """An institution of a row; the judge knows who else has its number."""

    def clean_regon(self) -> str:
        return str(self.cleaned_data["regon"])


class _ServiceRow(_AsRead, NewServiceForm):
    """A service as its card would take it."""


class Judge:
    """Says of each row of a file what would become of it, by the forms of its pages."""

    def __init__(self, kind: str, day: Any) -> None:
        self.kind, self.day = kind, day
        self.seen: dict[str, int] = {}
        self._addresses: dict[str, tuple[str, int]] = {}

    @cached_property
    def _institutions(self) -> dict[str, Organisation]:
        """By REGON, and by name in plain letters."""
        rows = list(Organisation.objects.current().order_by("pk"))
        return {fold(one.name): one for one in rows} | {one.regon: one for one in rows if one.regon}

    @cached_property
    def _members(self) -> set[UUID]:
        return members_on(self.day)

    @cached_property
    def _services(self) -> dict[tuple[UUID | None, str], Service]:
        accepted = ServiceEntry.objects.filter(state__in=(*UNDER_WAY, EntryState.ACCEPTED))
        entries = Prefetch("entries", accepted.order_by("number"), to_attr="said")
        rows = Service.objects.filter(ended_on=None).select_related("card", "adoption")
        rows = rows.prefetch_related(entries).order_by("pk")
        return {(one.card.organisation_id, fold(one.name)): one for one in rows}

    @cached_property
    def _people(self) -> Known:
        return Known.everybody()

    @cached_property
    def _units(self) -> set[str]:
        return set(Unit.objects.filter(is_gone=False).values_list("code", flat=True))

    def judge(self, row: ImportRow) -> None:
        """Write the verdict into the row, which is saved by its caller."""
        row.name = row.cells.get("full_name" if self.kind == PEOPLE else "name", "")[:300]
        try:
            require_plain(self.kind, row.cells)
            judges = {INSTITUTIONS: self._institution, PEOPLE: self._person}
            judges.get(self.kind, self._service)(row)
        except Wrong as wrong:
            row.verdict, row.reason = Verdict.WRONG, str(wrong)[:2000]

    def remember(self, rows: Iterable[tuple[str, int]]) -> None:
        """Keys of rows that were judged before the work was broken off, each with its number."""
        for key, number in rows:
            self.seen.setdefault(key, number)

    def _once(self, row: ImportRow, key: str) -> bool:
        """The first row of this key; a later one says which that was."""
        row.key = key[:400]
        first = self.seen.setdefault(row.key, row.number)
        if first != row.number:
            row.verdict, row.reason = Verdict.SAME, f"To samo jest w wierszu {first}."
        return first == row.number

    def _institution(self, row: ImportRow) -> None:
        cells = dict(row.cells)
        regon = "".join(sign for sign in cells.get("regon", "") if sign.isdigit())
        known = self._institutions.get(regon) if regon else None
        known = known or self._by_name(cells.get("name", ""), regon)
        if "sector" in cells:
            cells["sector"] = code_of(Sector, cells["sector"], "sektor")
        if not self._once(row, regon or fold(cells.get("name", ""))):
            return
        as_it_is = (
            {name: getattr(known, name) for name in OrganisationForm.base_fields} if known else {}
        )
        form = _InstitutionRow(data=as_it_is | filled(cells), instance=copy(known))
        values = self._values(form, row)
        self._compare(row, known, values)
        row.values |= {SEEN: known.version if known else None}

    def _by_name(self, name: str, regon: str) -> Organisation | None:
        """An institution of that name; not one that has another REGON."""
        known = self._institutions.get(fold(name))
        return None if known and regon and known.regon and known.regon != regon else known

    def _service(self, row: ImportRow) -> None:
        cells = dict(row.cells)
        owner = self._owner(cells.pop(OWNER, ""))
        name = fold(cells.get("name", ""))
        if not self._once(row, f"{owner or ''}:{name}"):
            return
        known = self._services.get((owner, name))
        entry = self._standing(known) if known else None
        form = _ServiceRow(data=self._data(entry, self._in_codes(cells)) | {"key": uuid7()})
        if entry:
            form.keep_type(entry.type_code)
        values = self._values(form, row)
        _require_unnamed(entry, values)
        self._compare(row, entry, values)
        row.values |= {OWNER: str(owner or ""), SEEN: known.version if known else None}

    def _standing(self, service: Service) -> ServiceEntry:
        if service.followed:
            raise Wrong(
                f"Usługę {quoted(service.name)} prowadzi się w katalogu województwa. Zmienia ją tam "
                "sama instytucja."
            )
        said: list[ServiceEntry] = service.said  # type: ignore[attr-defined]
        if any(one.state in UNDER_WAY for one in said):
            raise Wrong(
                f"Opis usługi {quoted(service.name)} właśnie się zmienia. Dokończ to najpierw."
            )
        return next(one for one in said if one.state == EntryState.ACCEPTED)

    def _data(self, entry: ServiceEntry | None, cells: Mapping[str, Any]) -> dict[str, Any]:
        usual = dict.fromkeys(_LEVELS, DEFAULT) | {"languages": [Language.POLISH]}
        return (NewServiceForm.shown(entry) if entry else usual) | filled(cells)

    def _owner(self, said: str) -> UUID | None:
        """The institution of a service; None is the Lider."""
        if not said or fold(said) == "lider":
            return None
        found = self._called(said)
        if found.pk not in self._members:
            raise Wrong(f"Instytucja {quoted(found.name)} nie należy do Partnerstwa.")
        return found.pk

    def _called(self, said: str) -> Organisation:
        """The institution of this name or number."""
        digits = "".join(said.split())
        found = self._institutions.get(digits) or self._institutions.get(fold(said))
        if found is None:
            raise Wrong(f"Nie ma tu instytucji {quoted(said)}. Wczytaj najpierw instytucje.")
        return found

    def _person(self, row: ImportRow) -> None:
        cells: dict[str, Any] = dict(row.cells)
        institution = self._called(cells.pop(OWNER, ""))
        named = (fold(cells.get(field, "")) for field in ("full_name", "function", "email"))
        if not self._once(row, f"{institution.pk}:{':'.join(named)}"):
            return
        if text := cells.get("is_head"):
            cells["is_head"] = is_yes(text, heading_of(self.kind, "is_head"))
        form: Any = PersonOfRow(cells)
        if not form.is_valid():
            raise Wrong(" ".join(reasons(self.kind, form.errors)))
        values = dict(form.cleaned_data)
        self._require_own_address(row, values)
        known = self._people.person(institution.pk, values)
        row.values = values | {
            OWNER: str(institution.pk),
            SEEN: known.version if known else None,
        }
        row.verdict, row.reason = self._of_person(known, institution, values)

    def _require_own_address(self, row: ImportRow, values: Mapping[str, Any]) -> None:
        """Everybody signs in with an address of their own; of other units nothing is asked."""
        if not (address := values["email"].lower()):
            return
        name = fold(values["full_name"])
        first, number = self._addresses.setdefault(address, (name, row.number))
        if first != name:
            raise Wrong(f"Ten adres e-mail ma też osoba w wierszu {number}. Każdy ma własny.")
        if other := self._people.bearer(dict(values)):
            raise Wrong(f"Ten adres e-mail ma w rejestrze {other}. Każdy ma własny.")

    def _of_person(
        self, known: Person | None, institution: Organisation, values: dict[str, Any]
    ) -> tuple[Verdict, str]:
        if known is None:
            is_named = self._people.namesake(institution.pk, values)
            told = "W tej instytucji jest ktoś o tym nazwisku, z innym adresem: będą dwa wpisy."
            return Verdict.NEW, told if is_named else ""
        labels = {"email": "adres e-mail", "phone": "telefon"}
        changed = ", ".join(labels[name] for name in contact_changes(known, values))
        said = [f"Zmieni się: {changed}."] if changed else []
        post = self._people.post(known, institution.pk, values["function"])
        if post is None:
            said.append(f"Osoba jest już w rejestrze; dojdzie funkcja: {values['function']}.")
        elif post.is_head != values["is_head"] and values["is_head"]:
            raise Wrong("Z tą funkcją nikt tu nie kieruje. Popraw to na stronie instytucji.")
        if not said:
            return Verdict.SAME, "Tak już jest zapisane."
        return Verdict.CHANGED, " ".join(said)

    def _in_codes(self, cells: Mapping[str, str]) -> dict[str, Any]:
        said: dict[str, Any] = dict(cells)
        for field, choices in _SEVERAL.items():
            if text := said.get(field):
                words = (one.strip() for one in re.split("[,;]", text))
                said[field] = [code_of(choices, one, heading_of(self.kind, field)) for one in words]
        if text := said.get("cost"):
            said["cost"] = code_of(Cost, text, "koszt")
        if text := said.get("type_code"):
            said["type_code"] = type_of(text)
        for field in ("needs_decision", "is_protected"):
            if text := said.get(field):
                said[field] = is_yes(text, heading_of(self.kind, field))
        return said | self._area(said.get("area", ""))

    def _area(self, text: str) -> dict[str, str]:
        """Words as they are; codes only of units that the register has."""
        codes = [one.strip() for one in text.split(",")]
        if not text or not all(_TERYT.match(one) for one in codes):
            return {"area": text}
        if strange := [one for one in codes if one[:6] not in self._units]:
            raise Wrong(f"Teren: w rejestrze TERYT nie ma kodu {', '.join(strange)}.")
        return {"units": text, "area": ""}

    def _values(self, form: Any, row: ImportRow) -> dict[str, Any]:
        if not form.is_valid():
            raise Wrong(" ".join(reasons(self.kind, form.errors)))
        values: dict[str, Any] = values_of(form)["values"]
        return values

    def _compare(self, row: ImportRow, known: Any, values: dict[str, Any]) -> None:
        row.values = values
        if known is None:
            row.verdict, row.reason = Verdict.NEW, ""
            return
        changed = [name for name, value in values.items() if getattr(known, name) != value]
        if changed:
            labels = (str(known._meta.get_field(one).verbose_name) for one in changed)
            row.verdict, row.reason = Verdict.CHANGED, f"{TO_CHANGE}{', '.join(labels)}."
        else:
            row.verdict, row.reason = Verdict.SAME, "Tak już jest zapisane."


def _require_unnamed(entry: ServiceEntry | None, values: Mapping[str, Any]) -> None:
    """Nobody is named by a file to more than the Lider and kooperanci: an owner chooses that."""
    if entry is None or values["contact_name"] in ("", entry.contact_name):
        return
    level = strictest(Visibility(entry.sees_service), Visibility(entry.sees_contact))
    if strictest(level, DEFAULT) != level:
        raise Wrong(
            f"Osoba do kontaktu: kontakt tej usługi widzą {level.label}. Wpisz tę osobę na stronie "
            "usługi, za jej zgodą, i wybierz tam, kto ją zobaczy."
        )
