"""What the journal says of keys."""

VERBS = {"KEY_ROTATED": "wymieniono klucz szyfrujący"}
