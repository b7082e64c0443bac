"""Planted faults in pages: whom they answer, which row they show, what they ask of the database."""

from infra.mutants import Mutant

_MATRIX = "tests/isolation/test_matrix.py"
_MATRIX_ROOT = "tests/isolation/test_matrix_root.py"
_ATTACK = "tests/isolation/test_pages_attacked.py"
_COSTS = "tests/test_page_costs.py"

PAGES = (
    Mutant(
        name="a page open to whoever has a role",
        file="tenants/people/perms.py",
        before="any(row.role not in OUTSIDE for row in _held(person))",
        after="bool(_held(person))",
        tests=(_MATRIX,),
        why="who only applies would read the register of members",
    ),
    Mutant(
        name="a page shows a row that its address does not name",
        file="platform/kooperacja/pages.py",
        before="lambda person, pk: get_object_or_404(rows, pk=pk)",
        after='lambda person, pk: getattr(rows, "objects", rows).first()',
        tests=(_MATRIX,),
        why="a neighbour's id would open a row here",
    ),
    Mutant(
        name="anybody's item in the inbox is read",
        file="platform/kooperacja/inbox/views.py",
        before='if not mark_read(account_id=cast("Account", request.user).pk, item_id=pk):',
        after="if not InboxItem.objects.filter(pk=pk).update(read_at='2026-01-01 00:00+01:00'):",
        tests=(_MATRIX_ROOT,),
        why="an account would change what is another's",
    ),
    Mutant(
        name="a summary goes out on another day than its own",
        file="platform/kooperacja/inbox/summaries.py",
        before="if timezone.localdate() != day:",
        after="if not day:",
        tests=("tests/kooperacja/inbox/test_summary_once.py",),
        why="an account would get two summaries on one day",
    ),
    Mutant(
        name="a fifth reminder goes out",
        file="platform/kooperacja/notifications/reminders.py",
        before="len(before) >= Reminded.MOST",
        after="len(before) > Reminded.MOST",
        tests=("tests/kooperacja/notifications/test_reminders.py",),
        why="people would be reminded without end, and nobody who runs the thing would hear",
    ),
    Mutant(
        name="a searched text becomes a part of the query",
        file="tenants/partnership/institutions.py",
        before="institutions = institutions.matching(szukaj)",
        after="if szukaj:\n"
        "        institutions = institutions.extra(where=[f\"name = '{szukaj}'\"])",
        tests=(_ATTACK,),
        why="whoever searches would write the query",
    ),
    Mutant(
        name="a field of a form becomes a part of the query",
        file="tenants/people/forms.py",
        before="    def clean_regon(self) -> str:\n",
        after="    def clean_name(self) -> str:\n"
        "        name = str(self.cleaned_data['name'])\n"
        "        list(Organisation.objects.extra(where=[f\"name = '{name}'\"]))\n"
        "        return name\n\n"
        "    def clean_regon(self) -> str:\n",
        tests=(_ATTACK,),
        why="whoever fills in the form would write the query",
    ),
    Mutant(
        name="a list asks again for every row",
        file="tenants/accession/views/declarations.py",
        before='perms.declarations_seen_by(person).select_related("organisation")',
        after="perms.declarations_seen_by(person)",
        tests=(_COSTS,),
        why="a page would get slower with every declaration",
    ),
)
