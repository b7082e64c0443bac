"""What accounts do that a tenant's journal keeps."""

VERBS = {"ENTERED": "wejście do jednostki"}
