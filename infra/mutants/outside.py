"""Planted faults in what people and programs send, and in rights that they take."""

from infra.mutants import Mutant

INPUT = (
    Mutant(
        name="signs that nobody sees stay in a text",
        file="platform/kooperacja/ui/fields.py",
        before="        return tidy_line(text)\n\n    def to_python",
        after="        return text\n\n    def to_python",
        tests=("tests/kooperacja/ui/test_fields.py",),
        why="two names could look alike, and one could read backwards",
    ),
    Mutant(
        name="a text of any length is tidied",
        file="platform/kooperacja/ui/fields.py",
        before="    if len(text) > 4 * most + 100:\n",
        after="    if False:\n",
        tests=("tests/kooperacja/ui/test_endless_text.py",),
        why="a stranger's short request would hold a worker for seconds",
    ),
    Mutant(
        name="what a program sends has no greatest depth",
        file="api/v1/parsers.py",
        before="        _check(value, MAX_DEPTH)\n",
        after="",
        tests=("tests/api/test_what_is_sent.py",),
        why="a small body would end in a failure of the server",
    ),
    Mutant(
        name="two texts are compared whatever it costs",
        file="platform/kooperacja/ui/difference.py",
        before="    for changes in range(most + 1):\n",
        after="    for changes in range(len(old) + len(new) + 1):\n",
        tests=("tests/kooperacja/ui/test_difference.py",),
        why="one reader of a change could hold the site up for a minute",
    ),
    Mutant(
        name="entities of a register's file are taken",
        file="tenants/registry/terc_file.py",
        before="        self.parser.StartDoctypeDeclHandler = self.doctype\n",
        after="",
        tests=("tests/tenants/registry/test_terc_file.py",),
        why="a small file could grow without end, or read another",
    ),
    Mutant(
        name="the register's file has no greatest number of rows",
        file="tenants/registry/terc_file.py",
        before="            if len(self.rows) == MAX_ROWS:\n",
        after="            if False:\n",
        tests=("tests/tenants/registry/test_terc_file.py",),
        why="a file of some KB in a ZIP would hold the server for a quarter of a minute",
    ),
    Mutant(
        name="a forged list of trusted issuers is taken",
        file="platform/kooperacja/documents/trustlists.py",
        before='    raise BadList("lista nie ma ważnego podpisu tego, kto ją wydaje")\n',
        after="    return content\n",
        tests=("tests/kooperacja/documents/test_trust.py",),
        why="whoever stands between could say whose signatures are trusted",
    ),
)

FILES = (
    Mutant(
        name="outside work done under the locks",
        file="platform/kooperacja/outside.py",
        before="        raise Needed(key, work)",
        after="        done[key] = work()",
        tests=("tests/kooperacja/documents/test_outside_work.py",),
        why="whoever waits for a row would wait while a stranger's file is read",
    ),
    Mutant(
        name="no limit of files read at once",
        file="platform/kooperacja/documents/slots.py",
        before="for at in range(number)",
        after="for at in range(99)",
        tests=("tests/kooperacja/documents/test_guarded.py",),
        why="one who sends many files would take every thread of the server",
    ),
    Mutant(
        name="what is made of a Word form is not looked at",
        file="platform/kooperacja/documents/word.py",
        before="    opened(made, MADE)\n",
        after="",
        tests=("tests/kooperacja/documents/test_wordcheck.py",),
        why="a condition in a form could turn harmless text into a command of Word",
    ),
    Mutant(
        name="a group of fields may be printed in a Word form",
        file="platform/kooperacja/documents/wordtags.py",
        before="        if not _is_plain(kind):\n",
        after="        if False:\n",
        tests=("tests/kooperacja/documents/test_wordtags.py",),
        why="an official paper would show the inside of the program instead of a name",
    ),
    Mutant(
        name="a field of Word may compute what the one around it does",
        file="platform/kooperacja/documents/wordfields.py",
        before="    if outer is None or outer.is_done:\n",
        after="    if True:\n",
        tests=("tests/kooperacja/documents/test_wordfields.py",),
        why="a form would fetch a picture, and tell who reads it, once its fields are updated",
    ),
    Mutant(
        name="a PDF may do anything when it is opened",
        file="platform/kooperacja/documents/pdfacts.py",
        before="    if kind not in allowed:\n",
        after="    if False:\n",
        tests=("tests/kooperacja/documents/test_pdfacts.py",),
        why="who opens a declaration would open a file of a stranger, and tell who reads it",
    ),
    Mutant(
        name="any relation may lead outside a Word file",
        file="platform/kooperacja/documents/wordfields.py",
        before='if kind != "hyperlink" or _scheme(target)',
        after="if _scheme(target)",
        tests=("tests/kooperacja/documents/test_wordcheck.py",),
        why="a document would fetch pictures, and tell who reads it",
    ),
)

LOAD = (
    Mutant(
        name="an account searches as fast as it can",
        file="platform/kooperacja/accounts/pace.py",
        before="            if calm_at - at > ",
        after="            if calm_at - at > 1_000_000 + ",
        tests=("tests/kooperacja/accounts/test_pace.py",),
        why="a few programs that search without a pause would leave pages no processor",
    ),
    Mutant(
        name="files take every thread of a process",
        file="platform/kooperacja/documents/guarded.py",
        before="max(1, threads - 1)",
        after="max(1, threads)",
        tests=("tests/kooperacja/documents/test_guarded.py",),
        why="files of a few units would stop every page for as long as they are read",
    ),
    Mutant(
        name="a long paper is drawn in a thread of the server",
        file="platform/kooperacja/documents/drawing.py",
        before="    if not is_long(paper, context):\n",
        after="    if True:\n",
        tests=("tests/kooperacja/documents/test_length.py",),
        why="one regulation of many letters would hold every page up for seconds",
    ),
    Mutant(
        name="a unit with many papers keeps its turn",
        file="platform/kooperacja/documents/tasks.py",
        before="        turns.leave(own)\n        if more:",
        after="        if not more:\n            turns.leave(own)\n        if more:",
        tests=("tests/kooperacja/documents/test_prepared.py",),
        why="the papers of all others would wait until its last one is drawn",
    ),
)

RIGHTS = (
    Mutant(
        name="a role is given without the second factor",
        file="platform/kooperacja/audit/actor.py",
        before="if self.lacks_proof:",
        after="if False:",
        tests=("tests/test_rights.py",),
        why="a session left open for a moment would be enough to let anybody in",
    ),
    Mutant(
        name="the region invites into a unit that lives",
        file="tenants/registry/actions.py",
        before="if proposals.has_lived(now):",
        after="if False:",
        tests=("tests/tenants/registry/test_proposals.py",),
        why="the region would read everything of a unit through an administrator of its own",
    ),
    Mutant(
        name="an applicant takes a person of the office",
        file="tenants/people/actions/persons.py",
        before="if organisation is not None and not is_office:",
        after="if False:",
        tests=("tests/tenants/accession/test_own_rows.py",),
        why="a stranger would write into the Lider's record and block the decision",
    ),
    Mutant(
        name="somebody gives themselves a role",
        file="tenants/people/actions/invitations.py",
        before="return by.person_id == person.pk",
        after="return False",
        tests=("tests/tenants/accession/test_actions.py",),
        why="an administrator would decide as the Lider",
    ),
)

_READER = "platform/kooperacja/documents"
_WAYS = "tests/kooperacja/documents/test_signed_ways.py"
_COVERING = "tests/kooperacja/documents/test_covering.py"
_CONTAINERS = ("tests/kooperacja/documents/test_container_attacks.py",)

SIGNATURES = (
    Mutant(
        name="an RSA signature is judged by its digest alone",
        file=f"{_READER}/sigpadding.py",
        before="return hmac.compare_digest(opened, expected)",
        after="return opened.endswith(digest)",
        tests=("tests/kooperacja/documents/test_sigpadding.py",),
        why="anybody could make a signature of anybody whose key has a small exponent",
    ),
    Mutant(
        name="another value of a field is bookkeeping",
        file=f"{_READER}/sigchanges.py",
        before="if not self.compare_fields(spec):",
        after="if False:",
        tests=(_WAYS,),
        why="a signed form could say something else afterwards",
    ),
    Mutant(
        name="what was missing when signed may come later",
        file=f"{_READER}/sigchanges.py",
        before="if old.is_ref_unassignable(ref) and old._get_usages_of_ref(ref):",
        after="if False:",
        tests=(_WAYS,),
        why="a page prepared beforehand could change after it was signed",
    ),
    Mutant(
        name="a time stamp need not hold",
        file=f"{_READER}/sigcheck.py",
        before="        elif fault := _stamp_fault(reader, field, name):",
        after="        elif fault := False:",
        tests=(_COVERING,),
        why="anybody could put a picture over a signed page and call it a time stamp",
    ),
    Mutant(
        name="what is packed under a picture is not measured",
        file=f"{_READER}/pdfcheck.py",
        before="    if is_picture:\n        if not packings:\n",
        after="    if is_picture:\n        if packings:\n",
        tests=("tests/kooperacja/documents/test_loops.py",),
        why="a small file could unpack to gigabytes in the reader of whoever opens it",
    ),
    Mutant(
        name="a clock set back proves a day",
        file=f"{_READER}/signatures.py",
        before="seen_at = self.proven_at or self.came_at\n",
        after="seen_at = self.proven_at or self.signed_at\n",
        tests=("tests/kooperacja/documents/test_expired.py",),
        why="whoever has a certificate that expired could sign with a day of last year",
    ),
    Mutant(
        name="a later signature may hide the page",
        file=f"{_READER}/siglooks.py",
        before="            or shares[ref] > _LARGE\n",
        after="",
        tests=(_COVERING,),
        why="whoever signs second could show another document",
    ),
    Mutant(
        name="a PESEL leaves the reader of signatures",
        file=f"{_READER}/signames.py",
        before='text = _LONG_NUMBER.sub(_without_pesel, _IDENTIFIER.sub(" ", text))',
        after="pass",
        tests=("tests/kooperacja/documents/test_signames.py",),
        why="the numbers of those who sign would be kept and shown",
    ),
    Mutant(
        name="a signature in a container covers whatever it covers",
        file=f"{_READER}/xadescheck.py",
        before="any(_covers(result, place.document) for result in results)",
        after="True",
        tests=_CONTAINERS,
        why="somebody's signature of another file would count for this one",
    ),
    Mutant(
        name="a way to change what is signed is skipped",
        file=f"{_READER}/xadescheck.py",
        before="return not set(names) <= _TRANSFORMS or",
        after="return",
        tests=_CONTAINERS,
        why="a document would count as signed that was signed in part, or as something else",
    ),
)
