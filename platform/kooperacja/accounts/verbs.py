"""What accounts do that a tenant's journal keeps."""

VERBS = {"ENTERED": "weszła do jednostki osoba z dostępem"}
