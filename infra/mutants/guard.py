"""Planted faults in the guard of personal data, before a text goes to everybody."""

from infra.mutants import Mutant

_GUARD = "platform/kooperacja/guard"
_ANSWERING = "tenants/dialogue/actions/answering.py"
_FINDING = "tests/kooperacja/guard/test_find.py"
_FORM = "tests/tenants/data_protection/test_guard.py"
_SWEEP = "tests/tenants/dialogue/test_guarded.py"

GUARD = (
    Mutant(
        name="the guard lets a reason pass what is blocked",
        file=f"{_GUARD}/forms.py",
        before="is_seen and not checked.is_blocked and",
        after="is_seen and",
        tests=(_FORM,),
        why="anybody could send a PESEL number to all, and say why",
    ),
    Mutant(
        name="the guard takes a reason for another text",
        file=f"{_GUARD}/forms.py",
        before='self._sent(SEEN) in ("", self._sum())',
        after="True",
        tests=(_FORM,),
        why="what was added after the warning would go out unseen",
    ),
    Mutant(
        name="the guard reads the name of one file alone",
        file=f"{_GUARD}/forms.py",
        before="files = value if isinstance(value, list) else [value]",
        after="files = [value]",
        tests=(_SWEEP,),
        why="the mail to all would name a family by the name of a file",
    ),
    Mutant(
        name="the guard asks the database for a name",
        file=f"{_GUARD}/checking.py",
        before="    known = Known()\n",
        after="    known = Known()\n"
        "    entries = __import__('kooperacja.audit.models', fromlist=['Entry']).Entry.objects\n"
        "    entries.filter(object_label__in=list(texts.values())).exists()\n",
        tests=(_FORM,),
        why="the statements would tell who is known, and logs of the server would keep the name",
    ),
    Mutant(
        name="the guard logs what it found",
        file=f"{_GUARD}/forms.py",
        before="        if checked.is_clean:\n            return\n        if in_reason",
        after="        if checked.is_clean:\n            return\n"
        "        __import__('logging').getLogger('kooperacja').warning('%s', checked)\n"
        "        if in_reason",
        tests=(_FORM,),
        why="the names of families would lie in the logs",
    ),
    Mutant(
        name="the guard excuses a family by a public name",
        file=f"{_GUARD}/names.py",
        before="if not (is_person and known.has_person(",
        after="if not (known.has_person(",
        tests=(_FINDING,),
        why="the family of a client would pass, since somebody of an office bears the name",
    ),
    Mutant(
        name="the guard wants a PESEL without a slip",
        file=f"{_GUARD}/numbers.py",
        before="return len(runs) == 1 or is_checked(digits)",
        after="return is_checked(digits)",
        tests=(_FINDING,),
        why="a number with a slip of a finger would go to all",
    ),
    Mutant(
        name="the guard lets pass what comes by mail",
        file="tenants/dialogue/answers.py",
        before='check({"text": text}).is_clean',
        after='bool(check({"text": text}))',
        tests=(_SWEEP,),
        why="a family's name in an answer by mail would go to all",
    ),
    Mutant(
        name="the guard reads no names of mailed files",
        file=_ANSWERING,
        before="(one.name for one in incoming.files)",
        after="()",
        tests=(_SWEEP,),
        why="the same by the name of a file",
    ),
    Mutant(
        name="the guard is passed by whoever decides",
        file=_ANSWERING,
        before="    _require_let_pass(held)\n    move",
        after="    move",
        tests=(_SWEEP,),
        why="what the office lets nobody send would go by mail",
    ),
)
