"""Planted faults in agreements: what a signature proves, and what follows from it."""

from infra.mutants import Mutant

_APP, _TESTS = "tenants/agreements", "tests/tenants/agreements"
_SIGNING = f"{_TESTS}/test_agreement_signing.py"
_NUMBERS = f"{_TESTS}/test_agreement_numbers.py"

AGREEMENTS = (
    Mutant(
        name="agreements: a basis that ended still covers the day",
        file=f"{_APP}/bases.py",
        before="basis.until < signed_on",
        after="basis.until < basis.on",
        tests=(_SIGNING,),
        why="whoever had no power any more would bind a party",
    ),
    Mutant(
        name="agreements: a signature is withdrawn before the night that brings it into force",
        file=f"{_APP}/actions/signing.py",
        before='@day_first(force.look_for, "party_id")\n@transaction.atomic\ndef refuse(',
        after="@transaction.atomic\ndef refuse(",
        tests=(f"{_TESTS}/test_agreement_day_first.py",),
        why="what its day brought into force would fail, and signatures would be void",
    ),
    Mutant(
        name="agreements: a half-signed file is named as if in force",
        file=f"{_APP}/files.py",
        before='AgreementState.SIGNING: "do podpisu, nie obowiązuje"',
        after='AgreementState.SIGNING: "obowiązuje"',
        tests=(f"{_TESTS}/test_agreement_sending_pages.py",),
        why="a copy with some signatures would pass for the agreement",
    ),
    Mutant(
        name="agreements: a signature on another document is taken",
        file=f"{_APP}/actions/signing.py",
        before="kind=PARTY_SIGNATURE, name=name, after=after)",
        after="kind=PARTY_SIGNATURE, name=name)",
        tests=(_SIGNING,),
        why="a party would be bound by a text that it never signed",
    ),
    Mutant(
        name="agreements: whoever did not sign has a seat",
        file=f"{_APP}/following.py",
        before="parts = standing.parts",
        after="parts = dict.fromkeys(standing.parties, _life(agreement))",
        tests=(f"{_TESTS}/test_agreement_team.py",),
        why="an institution outside the agreement would read the work of its team",
    ),
    Mutant(
        name="agreements: a signature of a text taken back passes for one of this",
        file=f"{_APP}/models/signatures.py",
        before="under = Q(document=lies.document_id)",
        after="under = Q(party__agreement=lies.pk)",
        tests=(f"{_TESTS}/test_agreement_taken_back.py",),
        why="nobody would be told that what was signed is another text",
    ),
    Mutant(
        name="agreements: a signature that was taken back counts",
        file=f"{_APP}/standing.py",
        before="one.document_id == lies.document_id and not one.is_withdrawn",
        after="one.document_id == lies.document_id",
        tests=(f"{_TESTS}/test_agreement_leaving.py",),
        why="a party would be bound by what it took back before force",
    ),
    Mutant(
        name="agreements: numbers are taken without the row of the year",
        file=f"{_APP}/actions/numbers.py",
        before="NumberYear.objects.select_for_update().get(year=year)",
        after="NumberYear.objects.get(year=year)",
        tests=(_NUMBERS,),
        why="two that are sent at once would want one number, and one of them would fail",
    ),
    Mutant(
        name="agreements: a cancelled number is given again",
        file=f"{_APP}/actions/numbers.py",
        before="series = AgreementNumber.objects.filter(year=year)",
        after="series = AgreementNumber.objects.filter(year=year, cancelled_on=None)",
        tests=(_NUMBERS,),
        why="two agreements would bear one number in the papers of an office",
    ),
    Mutant(
        name="agreements: other units learn where a shelter is",
        file="tenants/people/actions/invitations.py",
        before="if not (is_hidden and name in ADDRESS)",
        after="if name",
        tests=(f"{_TESTS}/test_agreement_protected.py",),
        why="the address of a protected place would lie where every unit of the region finds it",
    ),
    Mutant(
        name="agreements: a late message brings a hidden address back",
        file="tenants/exchange/actions.py",
        before="if said_at and note.said_at and said_at < note.said_at:",
        after="if False:",
        tests=(f"{_TESTS}/test_agreement_protected.py",),
        why="what was said before the place was hidden would be told again",
    ),
    Mutant(
        name="agreements: whoever writes an aneks says who signs it",
        file=f"{_APP}/actions/amendments.py",
        before='return values | {"signers": agreement.amended_by} if agreement.amended_by else values',
        after="return values",
        tests=(f"{_TESTS}/test_amendment_signers.py",),
        why="an aneks would bind parties that the agreement wants to be asked",
    ),
    Mutant(
        name="agreements: an own clause cites the number of another clause",
        file=f"{_APP}/folded.py",
        before="text=_citing(line.text, keys)",
        after="text=line.text",
        tests=(f"{_TESTS}/test_amendment_text.py",),
        why="after an aneks the consolidated text would refer to a clause that says something else",
    ),
    Mutant(
        name="agreements: a county closed for minutes ends every delegation",
        file="gmina/ggk/standing.py",
        before="return None if known.is_cut_off else EndReason.AGREEMENT_ENDED",
        after="return EndReason.AGREEMENT_ENDED",
        tests=("tests/gmina/ggk/test_both_units.py",),
        why="delegates would lose their seats though nothing of the agreement changed",
    ),
)
