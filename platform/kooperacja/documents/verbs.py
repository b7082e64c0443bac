"""What the journal says of files and documents."""

VERBS = {
    "FILE_STORED": "dodano plik",
    "FILE_READ": "pobrano plik",
    "TEMPLATE_REPLACED": "zmieniono szablon dokumentu",
    "DOCUMENT_ISSUED": "utworzono dokument",
}
