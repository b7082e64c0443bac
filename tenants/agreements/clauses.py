"""The three variants of the agreement as data, one text a clause (POR-A, POR-B, POR-C).

`[[name]]` is a blank of `blanks`, `((2.3))` the clause of that ref wherever its number has moved. The wording is
that of the founding document; what of it was mended is said beside the clause.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from tenants.agreements.blanks import CONTACTS, DUTIES


class Variant(StrEnum):
    """The variants of the founding document."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause by its ref in the founding document: "1" heads a paragraph, "1.1" and "2.3.4" lie below.

    A name is the ref of what stands outside the paragraphs. `rotating` is the text where the place of
    meetings rotates.
    """

    ref: str
    text: str
    mended: str = ""
    rotating: str = ""

    @property
    def depth(self) -> int:
        return self.ref.count(".")

    @property
    def is_numbered(self) -> bool:
        return self.ref[0].isdigit()


REFERENCE = re.compile(r"\(\(([\d.]+)\)\)")

_SECTORS = (
    "pomiędzy instytucjami pomocy i integracji społecznej a podmiotami innych polityk sektorowych"
)
_MODEL = f"MODELU KOOPERACJI {_SECTORS} w gminach miejsko-wiejskich"
_COMMA = "Usunięto zbędny przecinek w nazwie modelu, przed „a podmiotami”."
_LOWER = "„Województwa” zapisano małą literą."
_PARTY = "„Stron” zapisano wielką literą, tak jak w całym tekście."
_AGREEMENT = "„Porozumienia” zapisano wielką literą, tak jak w całym tekście."
_DUTIES_COMMA = "Dodano przecinek przed „do obowiązków”."
_ABBREVIATED = "„M. in.” zapisano bez odstępu."
_DASH = "Łącznik przed „pisemnej” zastąpiono myślnikiem."
_MEETINGS_OF_PARTNERS = "„Partnerskich” zapisano małą literą."
_ADDED_HEAD = (
    "W wariancie {} nie ma Stron, miejsca ani dnia zawarcia; dodano je tak jak w wariancie A. "
)
_PREAMBLE = "zawarte [[place]] w dniu [[concluded_on]] pomiędzy następującymi Stronami:"
_PARTIES = (
    "Strony wymienia się w mianowniku, bo końcówki „-ym/ą” były do wyboru; wszystkie mają te same "
    "pola (Partner nr 2 nie miał pola na osobę reprezentującą), a ich liczba jest dowolna."
)
_TITLE = f"na rzecz współdziałania organizacji i instytucji w ramach {_MODEL}"
_SIGNATURES = "Podpisy przedstawicieli instytucji"


def _joint(tasks: str, mended: str = "") -> tuple[str, str]:
    """The declaration of joint action, which names the tasks of the parties."""
    text = (
        "Strony niniejszego Porozumienia zgodnie oświadczają, że podejmują współdziałanie, którego "
        f"celem jest realizacja zadań wymienionych w (({tasks})) oraz zobowiązań dotyczących "
        "współpracy, wynikających z przepisów prawa krajowego."
    )
    return text, mended


_EXCHANGE = "wymiana wiedzy i informacji, w granicach obowiązującego prawa"
_ACTIVE = "aktywny udział w spotkaniach partnerskich"
_PUBLICISING = (
    "upublicznienie informacji o przystąpieniu do Partnerstwa i promocja zadań objętych niniejszym "
    "Porozumieniem"
)
_INFORMING = (
    "Strony zobowiązują się do wzajemnego informowania się o działaniach związanych z realizacją "
    "zadań objętych niniejszym Porozumieniem oraz o sytuacjach, które miałyby wpływ na ich "
    "realizację."
)
_CHANNELS = (
    "Przepływ informacji między Partnerami dokonywać się będzie w formie komunikacji bezpośredniej, "
    "telefonicznej, mailowej, a w szczególnych przypadkach – pisemnej."
)
_PEOPLE = (
    "Osobami wyznaczonymi przez Strony do wzajemnej współpracy w sprawach dotyczących realizacji "
    "zadań objętych Porozumieniem są:"
)
_SUPPORT_LOWER = "„Samorządu Województwa” zapisano małymi literami."
_SUPPORT = "Wsparcie ze strony samorządu województwa [[voivodeship]] zapewni: [[regional_support]]."
_MEETINGS = (
    "Spotkania w ramach Partnerstwa odbywają się w miarę potrzeb, nie rzadziej niż [[frequency]]."
)
_COSTS = (
    "Każda ze Stron Porozumienia we własnym zakresie pokrywa koszty realizacji swoich zadań "
    "wymienionych powyżej w ((2.3)) i nie będzie zgłaszać w tym zakresie roszczeń finansowych do "
    "Partnerów."
)
# What A and B say alike of the duties of the partners.
_DUTIES = (
    Clause(
        "2.3",
        "W ramach realizacji zadań, o których mowa w ((1.3)), do obowiązków Partnerów należy m.in.:",
        f"{_DUTIES_COMMA} {_ABBREVIATED}",
    ),
    Clause("2.3.1", _EXCHANGE),
    Clause("2.3.2", _ACTIVE),
    Clause(
        "2.3.3",
        "realizacja ustaleń i harmonogramu, wynikających ze spotkań partnerskich",
        "W źródle „wynikającego”, choć wynikają i ustalenia, i harmonogram; dodano przecinek przed "
        f"tym słowem. {_MEETINGS_OF_PARTNERS}",
    ),
    Clause(
        "2.3.4",
        "praca w oparciu o kartę pracy z rodziną, stanowiącą załącznik do niniejszego Porozumienia",
    ),
    Clause("2.3.5", _PUBLICISING),
    Clause("2.3.6", DUTIES),
    Clause("2.4", _COSTS, _AGREEMENT),
)

A = (
    Clause("title", _TITLE, _COMMA),
    Clause("preamble", _PREAMBLE, _PARTIES),
    Clause("1", ""),
    Clause(
        "1.1",
        "Niniejsze Porozumienie jest zawarte w związku z wdrażaniem, na terenie [[units]], "
        f"{_MODEL}, który na terenie województwa [[voivodeship]] koordynuje [[rops]], działający w "
        "imieniu samorządu województwa.",
        "Dodano pole na nazwę gminy, którego w źródle brak; „a który” zastąpiono przez „który”. "
        f"{_COMMA} {_LOWER}",
    ),
    Clause(
        "1.2",
        f"Porozumienie określa zasady współpracy {_SECTORS} z terenu [[county]].",
        "W źródle „współpracy stron pomiędzy instytucjami”; opuszczono słowo „stron”. Usunięto "
        "zbędny przecinek przed „z terenu”.",
    ),
    Clause("1.3", *_joint("2.3")),
    Clause("2", ""),
    Clause("2.1", _MEETINGS),
    Clause(
        "2.2",
        "Miejscem spotkań jest [[meeting_place]]. Możliwa jest organizacja spotkań w siedzibie "
        "innego Partnera.",
        "W źródle „możliwa jest organizacja w siedzibie”; dodano słowo „spotkań”. „Partnera” "
        "zapisano wielką literą.",
    ),
    *_DUTIES,
    Clause("3", ""),
    Clause("3.1", _INFORMING),
    Clause("3.2", _CHANNELS, _DASH),
    Clause("3.3", _PEOPLE),
    Clause("3.3.1", CONTACTS),
    Clause("support", _SUPPORT, _SUPPORT_LOWER),
    Clause("annex", "Załącznikiem do Porozumienia jest Karta pracy z rodziną."),
    Clause("signatures", _SIGNATURES),
)

B = (
    Clause("title", _TITLE, "W wariancie B tytuł urywa się w pół zdania; wzięto go z wariantu A."),
    Clause("preamble", _PREAMBLE, _ADDED_HEAD.format("B") + _PARTIES),
    Clause("1", ""),
    Clause(
        "1.1",
        "Niniejsze Porozumienie jest zawarte w związku z realizacją, na terenie [[units]], "
        f"{_MODEL}, który na terenie województwa [[voivodeship]] koordynuje [[rops]], działający w "
        "imieniu samorządu województwa.",
        f"W źródle „gminy X”; jest pole. „A który” zastąpiono przez „który”. {_COMMA} {_LOWER}",
    ),
    Clause(
        "1.2",
        f"Porozumienie określa zasady współpracy Stron przy wdrażaniu {_MODEL} z terenu [[county]].",
        f"{_COMMA} {_PARTY}",
    ),
    Clause("1.3", *_joint("2.3")),
    Clause("2", ""),
    Clause("2.1", _MEETINGS),
    Clause(
        "2.2",
        "Miejscem spotkań jest [[meeting_place]].",
        "W źródle oba zdania stoją obok siebie do wyboru; zostaje jedno.",
        rotating="Spotkania będą odbywać się rotacyjnie, u każdego z Partnerów.",
    ),
    *_DUTIES,
    Clause("3", ""),
    Clause("3.1", f"{_INFORMING} {_CHANNELS}", _DASH),
    Clause("3.2", _PEOPLE),
    Clause("3.2.1", CONTACTS),
    Clause(
        "support",
        _SUPPORT,
        "W źródle to zdanie jest pkt 4 wykazu osób; stoi poza nim, jak w wariancie A. "
        f"{_SUPPORT_LOWER}",
    ),
    Clause(
        "annex",
        "Załącznikiem do Porozumienia jest Karta pracy z rodziną.",
        "Poprawiono literówkę „sjest”.",
    ),
    Clause("signatures", _SIGNATURES),
)

C = (
    Clause("title", _TITLE, _COMMA),
    Clause("preamble", _PREAMBLE, _ADDED_HEAD.format("C") + _PARTIES),
    Clause("1", "Cel Porozumienia"),
    Clause(
        "1.1",
        "Niniejsze Porozumienie jest zawarte w związku z wdrażaniem, na terenie [[units]], "
        f"{_MODEL}, który na terenie województwa koordynuje działający w imieniu samorządu "
        "województwa [[voivodeship]] [[rops]].",
        "„A który” zastąpiono przez „który”, z przecinkiem przed nim, a przecinek na końcu zdania "
        f"kropką. {_COMMA} {_LOWER}",
    ),
    Clause(
        "1.2",
        "Celem projektu jest wdrożenie na terenie [[units]] MODELU KOOPERACJI, służącego pracownikom "
        "instytucji dostarczających usługi społeczne na terenie [[units]], a w konsekwencji "
        "[[residents]].",
        "W źródle „dostarczających usług społecznych” i „jej mieszkańcom”, choć gmin może być kilka. "
        "Dodano przecinek przed „służącego”.",
    ),
    Clause(
        "1.3",
        "MODEL KOOPERACJI ma doprowadzić do sytuacji, w której do rozwiązania danego problemu czy "
        "zaspokojenia sygnalizowanej potrzeby zostaną zaangażowane wszystkie instytucje "
        "funkcjonujące na terenie gminy lub powiatu, mające w swoich kompetencjach właściwe "
        "działania. Nawiązanie takiej współpracy spowoduje, że wsparcie będzie kompleksowe, "
        "działania instytucji będą się uzupełniały, a efekty, jakie osiągną, będą trwałe. Stała "
        "współpraca powołanego zespołu przedstawicieli różnych instytucji i podmiotów w gminie może "
        "służyć realizacji innych działań strategicznych i rozwojowych na rzecz mieszkańców.",
        "Dodano przecinki przy „jakie osiągną”.",
    ),
    Clause(
        "1.4",
        f"Porozumienie określa zasady współpracy Stron przy wdrażaniu {_MODEL}.",
        f"{_COMMA} {_PARTY}",
    ),
    Clause(
        "1.5",
        *_joint(
            "2.4", "W źródle odesłanie do § 2 ust. 3, czyli do miejsca spotkań; zadania są dalej."
        ),
    ),
    Clause("2", "Powiatowy Zespół Kooperacji"),
    Clause(
        "2.1",
        "Wdrożenie MODELU KOOPERACJI zakłada utworzenie Powiatowego Zespołu Kooperacji (PZK), "
        "składającego się z dyrektorów i kierowników instytucji pomocy i integracji społecznej oraz "
        "podmiotów innych polityk sektorowych z terenu [[county]].",
        "Objaśniono skrót PZK, którego źródło dalej używa. Dodano przecinek przed „składającego”.",
    ),
    Clause(
        "2.2",
        "Spotkania w ramach PZK odbywają się w miarę potrzeb, nie rzadziej niż raz na kwartał.",
    ),
    Clause(
        "2.3",
        "Miejscem spotkań jest [[meeting_place]]; możliwa jest realizacja spotkań w innym miejscu na "
        "terenie [[county]].",
        "Przecinek przed „możliwa” zastąpiono średnikiem.",
    ),
    Clause(
        "2.4",
        "W ramach realizacji zadań, o których mowa w ((1.5)), do obowiązków Partnerów w ramach PZK "
        "należy m.in.:",
        "W źródle odesłanie do § 1 ust. 3, w którym o zadaniach nie ma mowy. "
        f"{_DUTIES_COMMA} {_ABBREVIATED}",
    ),
    Clause("2.4.1", "udział w posiedzeniu Zespołu"),
    Clause(
        "2.4.2",
        "oddelegowanie na wniosek Ośrodka Pomocy Społecznej przedstawiciela lub przedstawicieli do "
        "udziału w posiedzeniu Gminnej Grupy Kooperacji",
        "W źródle „przedstawiciela/przedstawicieli”.",
    ),
    Clause("2.4.3", _EXCHANGE),
    Clause("2.4.4", _ACTIVE),
    Clause(
        "2.4.5",
        "realizacja ustaleń wynikających ze spotkań partnerskich",
        _MEETINGS_OF_PARTNERS,
    ),
    Clause("2.4.6", _PUBLICISING),
    Clause("2.4.7", DUTIES),
    Clause(
        "2.5",
        "Każda ze Stron Porozumienia we własnym zakresie pokrywa koszty realizacji swoich zadań "
        "wymienionych w ((2.4)) i nie będzie zgłaszać w tym zakresie roszczeń finansowych.",
        "W źródle odesłanie do ust. 3, czyli do miejsca spotkań.",
    ),
    Clause(
        "2.6",
        "Strony niniejszego Porozumienia, kierując się chęcią efektywnej pomocy mieszkańcom "
        "znajdującym się w trudnej sytuacji, zobowiązują się do aktywnego udziału w pracach "
        "utworzonego Zespołu.",
        f"W źródle „osobom mieszkańcom”; opuszczono jedno słowo i dodano przecinek. {_AGREEMENT}",
    ),
    Clause("3", "Gminna Grupa Kooperacji"),
    Clause(
        "3.1",
        "Gminną Grupę Kooperacji (GGK) tworzą przedstawiciele instytucji i podmiotów związanych z "
        "realizacją zadań na rzecz mieszkańców, którzy podpisali Porozumienie. Są to osoby z "
        "różnych grup zawodowych, reprezentujące instytucje publiczne i niepubliczne, odpowiedzialne "
        "za realizację zadań.",
        "Objaśniono skrót GGK; w źródle „osoby z różnych grup zawodowych reprezentujący”, bez "
        "przecinka.",
    ),
    Clause(
        "3.2",
        "Osoby wchodzące w skład GGK współpracują ze sobą w sposób skoordynowany, zapewniający "
        "skuteczne reagowanie na zgłaszane potrzeby.",
    ),
    Clause("3.3", "Koordynatorem prac GGK jest wyznaczony pracownik Ośrodka Pomocy Społecznej."),
    Clause(
        "3.4",
        "Do obowiązków przedstawicieli instytucji powołanych do GGK należy m.in.:",
        _ABBREVIATED,
    ),
    Clause(
        "3.4.1",
        "analiza i ocena sytuacji problemowej i wypracowanie sposobu postępowania, który będzie miał "
        "na celu przywrócenie prawidłowego funkcjonowania osoby, integralności rodziny lub "
        "społeczności lokalnej",
        "Kropkę na końcu punktu zastąpiono średnikiem.",
    ),
    Clause(
        "3.4.2",
        "współpraca w zakresie tworzenia planu pracy w obszarze problemowym na rzecz osoby, rodziny "
        "czy społeczności oraz przy zaspokajaniu potrzeb i świadczeniu usług",
        "W źródle „potrzeb, świadczeniu usług”; dodano „i”.",
    ),
    Clause(
        "3.4.3",
        "podjęcie czynności na rzecz osoby lub rodziny, w ramach kompetencji instytucji, zgodnie z "
        "ustaleniami Grupy i spisanym planem pomocy",
    ),
    Clause(
        "3.4.4",
        "monitorowanie i ewaluacja realizowanych działań, przekazywanie informacji koordynatorowi",
    ),
    Clause("3.4.5", DUTIES),
    Clause(
        "3.5",
        "Członkowie GGK podejmują działania zgodnie z zakresem swoich kompetencji i uprawnień, w "
        f"ramach obowiązków służbowych i w czasie pracy swojej instytucji. W ramach {_MODEL} nie "
        "przewiduje się dodatkowego wynagrodzenia za udział w pracach GGK.",
        _COMMA,
    ),
    Clause(
        "3.6",
        "Wszystkich członków obowiązuje zasada tajności informacji przekazywanych na spotkaniach "
        "Grupy.",
    ),
    Clause(
        "3.7",
        "Członkowie Grupy występują jako pracownicy instytucji, w których realizują działania "
        "zgodnie ze swoimi kompetencjami określonymi w szczególnych przepisach prawa, dotyczących "
        "zakresu działania tych instytucji.",
        "Dodano przecinek przed „w których”.",
    ),
    Clause("4", ""),
    Clause("4.1", _INFORMING),
    Clause("4.2", _CHANNELS, _DASH),
    Clause(
        "4.3",
        "Strony wyrażają zgodę na objęcie Porozumieniem innych instytucji, jeżeli ich udział jest "
        "uzasadniony z punktu widzenia realizacji celu MODELU KOOPERACJI. Przedstawiciel takiej "
        "instytucji składa podpis pod Porozumieniem, a pozostałe Strony zostają o tym fakcie "
        "poinformowane przez [[informer]].",
        "W źródle zdanie urywa się po „poinformowane przez”; dodano pole. Dodano przecinek przed "
        "„jeżeli”, a „tej instytucji” zastąpiono przez „takiej instytucji”.",
    ),
    Clause(
        "4.4",
        "Wykaz osób wyznaczonych przez Strony do współpracy w sprawach dotyczących realizacji zadań "
        "objętych Porozumieniem stanowi załącznik.",
    ),
    Clause(
        "annex",
        "Wykaz osób wyznaczonych przez Strony do wzajemnej współpracy w sprawach dotyczących "
        "realizacji zadań objętych Porozumieniem",
    ),
    Clause("signatures", _SIGNATURES),
)

TEXTS: dict[str, tuple[Clause, ...]] = {Variant.A: A, Variant.B: B, Variant.C: C}
