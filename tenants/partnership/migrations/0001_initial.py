"""The tables of the partnership; keys and uniques stand inside CREATE TABLE."""

import django.db.models.deletion
import django.db.models.functions.datetime
import uuid6
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="RegulationVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid6.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="numer")),
                ("title", models.CharField(max_length=200, verbose_name="tytuł")),
                ("in_force_from", models.DateField(verbose_name="obowiązuje od")),
                ("decision_days", models.PositiveSmallIntegerField(default=30)),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="AccessibilityStatement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid6.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "entity_name",
                    models.CharField(max_length=300, verbose_name="nazwa podmiotu publicznego"),
                ),
                (
                    "entity_address",
                    models.CharField(blank=True, max_length=300, verbose_name="adres siedziby"),
                ),
                (
                    "contact_name",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="osoba lub komórka odpowiedzialna"
                    ),
                ),
                (
                    "contact_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="adres e-mail"),
                ),
                (
                    "contact_phone",
                    models.CharField(blank=True, max_length=40, verbose_name="telefon"),
                ),
                ("published_on", models.DateField(verbose_name="data publikacji strony")),
                (
                    "updated_on",
                    models.DateField(verbose_name="data ostatniej istotnej aktualizacji"),
                ),
                ("prepared_on", models.DateField(verbose_name="data sporządzenia deklaracji")),
                (
                    "reviewed_on",
                    models.DateField(verbose_name="data ostatniego przeglądu deklaracji"),
                ),
                (
                    "conformity",
                    models.CharField(
                        choices=[
                            ("FULL", "w pełni zgodna"),
                            ("PARTIAL", "częściowo zgodna"),
                            ("NONE", "niezgodna"),
                        ],
                        default="PARTIAL",
                        max_length=7,
                        verbose_name="zgodność z ustawą",
                    ),
                ),
                ("known_issues", models.TextField(blank=True, verbose_name="treści niedostępne")),
                (
                    "architecture",
                    models.TextField(
                        blank=True, verbose_name="dostępność architektoniczna siedziby"
                    ),
                ),
                ("is_only", models.BooleanField(default=True, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("is_only", True)), name="accessibility_is_only"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reviewed_on__gte", models.F("prepared_on"))),
                        name="accessibility_review_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Partnership",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid6.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "area",
                    models.CharField(max_length=200, verbose_name="terytorialny obszar działania"),
                ),
                (
                    "lead_name",
                    models.CharField(max_length=300, verbose_name="pełna nazwa ośrodka (Lidera)"),
                ),
                (
                    "lead_address",
                    models.CharField(blank=True, max_length=300, verbose_name="adres Lidera"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("DRAFT", "w przygotowaniu"),
                            ("ACTIVE", "działa"),
                            ("DISSOLVED", "rozwiązane"),
                        ],
                        default="DRAFT",
                        max_length=9,
                    ),
                ),
                ("established_on", models.DateField(null=True, verbose_name="data powołania")),
                ("dissolved_on", models.DateField(null=True, verbose_name="data rozwiązania")),
                ("is_only", models.BooleanField(default=True, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("is_only", True)), name="partnership_is_only"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "DRAFT"), ("established_on__isnull", False), _connector="OR"
                        ),
                        name="partnership_established",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dissolved_on__isnull", False), ("state", "DISSOLVED")),
                            models.Q(
                                models.Q(("state", "DISSOLVED"), _negated=True),
                                ("dissolved_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="partnership_dissolved_both_or_neither",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid6.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="pełna nazwa")),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            ("SOCIAL", "pomoc społeczna"),
                            ("EDUCATION", "edukacja"),
                            ("HEALTH", "zdrowie"),
                            ("SAFETY", "policja i bezpieczeństwo"),
                            ("JUSTICE", "wymiar sprawiedliwości"),
                            ("LABOUR", "rynek pracy"),
                            ("CULTURE", "kultura i sport"),
                            ("HOUSING", "mieszkalnictwo"),
                            ("NGO", "organizacje pozarządowe"),
                            ("CHURCH", "kościoły"),
                            ("LOCAL_GOVERNMENT", "jednostki samorządu"),
                            ("OTHER", "inne"),
                        ],
                        max_length=16,
                        verbose_name="sektor",
                    ),
                ),
                (
                    "legal_form",
                    models.CharField(blank=True, max_length=120, verbose_name="forma prawna"),
                ),
                ("nip", models.CharField(blank=True, max_length=10, verbose_name="NIP")),
                ("regon", models.CharField(blank=True, max_length=14, verbose_name="REGON")),
                ("krs", models.CharField(blank=True, max_length=10, verbose_name="KRS")),
                (
                    "street",
                    models.CharField(blank=True, max_length=200, verbose_name="ulica i numer"),
                ),
                (
                    "postal_code",
                    models.CharField(blank=True, max_length=6, verbose_name="kod pocztowy"),
                ),
                ("city", models.CharField(max_length=100, verbose_name="miejscowość")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="adres e-mail"),
                ),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="telefon")),
                ("website", models.URLField(blank=True, verbose_name="strona internetowa")),
                (
                    "edelivery",
                    models.CharField(blank=True, max_length=40, verbose_name="adres do e-Doręczeń"),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("version", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("regon", ""), _negated=True),
                        fields=("regon",),
                        name="organisation_regon_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid6.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("full_name", models.CharField(max_length=200, verbose_name="imię i nazwisko")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="adres e-mail"),
                ),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="telefon")),
                ("account_id", models.UUIDField(editable=False, null=True, unique=True)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("version", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["email"], name="person_email")],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid6.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("from_on", models.DateField(verbose_name="od")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="do")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="partnership.person",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="partnership.organisation",
                    ),
                ),
                ("function", models.CharField(max_length=120, verbose_name="funkcja")),
                ("is_head", models.BooleanField(default=False, verbose_name="kieruje instytucją")),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="post_from_before_end",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("person", "organisation", "function"),
                        name="post_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleAssignment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid6.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("from_on", models.DateField(verbose_name="od")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="do")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_assignments",
                        to="partnership.person",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("ROPS_COORDINATOR", "koordynator ROPS"),
                            ("TENANT_ADMIN", "administrator OPS"),
                            ("LEAD", "Lider"),
                            ("NETWORK_OFFICER", "pracownik ds. sieci"),
                            ("SOCIAL_WORKER", "pracownik socjalny"),
                            ("PARTNER_COORDINATOR", "koordynator Partnerstwa"),
                            ("PARTNER_HEAD", "kierujący instytucją"),
                            ("PARTNER_WORKER", "pracownik kooperanta"),
                            ("DPO", "inspektor ochrony danych"),
                        ],
                        max_length=20,
                        verbose_name="rola",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_assignments",
                        to="partnership.organisation",
                    ),
                ),
                ("granted_by", models.CharField(max_length=200)),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="roleassignment_from_before_end",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("person", "role", "organisation"),
                        name="role_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("organisation__isnull", True),
                                (
                                    "role__in",
                                    [
                                        "DPO",
                                        "LEAD",
                                        "NETWORK_OFFICER",
                                        "SOCIAL_WORKER",
                                        "TENANT_ADMIN",
                                    ],
                                ),
                            ),
                            models.Q(
                                ("organisation__isnull", False),
                                (
                                    "role__in",
                                    ["PARTNER_COORDINATOR", "PARTNER_HEAD", "PARTNER_WORKER"],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="role_of_office_or_partner",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessionDeclaration",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid6.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="partnership.organisation",
                    ),
                ),
                (
                    "signatory",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.person",
                    ),
                ),
                (
                    "signatory_function",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="funkcja osoby podpisującej"
                    ),
                ),
                (
                    "coordinator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.person",
                    ),
                ),
                (
                    "coordinator_position",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="stanowisko koordynatora"
                    ),
                ),
                (
                    "regulation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.regulationversion",
                    ),
                ),
                (
                    "publish_consent",
                    models.BooleanField(
                        default=False, verbose_name="zgoda na publikację w wykazie członków"
                    ),
                ),
                (
                    "case_mark",
                    models.CharField(blank=True, max_length=60, verbose_name="znak sprawy"),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("PAPER_SCAN", "podpis odręczny (skan; oryginał przechowuje Lider)"),
                            ("QUALIFIED", "kwalifikowany podpis elektroniczny"),
                            ("TRUSTED", "podpis zaufany"),
                        ],
                        default="PAPER_SCAN",
                        max_length=10,
                        verbose_name="sposób podpisania",
                    ),
                ),
                (
                    "signed_place",
                    models.CharField(blank=True, max_length=100, verbose_name="miejsce podpisania"),
                ),
                ("signed_on", models.DateField(null=True, verbose_name="data podpisania")),
                ("received_on", models.DateField(null=True, verbose_name="data wpływu do Lidera")),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.storedfile",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("DRAFT", "szkic"),
                            ("FILED", "czeka na decyzję Lidera"),
                            ("ACCEPTED", "przyjęta"),
                            ("RETURNED", "zwrócona do poprawy"),
                            ("REFUSED", "odmowa przyjęcia"),
                        ],
                        default="DRAFT",
                        max_length=8,
                    ),
                ),
                ("decided_on", models.DateField(null=True, verbose_name="data decyzji")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.person",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="uzasadnienie")),
                (
                    "annotation",
                    models.CharField(blank=True, max_length=100, verbose_name="adnotacja Lidera"),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("version", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["DRAFT", "FILED", "RETURNED"])),
                        fields=("organisation",),
                        name="declaration_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "DRAFT"),
                            models.Q(
                                ("coordinator__isnull", False),
                                ("file__isnull", False),
                                ("received_on__isnull", False),
                                ("regulation__isnull", False),
                                ("signatory__isnull", False),
                                ("signed_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="declaration_filed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("received_on__isnull", True),
                            ("received_on__gte", models.F("signed_on")),
                            _connector="OR",
                        ),
                        name="declaration_signed_before_received",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_by__isnull", False),
                                ("decided_on__isnull", False),
                                ("state__in", ["ACCEPTED", "REFUSED", "RETURNED"]),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ["ACCEPTED", "REFUSED", "RETURNED"]),
                                    _negated=True,
                                ),
                                ("decided_by__isnull", True),
                                ("decided_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="declaration_decided_both_or_neither",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_on__isnull", True),
                            ("decided_on__gte", models.F("received_on")),
                            _connector="OR",
                        ),
                        name="declaration_received_before_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["RETURNED", "REFUSED"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="declaration_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "ACCEPTED"), models.Q(("annotation", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("state", "ACCEPTED"), _negated=True), ("annotation", "")
                            ),
                            _connector="OR",
                        ),
                        name="declaration_annotated_when_accepted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeclarationStep",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid6.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="partnership.accessiondeclaration",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("DRAFT", "szkic"),
                            ("FILED", "czeka na decyzję Lidera"),
                            ("ACCEPTED", "przyjęta"),
                            ("RETURNED", "zwrócona do poprawy"),
                            ("REFUSED", "odmowa przyjęcia"),
                        ],
                        max_length=8,
                    ),
                ),
                ("happened_on", models.DateField()),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("actor_name", models.CharField(max_length=200)),
                ("reason", models.TextField(blank=True)),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.storedfile",
                    ),
                ),
            ],
            options={
                "ordering": ["recorded_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid6.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("from_on", models.DateField(verbose_name="od")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="do")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="partnership.organisation",
                    ),
                ),
                (
                    "declaration",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="membership",
                        to="partnership.accessiondeclaration",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="membership_from_before_end",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("organisation",),
                        name="membership_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnershipCoordinator",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid6.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("from_on", models.DateField(verbose_name="od")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="do")),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coordinators",
                        to="partnership.membership",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coordinates",
                        to="partnership.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="partnershipcoordinator_from_before_end",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("membership", "person"),
                        name="coordinator_once",
                    ),
                ],
            },
        ),
    ]
