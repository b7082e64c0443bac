"""Offers of documents."""

from kooperacja.documents.models import Document, OfficeTemplate, SignatureReport, StoredFile
from kooperacja.offers import Fate, Impersonal, Offer, PersonalData, Verbs

OFFERS: tuple[Offer, ...] = (
    Verbs(
        {
            "FILE_STORED": "dodano plik",
            "FILE_READ": "pobrano plik",
            "TEMPLATE_REPLACED": "zmieniono szablon dokumentu",
            "DOCUMENT_ISSUED": "utworzono dokument",
        }
    ),
    PersonalData(
        StoredFile,
        ("original_name", "stored_by_name"),
        Fate.RECORD,
        "a paper of the partnership and who put it there (REG §2.11)",
    ),
    PersonalData(OfficeTemplate, ("made_by_name",), Fate.RECORD, "who replaced a form"),
    PersonalData(
        Document, ("title", "context"), Fate.RECORD, "the facts of a paper that was issued"
    ),
    PersonalData(SignatureReport, ("signatures",), Fate.RECORD, "who signed a paper"),
    Impersonal(Document, ("kind",)),
    Impersonal(OfficeTemplate, ("kind", "fields")),
    Impersonal(StoredFile, ("kind", "content_type", "sha256", "path")),
)
