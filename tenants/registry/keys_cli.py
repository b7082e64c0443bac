"""Exchange of keys from the command line: of the master key, of a unit's, of its families'."""

import click

from kooperacja.cli.site import console, progress
from tenants.registry.cli import on_site, operator, tenant_of

# Imports stand in functions: Django is set up when a command enters its site.


@click.group(help="Klucze szyfrujące: wymiana.")
def keys() -> None:
    pass


@keys.command(help="Wymienia klucz jednostki i klucze jej rodzin; bez kodu: wszystkich jednostek.")
@click.argument("code", required=False)
@on_site
def rotate(code: str | None) -> None:
    from kooperacja.crypto.actions import rotate_family_keys, rotate_tenant_key
    from tenants.registry.models import Tenant

    tenants = [tenant_of(code)] if code else list(Tenant.objects.select_related("unit"))
    families = 0
    with progress("Wymieniam klucze", transient=True) as tell:
        for done, tenant in enumerate(tenants, start=1):
            rotate_tenant_key(by=operator(), tenant=tenant.ref)
            families += rotate_family_keys(by=operator(), tenant=tenant.ref)
            tell(done, len(tenants))
    console.print(
        f"Wymienione klucze jednostek: {len(tenants)}, rodzin: {families}. "
        "Dawne klucze otwierają to, co zamknęły; nowe zapisy zamykają nowe."
    )


@keys.command(
    help="Zamyka klucze jednostek pod najnowszym kluczem głównym; potem dawny można odłożyć."
)
@on_site
def rewrap() -> None:
    from kooperacja.crypto.actions import rewrap_all

    console.print(f"Klucze zamknięte pod najnowszym kluczem głównym: {rewrap_all()}.")
