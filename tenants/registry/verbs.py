"""What the audit's codes about the life of a tenant mean."""

VERBS: dict[str, str] = {
    "TENANT_OPENED": "otwarto jednostkę",
    "TENANT_SUSPENDED": "zawieszono jednostkę",
    "TENANT_REOPENED": "wznowiono jednostkę",
    "TENANT_CLOSED": "zamknięto jednostkę",
    "TENANT_ADMIN_INVITED": "zaproszono administratora OPS",
}
