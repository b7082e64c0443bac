"""Planted faults in signing in and at the doors of the site."""

from infra.mutants import Mutant

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
)
