"""The units of the official register (TERYT), the tenants among them and accesses to them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.models import SharedModel, in_order_if_known
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import quoted, stopped
from kooperacja.ui.problems import NOTHING_DONE, Problem
from tenants.registry import region, support  # noqa: F401 - Django finds these models here
from tenants.registry.roles import Role
from tenants.registry.rules import CITY, Impossible, TenantKind, UnitLevel, kind_of, titled
from tenants.registry.workflow import PROPOSAL, TENANT, ProposalState, TenantStatus


class Unit(SharedModel):
    """One unit of TERYT, known by its code without RODZ: WW, WWPP or WWPPGG."""

    code = models.CharField(max_length=6, unique=True)
    level = models.CharField(max_length=12, choices=UnitLevel.choices)
    # The newest state, kept beside the history below so that lists need one table.
    name = models.CharField(max_length=100)
    rodz = models.CharField(max_length=1, blank=True)
    as_of = models.DateField()
    is_gone = models.BooleanField(default=False)
    # The middle of its area, where the region imported boundaries.
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.label} ({self.code})"

    @property
    def label(self) -> str:
        """Its name with its kind; the register writes names of voivodeships in capitals."""
        name = self.name.lower() if self.level == UnitLevel.VOIVODESHIP else self.name
        return titled(kind_of(self.level, self.rodz), name)

    @property
    def county_code(self) -> str:
        return self.code[:4]


class UnitState(SharedModel):
    """The name and kind of a unit from a day on (RODZ changes, the code stays)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="states")
    name = models.CharField(max_length=100)
    rodz = models.CharField(max_length=1, blank=True)
    name_extra = models.CharField(max_length=100, blank=True)
    valid_from = models.DateField()

    class Meta:
        ordering = ["unit", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_state_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.name} od {self.valid_from}"


class Tenant(SharedModel):
    """A gmina or powiat that runs its model kooperacji here: one schema, one database role."""

    WORKFLOW = TENANT

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="tenant")
    kind = models.CharField(max_length=6, choices=TenantKind.choices)
    slug = models.SlugField(max_length=80, unique=True)
    schema_name = models.CharField(max_length=63, unique=True)
    role_name = models.CharField(max_length=63, unique=True)
    status = models.CharField(
        max_length=9, choices=TenantStatus.choices, default=TenantStatus.OPENING
    )
    ddl = models.CharField(max_length=64, blank=True)  # digest of the version its schema is at
    requested_at = models.DateTimeField(auto_now_add=True)
    requested_by = models.CharField(max_length=200, blank=True)
    # The first administrator, kept until the invitation can be sent.
    admin_email = models.EmailField(blank=True)
    admin_name = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(auto_now=True)
    reason = models.CharField(max_length=500, blank=True)  # why suspended or closed
    failure = models.CharField(max_length=500, blank=True)  # why opening has not succeeded yet
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["unit__code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=TenantStatus.OPENING) | Q(opened_at__isnull=False),
                name="tenant_open_since",
            )
        ]

    def __str__(self) -> str:
        return self.unit.label

    @property
    def label(self) -> str:
        """Its name with its kind, as it begins a line."""
        if self.kind == TenantKind.CITY:
            return titled(CITY, self.unit.name)
        return self.unit.label[:1].upper() + self.unit.label[1:]

    def not_now(self, to: str, by: Actor | None) -> Impossible:
        return Impossible(f"{self}: stan {quoted(self.get_status_display())} na to nie pozwala.")

    # Filled in by whoever reads it from the directory, so that it costs no query of its own.
    county_name: str = ""

    @property
    def ref(self) -> TenantRef:
        return TenantRef(
            id=self.id,
            code=self.unit.code,
            kind=self.kind,
            slug=self.slug,
            name=self.label,
            schema=self.schema_name,
            role=self.role_name,
            status=self.status,
            county=f"powiat {self.county_name}" if self.county_name else "",
        )


class Access(SharedModel):
    """An account's right to enter a tenant, or the region, in a role and for an organisation."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="accesses"
    )
    tenant = models.ForeignKey(
        Tenant, on_delete=models.PROTECT, null=True, related_name="accesses"
    )  # none: the region
    role = models.CharField(max_length=20, choices=Role.choices)
    # Rows of the tenant, hence no foreign keys.
    organisation_id = models.UUIDField(null=True)
    organisation_name = models.CharField(max_length=300, blank=True)
    # Its REGON, else its NIP: the same wherever the institution works.
    organisation_number = models.CharField(max_length=14, blank=True, default="", db_default="")
    person_id = models.UUIDField(null=True)
    # The role there that it opens the door to; none: granted by the region.
    assignment_id = models.UUIDField(null=True)
    granted_at = models.DateTimeField(auto_now_add=True)
    granted_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)
    end_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name_plural = "accesses"
        ordering = ["granted_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tenant__isnull=True, role=Role.ROPS_COORDINATOR)
                | (Q(tenant__isnull=False) & ~Q(role=Role.ROPS_COORDINATOR)),
                name="access_region_or_tenant",
            ),
            models.UniqueConstraint(
                fields=["account", "tenant", "role", "organisation_id"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="access_once",
            ),
            in_order_if_known("granted_at", "ended_at", name="access_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role} {self.tenant_id}"

    @property
    def why_ended(self) -> str:
        return stopped(self.end_reason or "rola się zakończyła")


class Invitation(SharedModel):
    """A single-use invitation of one e-mail address to one role; only its token's hash is kept."""

    email = models.EmailField()
    full_name = models.CharField(max_length=200)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, null=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    organisation_id = models.UUIDField(null=True)
    organisation_name = models.CharField(max_length=300, blank=True)
    # Its REGON, else its NIP: the same wherever the institution works.
    organisation_number = models.CharField(max_length=14, blank=True, default="", db_default="")
    person_id = models.UUIDField(null=True)
    assignment_id = models.UUIDField(null=True)
    # On what one is invited: whoever is sent here by others knows this unit by that alone.
    basis = models.CharField(max_length=300, blank=True, default="", db_default="")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    # What asked for it (a row of a tenant's outbox), so that asking twice invites once.
    source_id = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.tenant_id}"


class AdministratorProposal(SharedModel):
    """An administrator whom the region proposes to a unit that has, or had, people of its own."""

    WORKFLOW = PROPOSAL

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="proposals")
    email = models.EmailField()
    full_name = models.CharField(max_length=200)
    state = models.CharField(
        max_length=9, choices=ProposalState.choices, default=ProposalState.PROPOSED
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    proposed_by = models.CharField(max_length=200)
    # Who hears of the answer; none: proposed from the command line.
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    due_at = models.DateTimeField(null=True)  # when the invitation goes out unless it is stopped
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant"],
                condition=Q(state__in=sorted(PROPOSAL.open)),
                name="proposal_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.WAITING) | Q(due_at__isnull=False),
                name="proposal_waits_until",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.REFUSED) | ~Q(reason=""), name="proposal_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(PROPOSAL.open), decided_at__isnull=True)
                | (~Q(state__in=sorted(PROPOSAL.open)) & Q(decided_at__isnull=False)),
                name="proposal_decided_when_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name}, {self.email}"

    def not_now(self, to: str, by: Actor | None) -> Problem:
        return Problem(
            "Ta propozycja nie czeka już na odpowiedź",
            f"{self}: {self.get_state_display()}.",
            kept=NOTHING_DONE,
        )

    def require_state(self, state: str) -> None:
        """Raise what is said where it doesn't wait for this answer."""
        if self.state != state:
            raise self.not_now(state, None)


class SchemaVersion(SharedModel):
    """The schema of tenants after certain migrations, and the statements that make it."""

    digest = models.CharField(max_length=64, unique=True)
    statements = models.JSONField()  # in the order in which they are run
    migrations = models.JSONField()  # pairs of app and name, in order of the alphabet
    rendered_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{len(self.migrations)} ({self.digest[:6]})"


class Spare(SharedModel):
    """A schema made in advance with its role and rights, which an opening only renames."""

    schema_name = models.CharField(max_length=40, unique=True)
    role_name = models.CharField(max_length=63, unique=True)
    ddl = models.CharField(max_length=64)  # digest of its version
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return self.schema_name


class Upgrade(SharedModel):
    """One attempt to bring a tenant's schema to the version of a release."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="upgrades")
    before = models.CharField(max_length=64)  # digests of versions
    after = models.CharField(max_length=64)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    failed_in = models.CharField(max_length=200, blank=True)  # the migration: app.name
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-began_at", "-id"]
        constraints = [in_order_if_known("began_at", "ended_at", name="upgrade_ends_after_start")]

    def __str__(self) -> str:
        return f"{self.tenant_id}: {self.after[:6]}"

    @property
    def seconds(self) -> float | None:
        return (self.ended_at - self.began_at).total_seconds() if self.ended_at else None

    @property
    def is_done(self) -> bool:
        return self.ended_at is not None and not self.error
