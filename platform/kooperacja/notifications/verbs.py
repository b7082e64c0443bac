"""Polish of this app's verbs in the journal."""

VERBS: dict[str, str] = {"NOTIFICATION_SWITCHED": "zmieniono ustawienia powiadomień"}
