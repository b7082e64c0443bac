"""Names for the demo region; none is of a real person or institution."""

from random import Random

from stdnum.pl import regon

from tenants.people.models import Sector

_MEN = ("Adam", "Bartosz", "Cezary", "Dominik", "Edward", "Feliks", "Grzegorz", "Hubert", "Łukasz")
_WOMEN = ("Anna", "Beata", "Celina", "Dorota", "Elżbieta", "Felicja", "Grażyna", "Halina", "Żaneta")
SURNAMES = ("Przykładow", "Zmyślon", "Wzorcow", "Pokazow", "Umown", "Modelow", "Fikcyjn", "Próbn")

# Institutions by the order in which they usually join; "{n}" counts repetitions in one place.
_INSTITUTIONS = (
    (Sector.SAFETY, "Komisariat Policji nr {n} (zmyślony) – {place}", "komendant"),
    (
        Sector.EDUCATION,
        "Szkoła Podstawowa nr {n} im. Wymyślonych Podróżników – {place}",
        "dyrektor",
    ),
    (Sector.LABOUR, "Urząd Pracy „Przykład” nr {n} – {place}", "dyrektor"),
    (Sector.HEALTH, "Przychodnia Rodzinna „Zmyślona” nr {n} – {place}", "kierownik"),
    (Sector.NGO, "Stowarzyszenie „Umowna Dłoń” nr {n} – {place}", "prezes"),
    (Sector.JUSTICE, "Zespół Kuratorski nr {n} (zmyślony) – {place}", "kierownik"),
    (Sector.CULTURE, "Dom Kultury „Wzór” nr {n} – {place}", "dyrektor"),
    (Sector.SOCIAL, "Środowiskowy Dom Samopomocy „Model” nr {n} – {place}", "kierownik"),
    (Sector.EDUCATION, "Przedszkole „Fikcyjny Miś” nr {n} – {place}", "dyrektor"),
    (Sector.NGO, "Fundacja „Przykład Dobra” nr {n} – {place}", "prezes"),
    (Sector.HOUSING, "Zakład Mieszkaniowy „Próba” nr {n} – {place}", "kierownik"),
    (Sector.CHURCH, "Parafialny Zespół Pomocy „Wzór” nr {n} – {place}", "opiekun zespołu"),
    (Sector.LOCAL_GOVERNMENT, "Komisja Pokazowa nr {n} – {place}", "przewodniczący"),
    (Sector.OTHER, "Koło Gospodyń „Zmyślone Kłosy” nr {n} – {place}", "przewodnicząca"),
)


def person(random: Random) -> str:
    """A name nobody bears."""
    if random.random() < 0.5:
        return f"{random.choice(_WOMEN)} {random.choice(SURNAMES)}a"
    surname = random.choice(SURNAMES)
    return f"{random.choice(_MEN)} {surname}{'i' if surname.endswith('k') else 'y'}"


# The places of the demo in the locative.
IN = {
    "Baborów": "Baborowie",
    "Brzeg": "Brzegu",
    "Byczyna": "Byczynie",
    "Głubczyce": "Głubczycach",
    "Gogolin": "Gogolinie",
    "Kietrz": "Kietrzu",
    "Kluczbork": "Kluczborku",
    "Krapkowice": "Krapkowicach",
    "Nysa": "Nysie",
    "Opole": "Opolu",
    "Popielów": "Popielowie",
    "Strzelce Opolskie": "Strzelcach Opolskich",
    "Strzeleczki": "Strzeleczkach",
    "Walce": "Walcach",
    "krapkowicki": "Krapkowicach",
    "nyski": "Nysie",
}


def office(place: str, area: str) -> str:
    """The name of a Lider's office; where the place has no form of its own, by its area."""
    kind = "Powiatowe Centrum Pomocy Rodzinie" if place.islower() else "Ośrodek Pomocy Społecznej"
    return f"{kind} w {IN.get(place) or area}"


def institution(number: int, place: str) -> tuple[Sector, str, str]:
    """The sector, name and head's function of a place's number-th institution, from 0."""
    sector, pattern, function = _INSTITUTIONS[number % len(_INSTITUTIONS)]
    return sector, pattern.format(n=1 + number // len(_INSTITUTIONS), place=place), function


def regon_of(unit: str, number: int) -> str:
    """A REGON with its check digit; those that begin with 99 belong to nobody."""
    digits = f"99{unit[2:]:0<4}{number:02d}"
    return f"{digits}{regon.calc_check_digit(digits)}"


def email(name: str, number: int) -> str:
    """An address in a domain that can't exist (RFC 2606)."""
    plain = name.lower().translate(str.maketrans("ąćęłńóśźż ", "acelnoszz."))
    return f"{plain}.{number}@pokaz.example"


# What the demo's partnerships settled, as the footnote of the regulation's title asks.
REGULATION = {
    "common_goal": "Rodzina w kryzysie dostaje wspólną pomoc instytucji w ciągu dwóch tygodni.",
    "organisational_frame": "Partnerstwem kieruje Lider; każda instytucja ma koordynatora.",
    "information_exchange": "Sprawy bieżące: poczta i telefon. Ważne ustalenia: notatka służbowa.",
    "knowledge_exchange": "Raz w roku wspólne szkolenie; materiały dostępne dla wszystkich.",
    "decision_process": "Decyzje zapadają przez uzgodnienie; gdy go brak, spór prowadzi Lider.",
    "monitoring_rules": "Lider co kwartał sprawdza wykonanie planu, raz w roku jest ewaluacja.",
}

AMENDMENT = {
    "knowledge_exchange": "Dwa razy w roku wspólne szkolenie; materiały dostępne dla wszystkich.",
    "justification": "Jedno spotkanie na kwartał nie wystarcza, żeby omówić wspólne sprawy.",
}

# What is known of members.
COMPETENCES = {
    Sector.SOCIAL: "Wsparcie dzienne i trening umiejętności społecznych.",
    Sector.EDUCATION: "Pomoc pedagogiczna i psychologiczna dla uczniów.",
    Sector.HEALTH: "Podstawowa opieka zdrowotna, pielęgniarka środowiskowa.",
    Sector.SAFETY: "Dzielnicowi, procedura „Niebieskie Karty”.",
    Sector.JUSTICE: "Nadzory i dozory kuratorskie.",
    Sector.LABOUR: "Doradztwo zawodowe, staże i szkolenia.",
    Sector.CULTURE: "Zajęcia dla dzieci i seniorów, sala na spotkania.",
    Sector.HOUSING: "Mieszkania komunalne, ugody w sprawie zadłużenia.",
    Sector.NGO: "Poradnictwo, wolontariat, zbiórki rzeczowe.",
    Sector.CHURCH: "Pomoc rzeczowa i odwiedziny u osób samotnych.",
    Sector.LOCAL_GOVERNMENT: "Motywowanie do leczenia uzależnień.",
    Sector.OTHER: "Znajomość sąsiadów i lokalnych potrzeb.",
}
WAYS = (
    "Spotkania na miejscu i rozmowy telefoniczne.",
    "Praca w terenie, wspólne wizyty z pracownikiem socjalnym.",
    "Konsultacje raz w tygodniu, po umówieniu.",
)
RESIGNED = "Brak pracowników (powód zmyślony)."
ENGAGED = "Ustalono na spotkaniu Partnerstwa."
POSITIONS = ("pedagog", "specjalista", "doradca", "psycholog", "referent")

# What the registers of data protection say.
AGREEMENT = {
    "purpose": "Wspólna pomoc rodzinom w zespołach kooperacyjnych.",
    "data_kinds": "Dane kontaktowe, sytuacja rodzinna i zawodowa.",
    "person_categories": "Osoby i rodziny objęte pomocą.",
}
LEGAL_BASIS = (
    "Przepis ustawy, na podstawie której działa ta instytucja (zmyślony na potrzeby pokazu)."
)
AUTHORISED_FOR = "Praca w zespołach kooperacyjnych"

# Who was asked to join, what came of it, and who helps without joining.
APPROACHED = (
    (Sector.CULTURE, "Biblioteka „Zmyślona” – {place}"),
    (Sector.NGO, "Stowarzyszenie „Próbny Krok” – {place}"),
    (Sector.HEALTH, "Poradnia „Wzorcowa” – {place}"),
    (Sector.EDUCATION, "Zespół Szkół „Model” – {place}"),
    (Sector.OTHER, "Spółdzielnia „Fikcyjny Plon” – {place}"),
)
STEPS = {
    "INVITED": "Zaproszenie wysłane pismem.",
    "REPLIED": "Prosi o projekt deklaracji.",
    "DECLINED": "Na razie brakuje im pracowników.",
    "CLOSED": "Instytucja działa w innej gminie.",
}
# One institution as two clerks wrote it.
TWIN = Sector.CULTURE
TWINS = (
    "Klub Sportowy „Wymyślony Start” – {place}",
    "Klub sportowy „Wymyslony Start” – {place}",
)
NEIGHBOURS = (
    ("FIRE_BRIGADE", "OSP „Przykład” – {place}", "Transport i sala na spotkania."),
    ("RURAL_WOMEN", "Koło Gospodyń „Wzór” – {place}", "Ciepłe posiłki i paczki na święta."),
    ("VOLUNTEERS", "Wolontariusze „Umowna Pomoc” – {place}", "Zakupy dla osób samotnych."),
    ("PARISH", "Parafialna świetlica „Próba” – {place}", "Miejsce dla dzieci po lekcjach."),
    ("BUSINESS", "Piekarnia „Zmyślona” – {place}", "Pieczywo dla rodzin w kryzysie."),
)
