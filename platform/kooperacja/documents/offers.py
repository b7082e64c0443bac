"""What documents give the house."""

from kooperacja.offers import Offer, Verbs

OFFERS: tuple[Offer, ...] = (
    Verbs(
        {
            "FILE_STORED": "dodano plik",
            "FILE_READ": "pobrano plik",
            "TEMPLATE_REPLACED": "zmieniono szablon dokumentu",
            "DOCUMENT_ISSUED": "utworzono dokument",
        }
    ),
)
