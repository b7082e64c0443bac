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
from tenants.partnership.rules.terms import (
    end_error,
    start_error,
)

__all__ = [
    "DECISION_DAYS",
    "Check",
    "Tally",
    "Voice",
    "adoption_dates_error",
    "amendment_dates_error",
    "annotation",
    "compact",
    "completeness",
    "decision_date_error",
    "decision_due",
    "declaration_dates_error",
    "end_error",
    "holds_on",
    "is_postal_code",
    "krs_error",
    "may_close",
    "nip_error",
    "regon_error",
    "start_error",
    "tally",
    "vote_date_error",
    "voting_until_error",
]
