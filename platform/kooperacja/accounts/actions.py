"""A person changes their own account."""

from kooperacja.accounts.models import Account


def rename(*, by: Account, full_name: str) -> None:
    """Change one's own name; what was signed before keeps the name it was signed with."""
    by.full_name = full_name.strip()
    by.save(update_fields=["full_name"])
