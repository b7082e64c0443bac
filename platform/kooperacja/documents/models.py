"""Files that a tenant keeps, and the frozen versions of its documents (REG §2.11)."""

from django.db import models
from django.db.models.functions import Now

from kooperacja.crypto.fields import (
    EncryptedJSONField,
    NamedKeyJSONField,
    NamedKeyTextField,
)
from kooperacja.crypto.named import KeyName
from kooperacja.documents.formats import ASIC_E, ASIC_S, XADES
from kooperacja.documents.workflow import PREPARED, PreparedState
from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import pl_datetime
from kooperacja.ui.problems import NOTHING_SAVED, Problem

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class StoredFile(TenantModel):
    """A file on the private disk: an uploaded scan or a document that was made here."""

    APPEND_ONLY = True

    kind = models.CharField(max_length=40)  # decides who may read it: perms.register
    original_name = models.CharField(max_length=150)  # of a closed file no more than "plik.pdf"
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)  # of a closed file: of what lies on the disk
    path = models.CharField(max_length=60, unique=True)  # <year>/<id> in the tenant's folder
    # The name of the key that seals it, where that is closer than the tenant's own.
    key_kind = models.CharField(max_length=20, default="", db_default="")
    key_of = models.UUIDField(null=True)
    closed_name = NamedKeyTextField(null=True)
    stored_at = models.DateTimeField(db_default=Now())
    stored_by_account_id = models.UUIDField(null=True)
    stored_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(content_type__in=[PDF, DOCX]), name="file_of_a_known_type"
            ),
            models.CheckConstraint(
                condition=models.Q(path__regex=r"^\d{4}/[0-9a-f-]{36}$"),
                name="file_path_is_generated",
            ),
            models.CheckConstraint(
                condition=models.Q(key_kind="", key_of=None, closed_name__isnull=True)
                | ~models.Q(key_kind="")
                & models.Q(key_of__isnull=False, closed_name__isnull=False),
                name="closed_file_names_its_key",
            ),
        ]

    def __str__(self) -> str:
        # Not the name: the journal keeps this text, and a name may tell of a family.
        what = "PDF" if self.content_type == PDF else "Word"
        return f"plik {what}, przyjęty {pl_datetime(self.stored_at)}"

    @property
    def key(self) -> KeyName | None:
        """The name of a key closer than the tenant's own, where one seals it."""
        return KeyName(self.key_kind, self.key_of) if self.key_of else None

    @property
    def is_closed(self) -> bool:
        return self.key_of is not None

    @property
    def name(self) -> str:
        """The name that whoever may read it saves it under."""
        return self.closed_name or self.original_name


class SignedContainer(TenantModel):
    """The XAdES or ASiC file in which a signed PDF came, kept beside it as it was sent."""

    APPEND_ONLY = True

    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="container")
    original_name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=60, unique=True)  # <year>/<id> in the tenant's folder

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(content_type__in=[XADES, ASIC_E, ASIC_S]),
                name="container_of_a_known_type",
            ),
            models.CheckConstraint(
                condition=models.Q(path__regex=r"^\d{4}/[0-9a-f-]{36}$"),
                name="container_path_is_generated",
            ),
        ]

    def __str__(self) -> str:
        return f"plik z podpisem, w którym był {self.file}"

    @property
    def key(self) -> None:
        """None but the tenant's own: closed teams take no files with signatures."""

    @property
    def name(self) -> str:
        return self.original_name


class Filing(TenantModel):
    """The place of a paper in the office's own files: its symbol, mark and original (REG §2.11)."""

    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="filing")
    symbol = models.CharField("symbol JRWA", max_length=20, blank=True, default="")
    case_mark = models.CharField("znak sprawy", max_length=60, blank=True, default="")
    original = models.CharField("gdzie jest oryginał", max_length=200, blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"opis w dokumentacji: {self.file}"


class KindSymbol(TenantModel):
    """The JRWA symbol of all papers of a kind that have none of their own."""

    kind = models.CharField(max_length=40, unique=True)
    symbol = models.CharField("symbol JRWA", max_length=20, blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"symbol JRWA {self.symbol}".rstrip()


class OfficeTemplate(TenantModel):
    """A Word template by which the office replaced ours; without a file it went back to ours."""

    APPEND_ONLY = True

    kind = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    fields = models.JSONField(null=True)  # which the document had then
    made_at = models.DateTimeField(db_default=Now())
    made_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="office_template_once")
        ]

    def __str__(self) -> str:
        return f"szablon dokumentu (plik Word), wersja {self.version}"

    def changed_meanwhile(self) -> Problem:
        """The answer to somebody who gave another one and had not seen it."""
        return Problem(
            "Ktoś zmienił ten szablon w międzyczasie",
            "Obejrzyj obecny szablon i w razie potrzeby wgraj swój jeszcze raz.",
            kept=NOTHING_SAVED,
        )


class FormTrial(TenantModel):
    """The result of trying an office's form on its paper, which changed after the form was given."""

    IS_PASSING = True

    template = models.OneToOneField(OfficeTemplate, models.CASCADE, related_name="trial")
    digest = models.CharField(max_length=64)  # of the paper as it was then
    misfit = models.CharField(max_length=1000, blank=True)
    tried_at = models.DateTimeField(db_default=Now())


class Document(TenantModel):
    """One version of a document, with the facts it was made from; never edited."""

    APPEND_ONLY = True

    kind = models.CharField(max_length=40)
    subject = models.UUIDField()  # the declaration, the meeting … that it is about
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    context = NamedKeyJSONField()
    docx = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    office_template = models.ForeignKey(OfficeTemplate, models.PROTECT, related_name="+", null=True)
    pdf = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "version"], name="one_document_a_version"
            ),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="versions_from_one"),
        ]

    def __str__(self) -> str:
        # The title may name a version of its own, so this one has another word.
        return self.title if self.version == 1 else f"{self.title} (wydanie {self.version})"

    @property
    def key(self) -> KeyName | None:
        """Its facts lie under the key of its files."""
        return self.pdf.key if self.pdf_id else None


class Verdict(models.TextChoices):
    """The result of checking a file's electronic signatures."""

    ABSENT = "ABSENT", "bez podpisu elektronicznego"
    INTACT = "INTACT", "dokument nie zmienił się od podpisania"
    NOTED = "NOTED", "po podpisaniu dodano uwagi, dokument się nie zmienił"
    BROKEN = "BROKEN", "dokument zmieniono po podpisaniu"
    PARTIAL = "PARTIAL", "podpis nie obejmuje całego dokumentu"
    WEAK = "WEAK", "podpis używa niedozwolonej funkcji skrótu"
    UNKNOWN = "UNKNOWN", "podpis rodzaju, którego nie umiemy sprawdzić"
    MALFORMED = "MALFORMED", "podpis jest uszkodzony"
    UNREADABLE = "UNREADABLE", "podpisu nie udało się odczytać"


class SignatureReport(TenantModel):
    """The electronic signatures of a file as they were when it came; never checked again."""

    APPEND_ONLY = True

    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="signature_report")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    signatures = EncryptedJSONField()
    checked_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.file}: {self.get_verdict_display()}"


class PreparedFile(TenantModel):
    """A long paper that is drawn in the background and kept for some days."""

    PAGE = "documents:prepared"
    WORKFLOW = PREPARED

    kind = models.CharField(max_length=40)  # of the paper
    title = models.CharField(max_length=200)
    name = models.CharField(max_length=150)  # of the file
    as_of = models.DateField()  # the day that its data are of
    digest = models.CharField(max_length=64)  # of the data; the same are drawn once
    context = EncryptedJSONField()  # emptied when it is drawn, but for what a pack leaves
    again_at = models.CharField(max_length=300)  # the address where one asks for it anew
    verb = models.CharField(max_length=60)  # in the journal, each time it is handed out
    entry = models.JSONField()
    state = models.CharField(
        max_length=8, choices=PreparedState.choices, default=PreparedState.WAITING
    )
    version = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True)  # the last sign of life of who draws it
    pages = models.PositiveIntegerField(default=0)  # laid out so far
    path = models.CharField(max_length=60, blank=True)
    size = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "digest"],
                condition=~models.Q(state=PreparedState.FAILED),
                name="same_paper_drawn_once",
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=models.Q(state=PreparedState.DRAWING),
                name="one_paper_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state=PreparedState.READY) ^ models.Q(path=""),
                name="ready_paper_has_file",
            ),
        ]

    def __str__(self) -> str:
        return f"plik {self.name}"

    @property
    def is_open(self) -> bool:
        """Somebody still waits for it."""
        return self.state in PREPARED.open


class PreparedFor(TenantModel):
    """An account that asked for a prepared file; it is told when it is there."""

    prepared = models.ForeignKey(PreparedFile, models.CASCADE, related_name="asked_by")
    account_id = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prepared", "account_id"], name="told_once")]

    def __str__(self) -> str:
        return f"prośba o {self.prepared}"
