"""Words by which a name is known for one, or known for none."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FAMILY = _words(
    "rodzina rodziny rodzinie rodzinę rodziną rodzino rodzin rodzinom rodzinami rodzinach"
)
COUPLE = _words("państwo państwa państwu państwem państwie pp")
PERSON = _words(
    "pan pana panu panem panie panowie panów panom panami panach "
    "pani panią pań paniom paniami paniach p"
)
MEN = _words("pan pana panu panem panowie panów panom panami panach")
WOMEN = _words("pani panią paniom paniami paniach")
WITH_STOP = frozenset({"p", "pp"})  # only abbreviated: p. Nowak

# Bases of words that stand between "pani" and a surname, or in place of it.
FUNCTIONS = _words("""dyrektor wicedyrektor dyrektorka kierownik kierowniczka wójt wicewójt burmistrz wiceburmistrz
    starosta wicestarosta starościna prezydent wiceprezydent prezes wiceprezes sekretarz skarbnik
    radny radna sołtys sołtyska komendant naczelnik doktor profesor mecenas adwokat radca prawny
    sędzia prokurator kurator kuratorka asystent asystentka pedagog psycholog psycholożka nauczyciel
    nauczycielka wychowawca wychowawczyni dzielnicowy dzielnicowa aspirant komisarz sierżant ksiądz
    proboszcz pastor siostra brat doradca koordynator koordynatorka pracownik pracownica pracowniczka
    socjalny rodzinny sądowy społeczny zawodowy przewodniczący przewodnicząca zastępca minister
    wiceminister marszałek wicemarszałek wojewoda wicewojewoda poseł posłanka senator senatorka
    redaktor redaktorka pełnomocnik pełnomocniczka inspektor inspektorka specjalista specjalistka
    podinspektor referent referentka główny starszy młodszy kapitan major pułkownik generał
    pielęgniarka położna lekarz lekarka terapeuta terapeutka mediator mediatorka rzecznik lider
    liderka członek członkini kooperant delegat delegatka gospodarz gość opiekun opiekunka rodzic
    rodzice uczestnik uczestniczka mieszkaniec mieszkanka wolontariusz wolontariuszka kandydat
    biskup rektor dziekan kanclerz premier ambasador konsul notariusz logopeda bibliotekarz
    strażak policjant policjantka żołnierz urzędnik urzędniczka administrator""")
NO_SURNAMES = _words("bóg jezus chrystus polska polski dom młody młoda młodzi pan pani")
TITLES = _words("""dr hab prof mgr inż lic lek med dypl ks gen płk ppłk mjr kpt por ppor asp st mł sierż szt
    podkom nadkom kom insp podinsp nadinsp post rtm o s br bp abp kard zast z-ca vel""")
# After them stands who a school, a square or a church is named after.
NAMED_AFTER = _words("im imienia imieniem pw św świętego świętej święty święta świętych")
STREETS = re.compile(
    r"(?:ul|al|os|pl|ulic\w{1,3}|alej\w{1,3}|osiedl\w{1,3}|plac\w{0,3}|rond\w{1,3}|skwer\w{0,3}|"
    r"bulwar\w{0,3}|most\w{0,3})\Z",
    re.IGNORECASE,
)
# Bodies that bear somebody's name without saying that they are named after them.
BODIES = _words("""Fundacja Fundacji Fundację Fundacją Stowarzyszenie Stowarzyszenia Stowarzyszeniu
    Stowarzyszeniem Towarzystwo Towarzystwa Towarzystwem Instytut Instytutu Muzeum Teatr Teatru
    Hospicjum Memoriał Memoriału Nagroda Nagrody Nagrodę Fundusz Funduszu""")
ROMAN = re.compile(r"[IVX]{1,5}\Z")
# Beginnings of given names of people from Ukraine, which the dictionary does not have.
FOREIGN = tuple(
    sorted(
        _words(
            "olen oksan tetian iryn irin svitl switł ludmy lyudm mykoł mykol serhi serhij siergi andri"
            " volod woło oleks dmytr ihor jevhen yevhen jewhen yulii yuliia halyn nadii vasyl taras"
            " ruslan anastasii daryn maryn kateryn viktorii hann myrosl yaroslav jarosł bohdan nazar"
            " maksym artem denys roman pavlo sofii sofiia uljan ulian vitali witali inn alin zoriana"
        )
    )
)
# Endings of forms of a surname that the dictionary does not have.
ENDINGS = re.compile(
    r"(?:ego|iego|emu|iemu|owie|owi|ami|ach|imi|ich|ych|iej|ów|om|em|iem|ym|im|ej|a|u|y|i|ą|ę|e|o)?\Z"
)
