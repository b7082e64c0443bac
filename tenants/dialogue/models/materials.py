"""Materials that members of a team share, by topic (footnote 1 of REG, POR §2.3.1)."""

from datetime import date
from typing import Self
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.models import TenantModel
from tenants.dialogue.workflow import MATERIAL, MaterialState
from tenants.people.models import Organisation, Person
from tenants.teams import perms as teams
from tenants.teams.content import ContentField
from tenants.teams.models import Team

MATERIAL_FILE = "MATERIAL_FILE"  # the kind of a file that is a material
MAX_TOPICS = 20  # of one team
NO_TOPIC = "Inne"


class MaterialTopic(TenantModel):
    """A topic under which materials of a team stand, in the order that whoever runs it chose."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    name = ContentField("nazwa")
    position = models.PositiveSmallIntegerField("miejsce na liście")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        # No name: the journal keeps this.
        return "temat materiałów"


class MaterialKind(models.TextChoices):
    """The two things that may be shared."""

    FILE = "FILE", "plik"
    LINK = "LINK", "odnośnik"


class MaterialQuerySet(models.QuerySet["Material"]):
    """Materials of teams."""

    def read_by(self, person: Person | None) -> Self:
        """Those that `perms.materials.see_material` lets the person read."""
        mine = teams.readable(person)
        run = [team for team in mine if teams.run(person, team)]
        return self.filter(Q(team__in=mine, state=MaterialState.SHARED) | Q(team__in=run))

    def in_order(self) -> Self:
        """By team and topic, those without a topic last, the newest first."""
        topic = models.F("topic__position").asc(nulls_last=True)
        return self.order_by("team__from_on", "team_id", topic, "topic_id", "-latest_at", "-pk")


class Material(TenantModel):
    """A file or a link that members of a team may use; without an institution the Lider's."""

    PAGE, LIST_PAGE = "dialogue:material", "dialogue:materials"
    WORKFLOW = MATERIAL
    INSTITUTION = "organisation"

    team = models.ForeignKey(Team, models.PROTECT, related_name="materials")
    # Its place in the team's series of the year.
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField("numer")
    topic = models.ForeignKey(MaterialTopic, models.PROTECT, related_name="materials", null=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField("rodzaj", max_length=4, choices=MaterialKind.choices)
    title = ContentField("tytuł")
    text = ContentField("do czego to się przyda")
    link = ContentField("adres strony", null=True)
    until = models.DateField("aktualne do", null=True)
    state = models.CharField(
        max_length=9, choices=MaterialState.choices, default=MaterialState.SHARED
    )
    reason = ContentField("dlaczego wycofano", default="")
    shared_at = models.DateTimeField("udostępniono", default=timezone.now)
    # Of its newest version.
    latest_at = models.DateTimeField("ostatnia wersja", default=timezone.now)
    ended_on = models.DateField("wycofano", null=True)
    version = models.PositiveIntegerField(default=0)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["-latest_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["team", "year", "number"], name="material_number_once"),
            models.CheckConstraint(
                condition=Q(kind="FILE", link__isnull=True) | Q(kind="LINK", link__isnull=False),
                name="material_link_has_address",
            ),
            models.CheckConstraint(
                condition=Q(state="SHARED", ended_on__isnull=True)
                | Q(state="WITHDRAWN", ended_on__isnull=False),
                name="material_ended_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        # No title: the journal and the inbox keep this.
        return f"Materiał nr {self.number}/{self.year}"

    @property
    def of(self) -> str:
        """The institution in whose name it was shared, or the Lider."""
        return str(self.organisation) if self.organisation_id else "Lider"

    @property
    def author(self) -> str:
        return f"{self.person}, {self.of}"

    @property
    def topic_name(self) -> str:
        return self.topic.name if self.topic else NO_TOPIC

    @property
    def domain(self) -> str:
        """Where a link leads, as people know it."""
        return (urlsplit(self.link or "").hostname or "").removeprefix("www.")

    @property
    def is_shared(self) -> bool:
        return self.state in MATERIAL.open

    @property
    def is_file(self) -> bool:
        return self.kind == MaterialKind.FILE

    def is_outdated_on(self, day: date) -> bool:
        return self.until is not None and self.until < day


class MaterialFile(TenantModel):
    """One version of a material that is a file; earlier ones stay."""

    APPEND_ONLY = True

    material = models.ForeignKey(Material, models.PROTECT, related_name="versions")
    position = models.PositiveSmallIntegerField("wersja")
    # Here and not with the file, whose row tells of a number alone.
    name = ContentField("nazwa pliku")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("dodano", default=timezone.now)

    class Meta:
        ordering = ["material", "-position"]
        constraints = [
            models.UniqueConstraint(fields=["material", "position"], name="material_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.material}, wersja {self.position}"

    @property
    def team(self) -> Team:
        """The team under whose key its name lies."""
        return self.material.team
