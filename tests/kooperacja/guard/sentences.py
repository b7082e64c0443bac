"""Sentences of offices, all invented, that must pass; and carriers for planted data."""

ORDINARY = """
Pan Starosta prosi o przekazanie sprawozdania do końca miesiąca.
Pani dyrektor szkoły przedstawiła wyniki ankiety.
Panie Burmistrzu, proszę o zatwierdzenie planu.
Szanowni Państwo, zapraszam na spotkanie Partnerstwa.
Rodzina zastępcza zostanie zaproszona na warsztaty.
Rodzina wspierająca pomaga w opiece nad dziećmi.
Państwo członkowskie wdraża dyrektywę do 2027 r.
Państwa Członkowskie zgłaszają uwagi do projektu.
Spotkanie odbędzie się przy ul. Jana Pawła II w sali narad.
Dom Dziennego Pobytu im. Jana Brzechwy zaprasza na dzień otwarty.
Szkoła Podstawowa nr 3 im. Marii Konopnickiej przystąpiła do Partnerstwa.
Zespół Szkół im. gen. Władysława Sikorskiego zgłosił dwóch uczestników.
Parafia pw. św. Jana Nepomucena udostępni salę.
W Zielonej Górze odbyła się konferencja pomocy społecznej.
Wyjazd studyjny do Jeleniej Góry zaplanowano na maj.
Plan pracy na kwiecień, maj i czerwiec jest gotowy.
Trzeciego maja biuro jest nieczynne.
W środę 12 maja 2026 r. o godz. 10.30 zbiera się zespół.
Protokół z 12.05.2026 r. ma 14 stron.
Termin: 2026-05-12, godz. 10:30–12:00.
Sprawa OPS.0719.7.2026 czeka na odpowiedź.
Pismo MOPS-PS.5121.12.2026 wpłynęło 3 marca 2026 r.
Znak sprawy: PCPR.4110.15.2026.AB.
Dotacja wynosi 120 000 000 zł, a wkład własny 12 500,50 zł.
Koszt zadania to 123 456 789 zł w trzech latach.
Rachunek 26 1140 2004 0000 3002 0135 5387 należy do gminy.
NIP 526-000-12-46, REGON 123456785, KRS 0000123456.
NIP: 5260001246 wpisano do rejestru.
Podstawa: art. 5 ust. 2 ustawy (Dz. U. z 2024 r. poz. 1283).
Rozporządzenie (UE) 2016/679 stosuje się od 25 maja 2018 r.
Uchwała nr XXIV/215/2026 Rady Gminy wchodzi w życie 1 lipca.
Zarządzenie nr 12/2026 Wójta Gminy ogłoszono w BIP.
Pan Wójt i Pani Skarbnik potwierdzili udział.
Pani Sekretarz prosi o uwagi do piątku.
Panowie Radni otrzymali materiały.
Panie Radne zgłosiły dwa wnioski.
Pan Przewodniczący zamknął dyskusję.
Pracownik socjalny odwiedził rodzinę w czwartek.
Asystent rodziny pracuje z pięcioma rodzinami.
Rodzina K. otrzyma wsparcie w formie asystenta.
Jan K. nie stawił się na spotkanie.
Dane uczestnika oznaczono jako A. B.
Ośrodek Pomocy Społecznej w Gogolinie zamknął nabór.
Powiatowe Centrum Pomocy Rodzinie w Krapkowicach wyznaczyło koordynatora.
Komenda Powiatowa Policji zgłosiła ryzyko.
Sąd Rejonowy w Strzelcach Opolskich odpowiedział na pismo.
Poradnia Psychologiczno-Pedagogiczna przyjmuje we wtorki.
Karta Dużej Rodziny obejmuje 1 250 osób.
Rok Rodziny Wiejskiej ogłosił sejmik.
Program „Opolska Rodzina” trwa do grudnia.
Państwo Polskie zapewnia finansowanie zadania.
Duża rodzina to co najmniej troje dzieci.
Święta Bożego Narodzenia spędzimy wspólnie z seniorami.
Góra Świętej Anny to miejsce wyjazdu seniorów.
Dzień Matki obchodzimy 26 maja.
Nowak to najczęstsze nazwisko w Polsce.
Król był patronem dawnej szkoły.
Róża i tulipan zdobią plakat festynu.
Klub Seniora „Złota Jesień” działa od 2019 r.
Stowarzyszenie „Wspólny Dom” wynajmie salę.
Fundacja Anny Dymnej prowadzi warsztaty teatralne.
Centrum Usług Społecznych otwarto 1 stycznia 2025 r.
Uczestniczyło 15 osób, w tym 7 kobiet i 8 mężczyzn.
W latach 2024, 2025 i 2026 odbyło się 36 spotkań.
Frekwencja: 80%, 75%, 92%.
Pokój 12, drugie piętro, wejście od ul. Szkolnej.
Autobus odjeżdża z pl. Wolności o 8.15.
Remont os. Piastów potrwa do jesieni.
Numer alarmowy to 112, a Niebieska Linia 800 120 002.
Telefon zaufania 116 111 działa całą dobę.
Zadanie 3.2.1: wsparcie asystenta, 24 godziny miesięcznie.
Tabela 4: 12, 15, 18, 21, 24.
Wersja 2.1 regulaminu obowiązuje od poniedziałku.
Kod CPV 85300000-2 dotyczy usług społecznych.
Faktura nr 123456789 została opłacona.
Pani Prezes fundacji zaprosiła partnerów.
Pan Komendant wyznaczył dzielnicowego.
Ksiądz proboszcz użyczy domu parafialnego.
Proszę Państwa o potwierdzenie obecności.
Dziękuję Pani za przesłane materiały.
Drogi Partnerze, Droga Partnerko, dziękujemy za rok pracy.
Pani Anno, dziękuję za notatkę.
Panie Janie, proszę o kontakt z sekretariatem.
P. o. dyrektora podpisał porozumienie.
Zob. s. 12 i p. 3 regulaminu.
Województwo opolskie i Śląsk Opolski współpracują od lat.
Gmina Wiejska Nowa Wieś przystąpiła w marcu.
PLAN DZIAŁANIA PARTNERSTWA NA ROK 2026
PROTOKÓŁ ZE SPOTKANIA ZESPOŁU KOOPERACYJNEGO
LISTA INSTYTUCJI: OPS, PCPR, PUP, KPP
Wniosek o dofinansowanie złożył Powiat Krapkowicki.
Hala przy ul. 3 Maja jest zajęta.
Aleja Róż zostanie zamknięta na czas festynu.
Rondo Solidarności i most Grunwaldzki są w remoncie.
Pani psycholog i pani pedagog prowadzą grupę wsparcia.
Rodzice i opiekunowie dostaną ankietę.
Państwo Młodzi mogą wynająć salę w domu kultury.
Mistrzostwa im. Jerzego Kukuczki odbędą się w hali.
Czwarty kwartał: październik, listopad, grudzień.
Ani Rada, ani Wójt nie zgłosili uwag.
""".strip().split("\n")

CARRIERS = (
    "{}",
    "Zgłoszenie dotyczy: {}.",
    "W czwartek rozmawialiśmy o sprawie, w której jest {}, i ustaliliśmy dalsze kroki.",
    "Wczoraj wpłynęło pismo ({}) z prośbą o spotkanie zespołu.",
    "Ustalenia:\n- {}\n- następne spotkanie 12 maja 2026 r. o godz. 10.30",
)
