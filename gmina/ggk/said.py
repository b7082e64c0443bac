"""Words of the pages and messages of the GGK: its composition, its requests, its county."""

from dataclasses import dataclass
from datetime import date

from gmina.ggk.models import DelegationRequest, Group
from gmina.ggk.standing import County
from gmina.ggk.workflow import STANDING, DelegationState
from kooperacja.tenancy.context import current_tenant
from kooperacja.ui.parts import Event
from kooperacja.ui.polish import counted, localtime, pl_date, pl_datetime
from tenants.partnership.models import Partnership
from tenants.people.models import Person
from tenants.teams.models import Seat

KINDS = {
    DelegationState.ASKED: "wait",
    DelegationState.NAMED: "wait",
    DelegationState.SEATED: "ok",
    DelegationState.ENDED: "neutral",
    DelegationState.WITHDRAWN: "neutral",
}

# What the office is told of a new state.
_NEWS = {
    DelegationState.NAMED: "Instytucja wskazała osobę do GGK",
    DelegationState.SEATED: "Wskazana osoba jest już w składzie GGK",
    DelegationState.DECLINED: "Wskazana osoba nie przyjęła delegacji do GGK",
    DelegationState.REFUSED: "Instytucja odmówiła delegowania osoby do GGK",
    DelegationState.NOT_OURS: "Prośba o delegowanie do GGK nie jest do tej instytucji",
    DelegationState.EXPIRED: "Prośba o delegowanie do GGK wygasła",
    DelegationState.UNDELIVERED: "Prośby o delegowanie do GGK nie doręczono",
    DelegationState.ENDED: "Delegacja do GGK skończyła się",
}


def news_of(row: DelegationRequest) -> str:
    """One sentence of what became of it, with the reason if there is one."""
    news = _NEWS[DelegationState(row.state)]
    return f"{news}: {row.get_end_reason_display()}" if row.end_reason else news


def office() -> str:
    """The OPS by its full name; the unit's until the office enters it."""
    partnership = Partnership.here()
    return (partnership.official_name if partnership else "") or current_tenant().name


def kind_of(row: DelegationRequest) -> str:
    return KINDS.get(DelegationState(row.state), "stop")


@dataclass(frozen=True, slots=True)
class Request:
    """A delegation as the group's page shows it."""

    row: DelegationRequest
    way: str  # where the letter is
    sees: bool  # its page

    @property
    def kind(self) -> str:
        return kind_of(self.row)

    @property
    def is_current(self) -> bool:
        return self.row.is_asked or self.row.state in STANDING


def agreement_said(county: County) -> str:
    """The standing of the agreement here, and since when it is so."""
    agreement = county.agreement
    if agreement is None:
        return "nie obejmuje już tej gminy"
    if county.is_in_force:
        return f"obowiązuje od {pl_date(agreement.in_force_from)}"
    if county.is_cut_off:
        return f"niepotwierdzone od {pl_date(agreement.ended_on)}, gdy zamknięto jednostkę, która je prowadzi"
    if agreement.ended_on:
        return f"nie obowiązuje od {pl_date(agreement.ended_on)}"
    return f"zacznie obowiązywać {pl_date(agreement.in_force_from)}"


def confirmed_said(county: County) -> str:
    """When the county confirmed its agreement last, and what follows."""
    if county.agreement is None:
        return "Jednostka, która prowadzi porozumienie, nie podaje już takiego, w którym jest ta gmina."
    at = pl_datetime(county.agreement.confirmed_at)
    minutes = int((county.now - county.agreement.confirmed_at).total_seconds() // 60)
    hours = minutes // 60
    ago = (
        counted(hours, "godzina", "godziny", "godzin")
        if hours
        else counted(minutes, "minuta", "minuty", "minut")
    )
    return f"{at}, {ago} temu"


def closed_said(county: County) -> str:
    """Why delegates read nothing of the group now; empty where they do."""
    if county.opens:
        return ""
    if county.is_cut_off:
        return (
            "Jednostka, która prowadzi porozumienie, została zamknięta i dotąd nie potwierdziła, że ono "
            "obowiązuje. Dopóki tego nie zrobi, osoby delegowane nie czytają prac grupy."
        )
    if county.agreement is None or not county.is_in_force:
        return (
            "Porozumienie nie obowiązuje albo nie obejmuje już tej gminy, więc osoby delegowane "
            "nie czytają prac grupy."
        )
    return (
        "Jednostka, która prowadzi porozumienie, od ponad doby nie potwierdziła, kto jest jego "
        "Stroną. Dopóki tego nie zrobi, osoby delegowane nie czytają prac grupy. Potwierdzenie przychodzi samo."
    )


def seats_of(group: Group, day: date) -> list[Seat]:
    """The seats of the group on a day."""
    rows = Seat.objects.taken(day).filter(team__rests_on=group.pk)
    return list(rows.in_order())


def history(row: DelegationRequest) -> list[Event]:
    """Its steps, the newest last."""
    return [
        Event(
            localtime(step.recorded_at).date(),
            step.get_state_display().capitalize(),
            step.note,
            step.actor_name,
        )
        for step in row.steps.all()
    ]


def answer_of(row: DelegationRequest) -> list[tuple[str, object]]:
    """The lines of its answer."""
    lines: list[tuple[str, object]] = [
        ("Osoba", row.full_name),
        ("Funkcja tej osoby", row.named_function),
        ("Adres e-mail", row.email),
        ("Delegowana od", pl_date(row.serves_from)),
        ("Delegowana do", pl_date(row.until)),
        ("Odpowiedź z dnia", pl_date(row.answered_on)),
        ("Powód", row.reason),
        ("Przyjęto delegację", pl_date(row.accepted_on)),
        ("Koniec delegacji", pl_date(row.ends_on)),
        ("Dlaczego się kończy", row.get_end_reason_display() if row.end_reason else ""),
    ]
    return [(label, value) for label, value in lines if value]


def coordinator_of(group: Group, day: date) -> Person | None:
    row = group.coordinators.on(day).select_related("person").first()
    return row.person if row else None
