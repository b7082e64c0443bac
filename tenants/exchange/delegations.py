"""The letters by which a gmina asks a county's institution for a delegate (POR-C §2.4.2)."""

from django.db.models import TextChoices

ASKED = "DELEGATION_ASKED"
ANSWERED = "DELEGATION_ANSWERED"
WITHDRAWN = "DELEGATION_WITHDRAWN"
ENDED = "DELEGATION_ENDED"
STATE = "DELEGATION_STATE"

# Institutions, functions, days, who asks and a delegate's business contact; nothing of a family.
FIELDS: dict[str, frozenset[str]] = {
    ASKED: frozenset(
        {
            *("request_id", "agreement_id", "party_id", "function"),
            *("from_on", "answer_by", "asked_by"),
        }
    ),
    ANSWERED: frozenset(
        {
            *("request_id", "answer", "full_name", "function", "email"),
            *("from_on", "until", "reason"),
        }
    ),
    WITHDRAWN: frozenset({"request_id", "on"}),
    ENDED: frozenset({"request_id", "ended_on", "why"}),
    STATE: frozenset({"request_id", "state", "on", "why"}),
}


class Answer(TextChoices):
    """The answers of an institution of the county."""

    NAMED = "NAMED", "wskazano osobę"
    REFUSED = "REFUSED", "odmowa"
    NOT_OURS = "NOT_OURS", "prośba nie do tej instytucji"


class EndedWhy(TextChoices):
    """The reasons for which a delegation ends, as the county keeps them."""

    RECALLED = "RECALLED", "instytucja odwołała delegata"
    LEFT_INSTITUTION = "LEFT_INSTITUTION", "delegat nie pracuje już w instytucji"
    PARTY_LEFT = "PARTY_LEFT", "instytucja nie jest już Stroną porozumienia"
    MERGED = "MERGED", "instytucję przejęła inna; gmina prosi następcę o wskazanie delegata"
    AGREEMENT_ENDED = "AGREEMENT_ENDED", "porozumienie już nie obowiązuje"
    TERM = "TERM", "minął czas, na który wskazano delegata"
    # Decided in the gmina, or with it; the county hears of its own closing when it opens again.
    COUNTY_CLOSED = "COUNTY_CLOSED", "nasza jednostka była zamknięta"
    RELEASED = "RELEASED", "ośrodek w gminie zakończył udział delegata w grupie"
    GROUP_CLOSED = "GROUP_CLOSED", "grupa w gminie zakończyła działanie"
    GMINA_CLOSED = "GMINA_CLOSED", "jednostka, która prosiła o delegata, jest zamknięta"


class Became(TextChoices):
    """The outcomes of a request in the gmina, as the county hears of them."""

    SEATED = "SEATED", "delegat zajął miejsce w GGK"
    DECLINED = "DECLINED", "delegat nie przyjął delegacji"
    EXPIRED = "EXPIRED", "minął termin odpowiedzi"
    WITHDRAWN = "WITHDRAWN", "ośrodek wycofał prośbę"
    ENDED = "ENDED", "delegacja się skończyła"
    TOO_LATE = "TOO_LATE", "odpowiedź przyszła za późno"
