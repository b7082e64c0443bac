"""Institutions, people, what they are there and what they may do here (REG §1.3)."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from kooperacja import offers
from kooperacja.audit.actor import Actor
from kooperacja.drafts.models import Draft
from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import polish_order
from kooperacja.ui.search import matching
from tenants.people import rules
from tenants.people.dated import Dated, DatedQuerySet, OfMember
from tenants.people.merged import stood_for_by
from tenants.registry.roles import OFFICE_ROLES, Role

PARTNER_ROLES = frozenset(
    {
        *(Role.PARTNER_COORDINATOR, Role.PARTNER_HEAD, Role.PARTNER_WORKER),
        *(Role.APPLICANT, Role.PARTY, Role.DELEGATE),
    }
)
# Let in for the unit as a whole, and of no institution of its register.
OF_NOBODY_HERE = frozenset({Role.ADVISER})


class Sector(models.TextChoices):
    """The field an institution works in; figures of the region are counted by it."""

    SOCIAL = "SOCIAL", "pomoc społeczna"
    EDUCATION = "EDUCATION", "edukacja"
    HEALTH = "HEALTH", "zdrowie"
    SAFETY = "SAFETY", "policja i bezpieczeństwo"
    JUSTICE = "JUSTICE", "wymiar sprawiedliwości"
    LABOUR = "LABOUR", "rynek pracy"
    CULTURE = "CULTURE", "kultura i sport"
    HOUSING = "HOUSING", "mieszkalnictwo"
    NGO = "NGO", "organizacje pozarządowe"
    CHURCH = "CHURCH", "kościoły"
    LOCAL_GOVERNMENT = "LOCAL_GOVERNMENT", "jednostki samorządu"
    OTHER = "OTHER", "inne"


class Mendable:
    """Rows that may turn out to be one with another: then they stay, and are no longer listed."""

    def current(self) -> Self:
        """Those that no merge hides."""
        rows: Any = self
        merged = rows.model.merges.rel.related_model.objects.filter(undone_on=None)
        current: Self = rows.exclude(pk__in=merged.values("source"))
        return current

    def with_merged(self) -> Self:
        """Each with `is_merged`: another one stands for it, and it is only read."""
        rows: Any = self
        merged = rows.model.merges.rel.related_model.objects.filter(undone_on=None)
        told: Self = rows.annotate(is_merged=Exists(merged.filter(source=OuterRef("pk"))))
        return told


class OrganisationQuerySet(Mendable, models.QuerySet["Organisation"]):
    """Institutions of the tenant."""

    def matching(self, text: str) -> Self:
        """Those that have every word of the text in name, town or number, diacritics or not."""
        return matching(self, text, "name", "city", starts=("nip", "regon"))

    def in_order(self) -> Self:
        return self.order_by(polish_order("name"))

    def alike(self, described: rules.Described) -> "list[tuple[Organisation, str]]":
        """Those that may be the institution that somebody describes, each with the reason."""
        known = [
            (one, rules.why_alike(described, one.described)) for one in self.current().in_order()
        ]
        return [(one, why) for one, why in known if why]


class Organisation(TenantModel):
    """An institution: a kooperant once it has joined, until then one that may (REG §1.3.a)."""

    INSTITUTION = "pk"
    PAGE, LIST_PAGE = "partnership:organisation", "partnership:organisations"
    # It says this of itself: members should know and understand each other (REG §1.8).
    PROFILE = (
        *("competences", "ways_of_working", "legal_basis"),
        *("email", "phone", "website", "edelivery"),
    )

    name = models.CharField("pełna nazwa", max_length=300)
    sector = models.CharField("sektor", max_length=16, choices=Sector.choices)
    legal_form = models.CharField("forma prawna", max_length=120, blank=True)
    nip = models.CharField("NIP", max_length=10, blank=True)
    regon = models.CharField("REGON", max_length=14, blank=True)
    krs = models.CharField("KRS", max_length=10, blank=True)
    street = models.CharField("ulica i numer", max_length=200, blank=True)
    postal_code = models.CharField("kod pocztowy", max_length=6, blank=True)
    city = models.CharField("miejscowość", max_length=100)
    email = models.EmailField("adres e-mail", blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    website = models.URLField("strona internetowa", blank=True)
    edelivery = models.CharField("adres do e-Doręczeń", max_length=40, blank=True)
    competences = models.TextField("kompetencje", blank=True, default="")
    ways_of_working = models.TextField("sposoby działania", blank=True, default="")
    legal_basis = models.TextField("podstawa prawna działania", blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=0)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            # A unit of a gmina often bears the gmina's NIP, so only REGON tells who is who.
            models.UniqueConstraint(
                fields=["regon"], condition=~Q(regon=""), name="organisation_regon_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def heads(self) -> "models.QuerySet[Person]":
        """People who head it or headed it."""
        posts = Post.objects.filter(organisation=self, is_head=True)
        heads = Person.objects.filter(pk__in=posts.values("person"))
        return heads.order_by(polish_order("full_name"), "pk")

    @property
    def described(self) -> rules.Described:
        return rules.Described(self.name, self.city, self.nip, self.regon, self.krs)

    @property
    def number(self) -> str:
        """Its REGON, else its NIP: other tenants recognise it by that."""
        return self.regon or self.nip

    @property
    def full_label(self) -> str:
        """Its name, seat and numbers, by which one tells it from another of the same name."""
        numbers = {"REGON": self.regon, "NIP": self.nip, "KRS": self.krs}
        given = [f"{label} {number}" for label, number in numbers.items() if number]
        return ", ".join([self.name, self.address, *given])

    @property
    def address(self) -> str:
        town = f"{self.postal_code} {self.city}".strip()
        return f"{self.street}, {town}" if self.street else town


class PersonQuerySet(Mendable, models.QuerySet["Person"]):
    """People of the tenant."""

    def of_account(self, account_id: UUID | None) -> "Person | None":
        """The person, who knows from the same query if any draft of theirs waits here.

        And if other entries were merged into theirs.
        """
        drafts = Draft.objects.filter(account_id=OuterRef("account_id"))
        gained = PersonMerge.objects.filter(target=OuterRef("pk"), undone_on=None)
        people = self.filter(account_id=account_id)
        people = people.annotate(has_drafts=Exists(drafts), has_gained=Exists(gained))
        return people.first() if account_id else None

    def in_order(self) -> Self:
        return self.order_by(polish_order("full_name"), "pk")

    def confirmed(self) -> Self:
        """Whoever came in, or was given a role or a function here, now or ever.

        Who is only named in a declaration is whoever its writer says.
        """
        roles = RoleAssignment.objects.filter(person=OuterRef("pk"))
        posts = Post.objects.filter(person=OuterRef("pk"))
        return self.filter(Q(account_id__isnull=False) | Exists(roles) | Exists(posts))

    def alike(
        self, full_name: str, email: str, *, organisation: "Organisation", address: str = ""
    ) -> "list[tuple[Person, str]]":
        """People who may be the one that somebody names, each with the reason.

        People of the institution, and whoever has the address.
        """
        named = rules.Named(full_name, email)
        of_address = Q(email__iexact=address) if address else Q(pk=None)
        people = self.current().filter(Q(posts__organisation=organisation) | of_address).distinct()
        known = [(one, rules.why_same_person(named, one.named)) for one in people.order_by("pk")]
        return [(one, why) for one, why in known if why]

    def acting(self, by: Actor) -> "Person | None":
        """The person who does something, with the roles held now; none where the system does."""
        return self.filter(pk=by.person_id).first() if by.person_id else None


class Person(TenantModel):
    """A person of the register, with an account or without one."""

    PAGE, LIST_PAGE = "people:person", "people:people"

    full_name = models.CharField("imię i nazwisko", max_length=200)
    email = models.EmailField("adres e-mail", blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    # The account is in the shared plane, hence no foreign key.
    account_id = models.UUIDField(null=True, unique=True, editable=False)
    created_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=0)

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["email"], name="person_email")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_label(self) -> str:
        """The name, and the address or number by which one tells it from another of the same name."""
        return ", ".join(filter(None, (self.full_name, self.email or self.phone)))

    @property
    def account_words(self) -> str:
        return "ma konto" if self.account_id else "bez konta"

    @property
    def named(self) -> rules.Named:
        return rules.Named(self.full_name, self.email)

    # Both are read once with the row; who must see a change reads the row anew.
    @cached_property
    def entries(self) -> frozenset[UUID]:
        """The entry itself, and those that were merged into it."""
        has_gained = getattr(self, "has_gained", True)  # known of whoever asks (`of_account`)
        return frozenset(stood_for_by(Person, self.pk) if has_gained else {self.pk})

    @cached_property
    def roles_today(self) -> "tuple[RoleAssignment, ...]":
        """The roles held today; the same question says if the institution of each is a kooperant."""
        day = timezone.localdate()
        (member,) = offers.of(OfMember)
        return tuple(self.role_assignments.on(day).annotate(is_of_member=member.on(day)))


class Merge(TenantModel):
    """Two rows turned out to be one: the source is hidden, what referred to it names the target.

    `moved` are the ids of the rows that it changed, by table and column; `filled` what the target
    took over from the source, field → [of the source, of the target before].
    """

    source: Any
    target: Any
    merged_on = models.DateField()
    merged_by = models.CharField(max_length=200)
    moved = models.JSONField(default=dict)
    filled = models.JSONField(default=dict)
    undone_on = models.DateField(null=True)
    undone_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(undone_on=None), name="%(class)s_once"
            ),
            models.CheckConstraint(
                condition=Q(undone_on=None, undone_by="") | Q(undone_on__isnull=False),
                name="%(class)s_undone_both_or_neither",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class OrganisationMerge(Merge):
    """Two institutions that turned out to be one."""

    source = models.ForeignKey(Organisation, models.PROTECT, related_name="merges")
    target = models.ForeignKey(Organisation, models.PROTECT, related_name="gained")


class PersonMerge(Merge):
    """Two people of the register who turned out to be one."""

    source = models.ForeignKey(Person, models.PROTECT, related_name="merges")
    target = models.ForeignKey(Person, models.PROTECT, related_name="gained")


class PostQuerySet(DatedQuerySet):
    """Posts in institutions and in the office."""

    def of_institutions(self) -> Self:
        return self.select_related("person", "organisation").exclude(organisation=None)


class Post(Dated):
    """A post of a person in an institution, or in the Lider's office when there is none."""

    INSTITUTION = "organisation"

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="posts", null=True, blank=True
    )
    function = models.CharField("funkcja", max_length=120)
    is_head = models.BooleanField("kieruje instytucją", default=False)

    objects = PostQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Dated.Meta):
        constraints = Dated.one_open(
            "person", "organisation", "function", name="post_once", nulls_distinct=False
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.function}"


class RoleAssignmentQuerySet(DatedQuerySet):
    """Roles of people."""

    def of_office(self) -> Self:
        return self.select_related("person").filter(organisation=None, role__in=OFFICE_ROLES)

    def in_order(self) -> Self:
        return self.order_by(polish_order("person__full_name"), "role", "pk")


class RoleAssignment(Dated):
    """A role of a person in this tenant, for an institution or (none) for the Lider."""

    INSTITUTION = "organisation"
    PAGE = "people:invitation"
    is_of_member: bool  # of a role of today, as its person asks for them

    person = models.ForeignKey(Person, models.PROTECT, related_name="role_assignments")
    role = models.CharField("rola", max_length=20, choices=Role.choices)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="role_assignments",
        null=True,
        blank=True,
    )
    granted_by = models.CharField(max_length=200)
    # Of whoever represents the Lider: the document that says so, or the position that gives it.
    basis = models.CharField(
        "podstawa umocowania", max_length=300, blank=True, default="", db_default=""
    )

    objects = RoleAssignmentQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Dated.Meta):
        constraints = [
            *Dated.one_open(
                "person", "role", "organisation", name="role_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(
                    role__in=sorted(OFFICE_ROLES | OF_NOBODY_HERE), organisation__isnull=True
                )
                | Q(role__in=sorted(PARTNER_ROLES), organisation__isnull=False),
                name="role_of_office_or_partner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


def holds(person: Person | None, roles: Iterable[str], organisation_id: UUID | None = None) -> bool:
    """The person holds one of the roles, for the Lider or for that institution."""
    if person is None:
        return False
    wanted = frozenset(roles)
    return any(
        held.role in wanted and held.organisation_id == organisation_id
        for held in person.roles_today
    )
