"""Offers of the basket of services."""

from kooperacja.audit.about import OpenTo
from kooperacja.offers import (
    DemoHistory,
    ExitPart,
    Fate,
    Impersonal,
    MadeAtStart,
    Offer,
    PersonalData,
    TenantRestored,
    Verbs,
)
from kooperacja.ui.everywhere import Searchable
from kooperacja.ui.navigation import NavEntry, NavGroup
from tenants.accession.needs import NeedOfRecruiting
from tenants.baskets import clashes, demo, found, indicators, perms, sought, today
from tenants.baskets.actions import adopting, bringing, gaps, hidden_places, reports
from tenants.baskets.actions.imports import forget_rows
from tenants.baskets.actions.listing import relist
from tenants.baskets.actions.searches import forget_lapsed
from tenants.baskets.edition_papers import EDITION, LEAFLET
from tenants.baskets.exit import write_cards
from tenants.baskets.family import FAMILY_LIST
from tenants.baskets.links import forget_old
from tenants.baskets.listed import listings
from tenants.baskets.models.adoptions import Adoption
from tenants.baskets.models.answers import CheckAnswer, CheckLink
from tenants.baskets.models.campaigns import Campaign, CampaignCard
from tenants.baskets.models.cards import Card
from tenants.baskets.models.checks import CardCheck, CheckCall, ServiceReport
from tenants.baskets.models.duplicates import DistinctServices, ServiceMerge
from tenants.baskets.models.editions import Edition, EditionItem
from tenants.baskets.models.gaps import Gap, UnfoundSearch
from tenants.baskets.models.imports import ImportFile, ImportRow
from tenants.baskets.models.merges import CardMerge
from tenants.baskets.models.own_types import OwnType
from tenants.baskets.models.referrals import Referral
from tenants.baskets.models.searches import SavedSearch
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.models.shortlists import Shortlist
from tenants.baskets.own_types import own_types
from tenants.baskets.papers import PHONE_LIST, SERVICE_CARD
from tenants.baskets.referred import referrals_wait
from tenants.masters.following import FollowsMaster
from tenants.masters.reporting import HearsOfReport
from tenants.partnership.models import Membership, Partnership
from tenants.people.followers import Follower
from tenants.people.models import Organisation
from tenants.people.references import Called, Doubled, MergeClash
from tenants.people.today import TodaySource, WaitsForOthers
from tenants.services.finding import get_ready
from tenants.services.listed import ListsServices
from tenants.services.vocabulary import GivesTypes

OFFERS: tuple[Offer, ...] = (
    Verbs(
        {
            "CARD_BEGUN": "założono kartę usług",
            "CARDS_REMINDED": "przypomniano o kartach usług, których brakuje",
            "CARD_PRINTED": "pobrano kartę usług",
            "CARD_EDITED": "zmieniono kompetencje i zasoby na karcie usług",
            "SERVICE_ADDED": "dodano usługę na kartę",
            "SERVICE_EDITED": "zmieniono opis usługi",
            "SERVICE_DISCARDED": "usunięto szkic opisu usługi",
            "SERVICE_FILED": "przekazano Liderowi opis usługi",
            "SERVICE_TAKEN_BACK": "wycofano od Lidera opis usługi",
            "SERVICE_ACCEPTED": "przyjęto usługę do koszyka",
            "SERVICE_RETURNED": "zwrócono opis usługi do poprawy",
            "SERVICE_REPLACED": "zastąpiono w koszyku poprzedni opis usługi",
            "SERVICE_CONFIRMED": "potwierdzono, że opis usługi jest aktualny",
            "SERVICE_CYCLE_SET": "ustalono, jak często potwierdzać usługę",
            "SERVICE_STOPPED": "zapisano przerwę usługi",
            "SERVICE_RESUMED": "zakończono przerwę usługi",
            "SERVICE_ENDED": "zakończono usługę",
            "SERVICE_REPORTED": "zgłoszono błąd w opisie usługi",
            "SERVICE_REPORT_SETTLED": "załatwiono zgłoszenie błędu w opisie usługi",
            "SERVICE_ADOPTED": "przyjęto do koszyka usługę z katalogu województwa",
            "SERVICE_BROUGHT": "zapisano to, co przyszło z katalogu województwa",
            "SERVICE_LOCAL_CHANGED": "zmieniono lokalne dane usługi z katalogu",
            "SERVICE_REVIEWED": "przejrzano zmianę usługi z katalogu",
            "SERVICE_PLACE_HIDDEN": "ukryto adres usługi, którą odłączono od katalogu",
            "SERVICE_PLACE_SETTLED": "przejrzano ukryty adres usługi",
            "SERVICE_DETACHED": "odłączono usługę od katalogu województwa",
            "MASTER_BEGUN": "przekazano kartę usług do katalogu województwa",
            "SHORTLIST_BEGUN": "zrobiono listę usług dla rodziny",
            "SHORTLIST_CHANGED": "zmieniono listę usług dla rodziny",
            "SEARCH_SAVED": "zapisano szukanie w koszyku",
            "SEARCH_RENAMED": "zmieniono nazwę zapisanego szukania",
            "SEARCH_ENDED": "usunięto zapisane szukanie",
            "OWN_TYPE_ADDED": "dodano własny rodzaj pomocy",
            "OWN_TYPE_CHANGED": "zmieniono własny rodzaj pomocy",
            "OWN_TYPE_ENDED": "zakończono własny rodzaj pomocy",
            "GAP_MARKED": "oznaczono, czego brakuje w koszyku",
            "GAP_PLANNED": "zaplanowano usługę, której brakuje",
            "GAP_RECRUITED": "zaproszono instytucję do usługi, której brakuje",
            "GAP_FILLED": "usługa, której brakowało, jest w koszyku",
            "GAP_DROPPED": "przestano szukać usługi, której brakuje",
            "REFERRAL_ASKED": "zapytano o przyjęcie do usługi",
            "REFERRAL_ACCEPTED": "odpowiedziano, że przyjęcie do usługi jest możliwe",
            "REFERRAL_DECLINED": "odmówiono przyjęcia do usługi",
            "REFERRAL_NOT_OURS": "odpowiedziano, że to nie ta usługa",
            "REFERRAL_DONE": "przyjęto do usługi",
            "REFERRAL_WITHDRAWN": "wycofano zapytanie o przyjęcie",
            "EDITION_ISSUED": "wydano koszyk usług",
            "EDITION_PRINTED": "pobrano wydanie koszyka usług",
            "SERVICES_TOLD_APART": "uznano, że podobne usługi to nie duplikat",
            "SERVICES_MERGED": "połączono powtórzoną usługę z inną",
            "SERVICE_MOVED": "przeniesiono usługę na drugą kartę tej samej instytucji",
            "CARDS_MERGED": "połączono kartę usług z drugą kartą tej samej instytucji",
            "REFERRAL_LED_ON": "przeniesiono zapytanie o przyjęcie do usługi, która została",
            "IMPORT_CAME": "wczytano plik z instytucjami albo usługami",
            "IMPORT_CHECKED": "sprawdzono wiersze wczytanego pliku",
            "IMPORT_CONFIRMED": "zatwierdzono zapisanie wczytanego pliku",
            "IMPORT_DROPPED": "odrzucono wczytany plik",
            "IMPORT_WRITTEN": "zapisano dane z wczytanego pliku",
            "CAMPAIGN_PLANNED": "zaplanowano kampanię potwierdzania usług",
            "CAMPAIGN_DISCARDED": "usunięto szkic kampanii potwierdzania usług",
            "CAMPAIGN_STARTED": "rozpoczęto kampanię potwierdzania usług",
            "CAMPAIGN_FINISHED": "zakończono kampanię potwierdzania usług",
            "CARD_CHECK_OPENED": "zaczęto pytać, czy usługi z karty są aktualne",
            "CALLS_PRINTED": "pobrano listę telefoniczną do potwierdzania usług",
            "CARD_CALLED": "próbowano skontaktować się w sprawie usług z karty",
            "SERVICE_ANSWERED": "instytucja odpowiedziała, co jest nie tak z opisem usługi",
            "CARD_SILENT": "nie ma kontaktu w sprawie usług z karty",
            "CARD_DENIED": "instytucja odmówiła potwierdzenia usług z karty",
            "CARD_CHECKED": "instytucja odpowiedziała w sprawie usług z karty",
        }
    ),
    NavGroup("TENANT", "BASKET", "Koszyk usług"),
    NavEntry("TENANT", "baskets:basket", "Usługi", perms.see_basket, group="BASKET", order=60),
    NavEntry("TENANT", "baskets:cards", "Karty usług", perms.see_cards, group="BASKET", order=60),
    NavEntry("TENANT", "baskets:gaps", "Czego brakuje", perms.see_gaps, group="BASKET", order=60),
    NavEntry(
        "TENANT",
        "baskets:shortlists",
        "Listy dla rodzin",
        perms.see_basket,
        group="BASKET",
        order=60,
    ),
    NeedOfRecruiting(sought.open_gap, sought.gaps_of, gaps.recruit),
    TodaySource(today.services_wait, order=62),
    TodaySource(referrals_wait, order=63),
    TodaySource(today.cards_wait, order=61, has_days=False),
    WaitsForOthers(today.cards_awaited, order=61),
    Searchable("Usługi", found.services, perms.see_basket, listed="baskets:basket", order=45),
    OpenTo(Card.objects.select_related("organisation"), perms.see_card),
    OpenTo(CardCheck.objects.select_related("card__organisation"), perms.see_check),
    OpenTo(Service.objects.select_related("card__organisation"), perms.see_service),
    OpenTo(
        Referral.objects.select_related("service__card__organisation", "asking"),
        perms.see_referral,
    ),
    OpenTo(Campaign.objects.all(), lambda person, campaign: perms.review(person)),
    OpenTo(OwnType.objects.all(), lambda person, one: perms.review(person)),
    OpenTo(Gap.objects.all(), lambda person, gap: perms.see_gaps(person)),
    OpenTo(Shortlist.objects.all(), lambda person, shortlist: perms.see_basket(person)),
    OpenTo(SavedSearch.objects.all(), perms.keep_search),
    OpenTo(Edition.objects.all(), perms.read_edition),
    OpenTo(ImportFile.objects.all(), perms.see_import),
    ExitPart("koszyk", "Karty usług i wszystko, co po kolei o usługach napisano", write_cards),
    DemoHistory(demo.write),
    MadeAtStart(get_ready),
    ListsServices(listings),
    GivesTypes(own_types, order=20),
    Follower(
        frozenset(
            {Service, ServiceEntry, Adoption, CardCheck, Organisation, Membership, Partnership}
        ),
        relist,
    ),
    SERVICE_CARD,
    FAMILY_LIST,
    PHONE_LIST,
    EDITION,
    LEAFLET,
    indicators.CARDS,
    indicators.SERVICES,
    indicators.CONFIRMED,
    indicators.GAPS,
    indicators.REFERRALS,
    indicators.GROUPS,
    indicators.TYPES,
    indicators.AGE,
    Called(Card, "organisation", "karta usług", "karty usług", "kart usług"),
    Called(
        Referral, "asking", "zapytanie o przyjęcie", "zapytania o przyjęcie", "zapytań o przyjęcie"
    ),
    MergeClash(Organisation, clashes.of_organisations, ("card_once",)),
    Doubled("card_once"),
    FollowsMaster(bringing.keep_up, hidden_places.hide),
    HearsOfReport(reports.settled_at_master),
    TenantRestored(adopting.say_again),
    PersonalData(
        Adoption,
        ("contact_name", "phone", "email"),
        Fate.RECORD,
        "whom the Lider named for those who need it here (REG §3.2)",
    ),
    PersonalData(
        Adoption, ("adopted_by_name", "detached_by_name"), Fate.RECORD, "who took each step"
    ),
    Impersonal(
        Adoption,
        ("origin", "note", "units", "street", "postal_code", "city", "hours", "hours_about"),
    ),
    Impersonal(Card, ("competences", "resources")),
    Impersonal(Service, ("name", "stopped_why", "ended_why")),
    PersonalData(Service, ("confirmed_by_name",), Fate.RECORD, "who made sure that it is true"),
    PersonalData(
        ServiceReport,
        ("by_name", "settled_by_name"),
        Fate.RECORD,
        "who told of a mistake, and who saw to it",
    ),
    Impersonal(ServiceReport, ("text",)),
    Impersonal(UnfoundSearch, ("words",)),
    PersonalData(
        SavedSearch,
        ("name", "choices", "known", "news"),
        Fate.FORGOTTEN,
        "what a reader looks for, while they read the basket (REG §3.4)",
        by=forget_lapsed,
    ),
    Impersonal(Gap, ("type_code",)),
    Impersonal(
        OwnType,
        ("code", "name", "broader", "about", "synonyms", "everyday", "ended_why"),
    ),
    Impersonal(Campaign, ("name",)),
    Impersonal(CampaignCard, ("contact",)),
    PersonalData(CheckAnswer, ("by_name",), Fate.RECORD, "who answered for the owner of a card"),
    PersonalData(
        CheckLink,
        ("email", "name"),
        Fate.FORGOTTEN,
        "whom a mail asks, until its link opens nothing any more",
        by=forget_old,
    ),
    Impersonal(CheckLink, ("digest",)),
    PersonalData(
        DistinctServices, ("decided_by_name",), Fate.RECORD, "who said that two services are two"
    ),
    PersonalData(
        ServiceMerge, ("merged_by_name",), Fate.RECORD, "who said that two services are one"
    ),
    PersonalData(
        CardMerge,
        ("merged_by_name",),
        Fate.RECORD,
        "who said that two cards are of one institution",
    ),
    Impersonal(CardMerge, ("reason",)),
    PersonalData(ImportFile, ("by_name",), Fate.RECORD, "who brought in a file"),
    PersonalData(
        ImportRow,
        ("cells", "values", "name", "key", "reason"),
        Fate.FORGOTTEN,
        "people of institutions, and whom these named as their contact",
        by=forget_rows,
    ),
    Impersonal(ImportFile, ("name",)),
    PersonalData(Edition, ("issued_by_name",), Fate.RECORD, "who issued the basket"),
    Impersonal(EditionItem, ("owner", "remarks")),
    PersonalData(CheckCall, ("by_name",), Fate.RECORD, "who tried to reach the owner of a card"),
    PersonalData(
        ServiceEntry,
        ("contact_name", "phone", "email"),
        Fate.RECORD,
        "whom its institution named for those who need it (REG §3.2)",
    ),
    PersonalData(
        ServiceEntry, ("filed_by_name", "decided_by_name"), Fate.RECORD, "who took each step"
    ),
    Impersonal(
        ServiceEntry,
        (
            *("name", "type_code", "about", "area", "legal_basis", "access", "referral"),
            *("in_ukrainian", "easy_to_read"),
            *("conditions", "papers", "cost_about", "hours_about", "reason"),
            *("street", "postal_code", "city", "website"),
            *("groups", "ways", "hours", "features", "languages", "units", "seat"),
        ),
    ),
)
