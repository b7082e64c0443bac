"""Permission to read the journal of a tenant."""

from typing import Protocol

from kooperacja.permissions import permission

JOURNAL_ROLES = frozenset({"TENANT_ADMIN", "LEAD", "DPO"})


class Holder(Protocol):
    """A person of the tenant with the codes of the roles held now for the Lider."""

    @property
    def office_roles(self) -> frozenset[str]: ...


@permission("Dziennik czyta administrator OPS, osoba reprezentująca Lidera i inspektor danych.")
def read_journal(person: Holder | None) -> bool:
    return person is not None and not JOURNAL_ROLES.isdisjoint(person.office_roles)
