"""Somebody whom a poll asks: the link, the address, and the standing of the poll (REG §2.5)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from tenants.meetings import dates
from tenants.meetings.addressed import POLL_LINKS
from tenants.meetings.models.polls import DateAnswer, DatePoll, PollDate, PollRespondent


def whole() -> "QuerySet[PollRespondent]":
    """Respondents with all that is said of them."""
    return PollRespondent.objects.select_related("poll__team", "person", "organisation")


def by_token(token: str) -> PollRespondent | None:
    """The respondent that a link of a mail stands for."""
    return whole().filter(pk__in=POLL_LINKS.ids(token)).first()


@dataclass(frozen=True, slots=True)
class Standing:
    """A date as the answers stand: those who can come, can if need be, can't."""

    date: PollDate
    yes: list[str]
    if_needed: list[str]
    no: list[str]
    is_best: bool

    @property
    def counts(self) -> str:
        parts = [
            f"mogą: {len(self.yes)}",
            f"jeśli trzeba: {len(self.if_needed)}",
            f"nie mogą: {len(self.no)}",
        ]
        return ", ".join(parts)


def standings(poll: DatePoll, people: list[PollRespondent], now: datetime) -> list[Standing]:
    """The dates in their order; only answers of `people` count: those who have a seat."""
    known = {row.pk: row.who for row in people}
    found = list(poll.dates.prefetch_related("answers"))
    options = {one.pk: _option(one, known) for one in found}
    best = dates.agreed(options.values(), now)
    return [_standing(one, options[one.pk], known, best) for one in found]


def _option(one: PollDate, known: dict[UUID, str]) -> dates.Option:
    given = {
        answer.respondent_id: dates.Answer(answer.answer)
        for answer in one.answers.all()
        if answer.respondent_id in known
    }
    return dates.Option(one.pk, one.starts_at, given)


def _standing(
    one: PollDate, option: dates.Option, known: dict[UUID, str], best: dates.Option | None
) -> Standing:
    yes, if_needed, no = (
        [who for pk, who in known.items() if pk in option.of(dates.Answer(answer))]
        for answer in (DateAnswer.YES, DateAnswer.IF_NEEDED, DateAnswer.NO)
    )
    return Standing(one, yes, if_needed, no, best is not None and best.key == one.pk)


def asked(poll: DatePoll, day: date) -> list[PollRespondent]:
    """Everybody it asks who has a seat on a day; once it is over, everybody it asked."""
    rows = poll.respondents.select_related("person", "organisation").order_by("pk")
    return list(rows.seated(day) if poll.is_open else rows)
