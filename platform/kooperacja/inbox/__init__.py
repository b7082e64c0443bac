"""An account's one list of what waits for it in all its tenants: titles and links only."""
