"""Teams of a tenant, their seats and the terms of their work (REG §2; POR §2; POR-C §2-3)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, UniqueConstraint

from kooperacja.ui.polish import pl_date, polish_order
from tenants.people.dated import Dated, DatedQuerySet
from tenants.people.models import Organisation, Person
from tenants.regulation.parameters import (
    GuestConsent,
    MinutesApproval,
    Period,
    PlacePolicy,
    VoicesBase,
)
from tenants.regulation.text import frequency, guest_rule
from tenants.teams import kinds


class Team(Dated):
    """A team of a kind, from the day on which it was founded until it ends."""

    PAGE = "teams:team"

    kind = models.CharField(
        "rodzaj", max_length=11, choices=[(code, kind.name) for code, kind in kinds.KINDS.items()]
    )
    # What founded it, as its app calls it: a partnership, an agreement, a request.
    rests_on_kind = models.CharField(max_length=30)
    rests_on = models.UUIDField()
    # What tells it from others of its kind: the number of its agreement. Empty where it is alone.
    mark = models.CharField(max_length=60, blank=True, default="", db_default="")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            UniqueConstraint(fields=["kind", "rests_on"], name="team_once"),
        ]

    def __str__(self) -> str:
        return f"{self.law.name} ({self.mark})" if self.mark else self.law.name

    @property
    def law(self) -> kinds.Kind:
        """Everything that its kind says of it."""
        return kinds.KINDS[self.kind]

    def terms_on(self, day: date) -> "Terms | None":
        """The terms of its work on a day; none before the first."""
        return self.terms.on(day).order_by("-from_on", "-pk").first()


class SeatQuerySet(DatedQuerySet):
    """Seats of teams."""

    def taken(self, day: date) -> Self:
        """Seats as of a day: of people, and a vacant one where an institution sent nobody."""
        sent = Seat.objects.on(day).exclude(person=None).filter(team=OuterRef("team"))
        by_same, by_lead = (
            sent.filter(organisation=OuterRef("organisation")),
            sent.filter(organisation=None),
        )
        of_lead = Q(person=None, organisation=None) & Exists(by_lead)
        of_another = Q(person=None, organisation__isnull=False) & Exists(by_same)
        return self.on(day).exclude(of_lead).exclude(of_another)

    def in_order(self) -> Self:
        """The Lider's first, then by institution and person."""
        return self.select_related("person", "organisation").order_by(
            models.F("organisation").asc(nulls_first=True),
            polish_order("organisation__name"),
            polish_order("person__full_name"),
            "pk",
        )


class Seat(Dated):
    """A place in a team: of a person, sent by an institution or by the Lider (none).

    Without a person it is the institution's own: kept for whomever it will send.
    """

    INSTITUTION = "organisation"

    team = models.ForeignKey(Team, models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats", null=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="seats", null=True)
    function = models.CharField("funkcja", max_length=120, blank=True)
    # The row it follows, as its app calls it; who ends that row ends the seat.
    rests_on_kind = models.CharField(max_length=30)
    rests_on = models.UUIDField()
    end_reason = models.CharField("dlaczego ustało", max_length=200, blank=True, default="")

    objects = SeatQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            UniqueConstraint(fields=["team", "rests_on_kind", "rests_on"], name="seat_once"),
        ]

    def __str__(self) -> str:
        return f"{self.who}, {self.function}" if self.function else self.who

    @property
    def who(self) -> str:
        """Its person; else that nobody was sent."""
        return str(self.person) if self.person_id else "miejsce nieobsadzone"


class Terms(Dated):
    """The terms on which a team works from a day, written by what founds it (REG §2.2-2.4, §2.8)."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="terms")
    rests_on = models.UUIDField()
    meetings_count = models.PositiveSmallIntegerField("nie mniej spotkań niż")
    meetings_period = models.CharField("na okres", max_length=9, choices=Period.choices)
    place_policy = models.CharField("gdzie", max_length=8, choices=PlacePolicy.choices)
    place = models.CharField("stałe miejsce", max_length=300, blank=True)
    email_is_meeting = models.BooleanField("tura e-mailowa liczy się jako spotkanie", default=False)
    guest_consent = models.CharField(
        "goście i konsultanci", max_length=12, choices=GuestConsent.choices
    )
    guest_days = models.PositiveSmallIntegerField("dni robocze na sprzeciw wobec gościa", default=3)
    minutes_approval = models.CharField(
        "protokół zatwierdza",
        max_length=12,
        choices=MinutesApproval.choices,
        default=MinutesApproval.CHAIR,
        db_default=MinutesApproval.CHAIR,
    )
    voices_base = models.CharField(
        "od czego liczy się głosy",
        max_length=7,
        choices=VoicesBase.choices,
        default=VoicesBase.PRESENT,
        db_default=VoicesBase.PRESENT,
    )

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            UniqueConstraint(fields=["team", "rests_on"], name="terms_once"),
        ]
        verbose_name_plural = "terms"

    def __str__(self) -> str:
        return f"{self.team}, od {pl_date(self.from_on)}"

    @property
    def rhythm(self) -> str:
        """The least number of meetings, in words: co najmniej raz na kwartał."""
        return f"co najmniej {frequency(self.meetings_count, self.meetings_period)}"

    @property
    def guest_rule(self) -> str:
        """When guests and consultants may attend, in words."""
        return guest_rule(self.guest_consent, self.guest_days)

    @property
    def where(self) -> str:
        """The place of the meetings, in words."""
        if self.place_policy == PlacePolicy.ROTATING:
            return "kolejno w siedzibie każdego z Partnerów"
        return self.place or "do ustalenia"
