"""Planted faults in signing in and at the doors of the site."""

from infra.mutants import Mutant

_DRAFTS = "platform/kooperacja/drafts"
_TYPED = "tests/kooperacja/drafts/test_attacks.py"
_LATE = "tests/kooperacja/drafts/test_late.py"

DRAFTS = (
    Mutant(
        name="drafts are found by their page alone",
        file=f"{_DRAFTS}/keeping.py",
        before="rows.filter(account_id=slip.account_id, path=slip.path)",
        after="rows.filter(path=slip.path)",
        tests=(_TYPED,),
        why="whoever may open the page would read what another is writing there",
    ),
    Mutant(
        name="a slip is good in any tenant",
        file=f"{_DRAFTS}/slips.py",
        before="return slip if slip.tenant_id == tenant_id(request) else None",
        after="return slip",
        tests=(_TYPED,),
        why="rows of one tenant would be written by requests to another",
    ),
    Mutant(
        name="typing asks no permission of the page",
        file=f"{_DRAFTS}/views.py",
        before="if slip is None or not may_open(_reader(request), slip.path):",
        after="if slip is None:",
        tests=(_TYPED,),
        why="whoever lost the right would go on writing",
    ),
    Mutant(
        name="a late form asks no permission of the page",
        file=f"{_DRAFTS}/late.py",
        before="not may_open(reader_of(slip.account_id), slip.path)",
        after="False",
        tests=(_LATE,),
        why="the same, without even signing in",
    ),
    Mutant(
        name="passwords are kept by their names",
        file=f"{_DRAFTS}/rules.py",
        before='        or "password" in name\n',
        after="",
        tests=(_TYPED,),
        why="a field of another kind may hold a password too",
    ),
)

DOORS = (
    Mutant(
        name="wrong passwords count by address alone",
        file="platform/kooperacja/accounts/limits.py",
        before='whose = f"{key}:{here}"',
        after="whose = str(key)",
        tests=("tests/kooperacja/accounts/test_limits.py",),
        why="five wrong passwords would lock anybody out",
    ),
    Mutant(
        name="a code of an application opens again",
        file="platform/kooperacja/accounts/codes.py",
        before="coalesce((data ->> 'step')::bigint, 0) < %(step)s",
        after="%(step)s > 0",
        tests=("tests/kooperacja/accounts/test_signing_in.py",),
        why="who saw a code over somebody's shoulder could use it too",
    ),
    Mutant(
        name="the door of a tenant looks at the path",
        file="platform/kooperacja/tenancy/middleware.py",
        before='if root_route(request).startswith("api/"):',
        after='if request.path.startswith("/api/"):',
        tests=("tests/kooperacja/tenancy/test_bent_paths.py",),
        why="a header that names the path of the site would open it",
    ),
    *DRAFTS,
)
