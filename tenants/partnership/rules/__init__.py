"""Rules of the partnership as pure functions; `today` is always an argument."""

from tenants.partnership.rules.accession import (
    DECISION_DAYS,
    Check,
    annotation,
    completeness,
    decision_date_error,
    decision_due,
    declaration_dates_error,
)
from tenants.partnership.rules.dates import (
    holds_on,
)
from tenants.partnership.rules.dissolution import (
    ResignationTally,
    Stay,
    best,
    tallies,
)
from tenants.partnership.rules.gate import (
    FAMILIES,
    SOON,
    Expiry,
    Facts,
    Lack,
    Part,
    Spell,
    Verdict,
    after,
    early_end_error,
    expiry,
    judge,
    last_day,
    spell_error,
)
from tenants.partnership.rules.numbers import (
    compact,
    is_postal_code,
    krs_error,
    nip_error,
    regon_error,
)
from tenants.partnership.rules.regulation import (
    Tally,
    Voice,
    adoption_dates_error,
    amendment_dates_error,
    may_close,
    tally,
    vote_date_error,
    voting_until_error,
)
from tenants.partnership.rules.resignation import (
    effect_said,
    effective_on,
    resignation_dates_error,
)
from tenants.partnership.rules.terms import (
    end_error,
    start_error,
)

__all__ = [
    "DECISION_DAYS",
    "FAMILIES",
    "SOON",
    "Check",
    "Expiry",
    "Facts",
    "Lack",
    "Part",
    "ResignationTally",
    "Spell",
    "Stay",
    "Tally",
    "Verdict",
    "Voice",
    "adoption_dates_error",
    "after",
    "amendment_dates_error",
    "annotation",
    "best",
    "compact",
    "completeness",
    "decision_date_error",
    "decision_due",
    "declaration_dates_error",
    "early_end_error",
    "effect_said",
    "effective_on",
    "end_error",
    "expiry",
    "holds_on",
    "is_postal_code",
    "judge",
    "krs_error",
    "last_day",
    "may_close",
    "nip_error",
    "regon_error",
    "resignation_dates_error",
    "spell_error",
    "start_error",
    "tallies",
    "tally",
    "vote_date_error",
    "voting_until_error",
]
