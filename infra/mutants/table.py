"""The planted faults. Texts are short, so that work on the code around them leaves them valid."""

from infra.mutants import Mutant
from infra.mutants.agreements import AGREEMENTS
from infra.mutants.doors import DOORS
from infra.mutants.guard import GUARD
from infra.mutants.journal import JOURNAL
from infra.mutants.mail import MAIL
from infra.mutants.outside import FILES, INPUT, LOAD, RIGHTS, SIGNATURES
from infra.mutants.pages import PAGES
from infra.mutants.wall import WALL

_TENANCY = "platform/kooperacja/tenancy"
_BASE = f"{_TENANCY}/tenant_plane/base.py"
_CURSORS = f"{_TENANCY}/cursors.py"
_MODELS = f"{_TENANCY}/models.py"
_PROVISIONING = "tenants/schemas/provisioning.py"
_CATALOGUE = "tenants/schemas/catalogue.py"
_WALL = "tests/kooperacja/tenancy/test_wall.py"
_GRANTS = "tests/isolation/test_grants.py"
_INJECTION = "tests/isolation/test_injection.py"
_SAME_NAME = "tests/isolation/test_same_name.py"
_MATRIX = "tests/isolation/test_matrix.py"
_TRANSACTIONS = "tests/isolation/test_transactions.py"
_READING = "tests/isolation/test_reading.py"

_SESSION = (
    Mutant(
        name="role not set on switching",
        file=_BASE,
        before='cursor.execute(sql.SQL("SET ROLE {}").format(role))',
        after="pass",
        tests=(_WALL,),
        why="the login itself has no rights, but a login that has some would see all tenants",
    ),
    Mutant(
        name="search path falls back to public",
        file=_BASE,
        before='"SET search_path TO {}, ext"',
        after='"SET search_path TO {}, public, ext"',
        tests=(_GRANTS,),
        why="a table that a tenant lacks would be looked for in the shared plane",
    ),
    Mutant(
        name="role not told anew after a reconnect",
        file=_BASE,
        before="    def close(self) -> None:\n        self._applied = None\n",
        after="    def close(self) -> None:\n",
        tests=(_TRANSACTIONS,),
        why="the next session would run as the login, in no tenant",
    ),
    Mutant(
        name="role told inside the transaction",
        file=_BASE,
        before="if not autocommit and self.tenant:",
        after="if False and self.tenant:",
        tests=(_TRANSACTIONS,),
        why="a rollback would bring the tenant before back",
    ),
    Mutant(
        name="switch inside a transaction allowed",
        file=_BASE,
        before="if in_own_transaction:",
        after="if False:",
        tests=(_WALL,),
        why="one transaction would write in two tenants",
    ),
    Mutant(
        name="extended protocol off",
        file=_CURSORS,
        before='**(kwargs | {"force_extended": True})',
        after="**kwargs",
        tests=(_WALL,),
        why="statements could be stacked behind an injected semicolon",
    ),
    Mutant(
        name="change of role not noticed",
        file=_CURSORS,
        before="if self.statusmessage in _ENDS_THE_SESSION:",
        after="if False:",
        tests=(_INJECTION,),
        why="whoever writes a whole statement could become a neighbour",
    ),
)

_READ_ONLY = (
    Mutant(
        name="a GET may write",
        file=f"{_TENANCY}/middleware.py",
        before="if request.method in _WRITES else reading():",
        after="if request.method in _WRITES else nullcontext():",
        tests=(_READING,),
        why="a link, a preview or a crawler would change what is kept",
    ),
    Mutant(
        name="the server not told that a session only reads",
        file=_BASE,
        before='cursor.execute(sql.SQL("SET default_transaction_read_only TO {}").format(mode))',
        after="pass",
        tests=(_READING,),
        why="only our own word would stand between a GET and a write",
    ),
    Mutant(
        name="reading and writing taken for the same session",
        file=_BASE,
        before="if self._applied == wanted:",
        after="if self._applied and self._applied[0] == tenant.schema:",
        tests=(_READING,),
        why="the request after a POST could write, the one after a GET could not",
    ),
    Mutant(
        name="a query may begin a transaction",
        file=_CURSORS,
        before=', "BEGIN", "START TRANSACTION"',
        after="",
        tests=(_READING,),
        why="it could begin one that writes, in a session that only reads",
    ),
    Mutant(
        name="a cursor stays for who comes next",
        file=_CURSORS,
        before='"DECLARE CURSOR", ',
        after="",
        tests=(_INJECTION,),
        why="the next tenant on the connection could fetch the rows of the one before",
    ),
)

_DATABASE = (
    Mutant(
        name="set_config left to everybody",
        file=_CATALOGUE,
        before='("set_config", ',
        after="(",
        tests=(_GRANTS,),
        why="a SELECT could change the role",
    ),
    Mutant(
        name="advisory locks left to everybody",
        file=_CATALOGUE,
        before="*_OF_THE_DISK, *_LOCKS, ",
        after="*_OF_THE_DISK, ",
        tests=(_INJECTION,),
        why="a SELECT in one tenant could stop work in all others",
    ),
    Mutant(
        name="statistics and sizes left to everybody",
        file=_CATALOGUE,
        before="*_OF_OTHER_SESSIONS, *_COUNTS)",
        after="*_OF_OTHER_SESSIONS)",
        tests=(_INJECTION,),
        why="a tenant could count its neighbours' rows, hour by hour",
    ),
    Mutant(
        name="rows of neighbours counted in pg_class",
        file=_CATALOGUE,
        before="    _hide_counts(connection)\n    for",
        after="    for",
        tests=(_INJECTION,),
        why="a tenant could count its neighbours' rows",
    ),
    Mutant(
        name="blocks of plpgsql left to everybody",
        file=_PROVISIONING,
        before='"REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC"',
        after='"SELECT 1"',
        tests=(_INJECTION,),
        why="a DO block hides a change of role from the protocol",
    ),
    Mutant(
        name="a schema granted to PUBLIC",
        file=_PROVISIONING,
        before='"GRANT USAGE ON SCHEMA {} TO {}", schema, role)',
        after='"GRANT USAGE ON SCHEMA {} TO PUBLIC", schema)',
        tests=(_GRANTS,),
        why="neighbours could look into the schema",
    ),
    Mutant(
        name="the login inherits its tenants",
        file=_PROVISIONING,
        before='"LOGIN NOINHERIT',
        after='"LOGIN INHERIT',
        tests=(_GRANTS,),
        why="outside a tenant one would see them all",
    ),
    Mutant(
        name="a tenant's role inherits",
        file=_PROVISIONING,
        before='"NOLOGIN NOINHERIT',
        after='"NOLOGIN INHERIT',
        tests=(_GRANTS,),
        why="a role given to a tenant's by mistake would work at once",
    ),
    Mutant(
        name="the publisher writes the whole shared plane",
        file=_PROVISIONING,
        before='"GRANT USAGE ON SCHEMA public TO {}", role)',
        after='"GRANT USAGE ON SCHEMA public TO {}", role)\n'
        '        run(connection, "GRANT INSERT ON ALL TABLES IN SCHEMA public TO {}", role)',
        tests=(_GRANTS,),
        why="publishing a figure could give access",
    ),
    Mutant(
        name="the journal can be rewritten",
        file=_PROVISIONING,
        before='"REVOKE UPDATE, DELETE ON {}.{} FROM {}"',
        after='"REVOKE TRUNCATE ON {}.{} FROM {}"',
        tests=(_GRANTS,),
        why="the triggers alone would stand between a tenant and its own journal",
    ),
)

_CODE = (
    Mutant(
        name="cache key without the tenant",
        file=f"{_TENANCY}/cache.py",
        before="{tenant.schema if tenant else 'shared'}:",
        after="",
        tests=(_SAME_NAME,),
        why="the same key in two tenants would be one value",
    ),
    Mutant(
        name="media path without the tenant",
        file="platform/kooperacja/documents/storage.py",
        before=" / current_tenant().schema",
        after="",
        tests=(_SAME_NAME,),
        why="the same file id in two tenants would be one file",
    ),
    Mutant(
        name="an object of another tenant is saved",
        file=_MODELS,
        before="if here != self._made_in:",
        after="if False:",
        tests=(_SAME_NAME,),
        why="rows would be copied from tenant to tenant",
    ),
    Mutant(
        name="objects of another tenant are saved in bulk",
        file=_MODELS,
        before="bulk_create, bulk_update.\n        self._refuse_elsewhere()",
        after="bulk_create, bulk_update.",
        tests=(_TRANSACTIONS,),
        why="Django's bulk methods call no save",
    ),
    Mutant(
        name="a task enters no tenant",
        file=f"{_TENANCY}/tasks.py",
        before="with inside(tenant):",
        after="if tenant:",
        tests=(_SAME_NAME,),
        why="a task would work in whichever tenant was entered last",
    ),
    Mutant(
        name="tasks of a suspended tenant run",
        file=f"{_TENANCY}/tasks.py",
        before=" or not tenant.is_open or",
        after=" or",
        tests=(_SAME_NAME,),
        why="work would go on behind a closed door",
    ),
    Mutant(
        name="nobody asked at the door of a tenant",
        file=f"{_TENANCY}/middleware.py",
        before="response: HttpResponse | None = directory().admit(\n            request, takes_leavers=takes_leavers(view)\n        )",
        after="response: HttpResponse | None = None",
        tests=(_MATRIX,),
        why="an account of any tenant would come in",
    ),
    Mutant(
        name="a list without its filter",
        file="tenants/accession/perms.py",
        before="Q(organisation__in=voiced_organisations(person))",
        after="Q(organisation__isnull=False)",
        tests=("tests/tenants/accession/test_declaration_pages.py",),
        why="a partner would read everybody's declarations",
    ),
    Mutant(
        name="an API key opens every tenant of its owner",
        file="api/v1/keys.py",
        before="token.tenant_id != tenant.id or ",
        after="",
        tests=("tests/api/test_access.py",),
        why="a key lent to one tenant's program would open another",
    ),
    Mutant(
        name="the API answers for a suspended tenant",
        file="api/v1/keys.py",
        before="tenant__status=TenantStatus.ACTIVE,",
        after="",
        tests=("tests/api/test_access.py",),
        why="a closed door would have a second one",
    ),
    Mutant(
        name="an ended address of a calendar goes on",
        file="platform/kooperacja/accounts/feeds.py",
        before="prefix=secret[:PREFIX_LETTERS], revoked_at=None, account__is_active=True",
        after="prefix=secret[:PREFIX_LETTERS], account__is_active=True",
        tests=("tests/tenants/people/test_feed.py",),
        why="whoever once had the address would read on",
    ),
    Mutant(
        name="the feed tells the title",
        file="tenants/people/ical.py",
        before='f"{matter}: {tenant.name}"',
        after='f"{one.title}: {tenant.name}"',
        tests=("tests/tenants/people/test_feed.py",),
        why="names of people would lie on the servers of makers of calendars",
    ),
    Mutant(
        name="the search finds declarations of others",
        file="tenants/accession/found.py",
        before="perms.declarations_seen_by(person).select_related",
        after="perms.AccessionDeclaration.objects.select_related",
        tests=("tests/tenants/people/test_everywhere.py",),
        why="an aside would show what the list hides",
    ),
)

MUTANTS = (
    *_SESSION,
    *_READ_ONLY,
    *_DATABASE,
    *_CODE,
    *PAGES,
    *INPUT,
    *FILES,
    *DOORS,
    *JOURNAL,
    *RIGHTS,
    *LOAD,
    *SIGNATURES,
    *WALL,
    *MAIL,
    *GUARD,
    *AGREEMENTS,
)
