"""Decisions of a team, the voices of institutions and who was excluded (REG §2.5, §2.7)."""

from collections import Counter

from django.db import models
from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Now

from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import sort_key
from tenants.meetings.models.attendance import Attendance
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.meetings.voices import Base, Choice, Result, Way
from tenants.people.models import Organisation
from tenants.regulation.parameters import VoicesBase
from tenants.teams.content import ContentField
from tenants.teams.models import Team

WAYS = (
    (Way.AGREEMENT.value, "uzgodnienie wspólnego stanowiska"),
    (Way.MAJORITY.value, "większość głosów"),
    (Way.CIRCULATION.value, "obieg e-mailowy"),
)
_OF_ALL = {
    Way.AGREEMENT: "uzgodnienie wspólnego stanowiska wszystkich instytucji zespołu",
    Way.MAJORITY: "większość głosów wszystkich instytucji zespołu",
    Way.CIRCULATION: "obieg e-mailowy, w którym głos oddają wszystkie instytucje zespołu",
}
RESULTS = (
    (Result.OPEN.value, "czeka na głosy"),
    (Result.PASSED.value, "przyjęto"),
    (Result.NOT_PASSED.value, "nie przyjęto"),
)
CHOICES = (("YES", "za (zgoda)"), ("NO", "przeciw (sprzeciw)"), ("ABSTAIN", "wstrzymanie się"))


class Exclusion(TenantModel):
    """Somebody left out of an item of an agenda, with the reason: they have no voice in it."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="exclusions")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="exclusions")
    reason = ContentField("powód wyłączenia")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "attendance"], name="excluded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: wyłączenie"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.item.team


class Decision(TenantModel):
    """The decision on an item: its wording, how it was come to, and the result."""

    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="decision")
    way = models.CharField("sposób", max_length=11, choices=WAYS)
    text = ContentField("treść decyzji")
    # The common position beside the objections, where an agreement was not reached.
    position = ContentField("wspólne stanowisko mimo sprzeciwu", null=True)
    result = models.CharField("wynik", max_length=10, choices=RESULTS)
    # By whose number it was counted, as the terms of the team had it on that day.
    base = models.CharField(
        "od czego liczono głosy",
        max_length=7,
        choices=VoicesBase.choices,
        default=VoicesBase.PRESENT,
        db_default=VoicesBase.PRESENT,
    )
    # Its result before the attendance was corrected and the voices counted anew.
    result_before = models.CharField(
        "wynik przed poprawką", max_length=10, choices=RESULTS, default="", db_default=""
    )
    created_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.item}: {self.get_result_display()}"

    @property
    def listed(self) -> list["Voice"]:
        """The voices by institution, where the kind of the team lists them."""
        return list(self.voices.all()) if self.team.law.lists_voices else []

    @property
    def counts(self) -> str:
        """The number of each voice that counts, where the kind of the team lists none."""
        if self.team.law.lists_voices:
            return ""
        given = Counter(voice.choice for voice in self.voices.all() if not voice.is_struck)
        return ", ".join(f"{label}: {given[choice]}" for choice, label in CHOICES)

    @property
    def objections(self) -> list[str]:
        """The reasons of those who object to an agreement, where nobody reads whose they are."""
        if self.team.law.lists_voices or self.way == Way.MAJORITY:
            return []
        no = [one for one in self.voices.all() if one.choice == Choice.NO and not one.is_struck]
        return sorted((one.reason for one in no), key=sort_key)

    @property
    def is_unagreed(self) -> bool:
        """An agreement was sought and not reached: the common position is recorded beside it."""
        return self.result == Result.NOT_PASSED and self.way != Way.MAJORITY

    @property
    def common_position(self) -> str:
        """The recorded position, unless the voices say now that it was agreed."""
        return (self.position or "") if self.is_unagreed else ""

    @property
    def way_said(self) -> str:
        """How it was come to, and by whose number it was counted where that is not the usual one."""
        return self.get_way_display() if self.base == Base.PRESENT else _OF_ALL[Way(self.way)]

    @property
    def is_overturned(self) -> bool:
        """Its result is another one since the attendance was corrected."""
        return bool(self.result_before) and self.result_before != self.result

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.item.team


class Voice(TenantModel):
    """The voice of an institution in a decision; without one it is the Lider's."""

    INSTITUTION = "organisation"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="voices")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    # Its name on that day, whatever it is called later.
    institution = ContentField("instytucja")
    choice = models.CharField("głos", max_length=7, choices=CHOICES)
    reason = ContentField("powód", default="")
    written_by = ContentField("kto zapisał")
    # Its institution was not there after all: it stays written and does not count.
    is_struck = models.BooleanField("unieważniony", default=False, db_default=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "organisation"], name="voiced_once"),
            models.UniqueConstraint(
                fields=["decision"],
                condition=models.Q(organisation__isnull=True),
                name="voice_of_lead_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision}, głos"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.decision.team


def items_of(meeting: Meeting) -> "QuerySet[AgendaItem]":
    """The items of a meeting with all that was written of them; what is sealed asks for its team."""
    team = "item__meeting__team"
    voices = Voice.objects.select_related(f"decision__{team}")
    decisions = Decision.objects.select_related(team).prefetch_related(Prefetch("voices", voices))
    out = Exclusion.objects.select_related(team, "attendance__meeting__team")
    rows = meeting.items.select_related(
        "passed_to", "result__meeting__team", "carries__meeting", "carries__result__meeting__team"
    )
    return rows.prefetch_related(Prefetch("decision", decisions), Prefetch("exclusions", out))
