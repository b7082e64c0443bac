"""Offers of documents."""

from kooperacja.audit.about import HangsOn, Told
from kooperacja.documents.models import (
    Document,
    Filing,
    FormTrial,
    KindSymbol,
    OfficeTemplate,
    PreparedFile,
    SignatureReport,
    SignedContainer,
    StoredFile,
)
from kooperacja.documents.preparing import forget_prepared
from kooperacja.documents.told import hanging_on, words_of_containers, words_of_files
from kooperacja.offers import Fate, Impersonal, Offer, PersonalData, Verbs

OFFERS: tuple[Offer, ...] = (
    Verbs(
        {
            "FILE_STORED": "dodano plik",
            "FILE_READ": "pobrano plik",
            "DOCUMENT_DESCRIBED": "opisano dokument w dokumentacji",
            "SYMBOLS_CHANGED": "zmieniono symbole JRWA rodzajów dokumentów",
            "TEMPLATE_REPLACED": "zmieniono szablon dokumentu",
            "DOCUMENT_ISSUED": "utworzono dokument",
            "PAPER_ASKED": "zamówiono dokument przygotowywany w tle",
            "PAPER_BEGUN": "zaczęto przygotowywać dokument",
            "PAPER_INTERRUPTED": "przerwano przygotowywanie dokumentu",
            "PAPER_READY": "przygotowano dokument",
            "PAPER_FAILED": "nie udało się przygotować dokumentu",
        }
    ),
    Told(StoredFile, words_of_files),
    Told(SignedContainer, words_of_containers),
    HangsOn(hanging_on),
    PersonalData(
        StoredFile,
        ("original_name", "closed_name", "stored_by_name"),
        Fate.RECORD,
        "a paper of the partnership and who put it there (REG §2.11)",
    ),
    PersonalData(
        SignedContainer,
        ("original_name",),
        Fate.RECORD,
        "the file in which a signed paper came, kept as long as the paper (REG §2.11)",
    ),
    PersonalData(OfficeTemplate, ("made_by_name",), Fate.RECORD, "who replaced a form"),
    PersonalData(
        Document, ("title", "context"), Fate.RECORD, "the facts of a paper that was issued"
    ),
    PersonalData(
        Filing,
        ("case_mark", "original"),
        Fate.RECORD,
        "where the office keeps the paper (REG §2.11)",
    ),
    PersonalData(SignatureReport, ("signatures",), Fate.RECORD, "who signed a paper"),
    PersonalData(
        PreparedFile,
        ("context",),
        Fate.FORGOTTEN,
        "what is to be drawn; emptied when it was, and gone with the file",
        by=forget_prepared,
    ),
    Impersonal(
        PreparedFile,
        ("kind", "title", "name", "digest", "again_at", "verb", "entry", "path"),
    ),
    Impersonal(Document, ("kind",)),
    Impersonal(Filing, ("symbol",)),
    Impersonal(KindSymbol, ("kind", "symbol")),
    Impersonal(FormTrial, ("digest", "misfit")),
    Impersonal(OfficeTemplate, ("kind", "fields")),
    Impersonal(SignedContainer, ("content_type", "sha256", "path")),
    Impersonal(StoredFile, ("kind", "content_type", "sha256", "path", "key_kind")),
)
