"""Personal data of nobody, as people write them: each must be found in every carrier."""

from kooperacja.guard.kinds import Kind

PLANTED: dict[Kind, tuple[str, ...]] = {
    Kind.PESEL: (
        *("44051401359", "02270803624", "92071314764", "81010200131"),
        *("440514 01359", "440514-01359", "44 05 14 01359", "4 4 0 5 1 4 0 1 3 5 9"),
        *("PESEL 44051401359", "PESEL: 44051401350", "nr PESEL 02270803620"),
        "PESEL44051401359",
    ),
    Kind.PHONE: (
        *("501234567", "501 234 567", "501-234-567", "501.234.567", "77 456 78 90"),
        *("(77) 456 78 90", "77/456 78 90", "77-456-78-90", "77 45 67 890", "774567890"),
        *("+48 501 234 567", "+48501234567", "+48 77 456 78 90", "0048 501 234 567"),
        *("(+48) 501 234 567", "tel. 501234567", "tel. 456 78 90", "tel.:501-234-567"),
        *("kom. 501 234 567", "telefon 77 456 78 90 wew. 12", "0774567890"),
        *("+49 170 1234567", "tel. domowy 4567890", "501 23 45 67"),
    ),
    Kind.EMAIL: (
        *("jan.wzor@poczta.example", "j_wzor+dom@poczta.com.pl", "WZOR@POCZTA.PL"),
        *("jan.wzor(at)poczta.pl", "jan.wzor [at] poczta.pl", "jan.wzor małpa poczta.pl"),
        *("jan.wzor(małpa)poczta(kropka)pl", "jan.wzor @ poczta.pl", "jan.wzór@poczta.pl"),
    ),
    Kind.ADDRESS: (
        *("ul. Długa 5", "ul. Długiej 12/4", "ul. Krótką 3 m. 4", "ul. Jana Pawła II 10a"),
        *("ul. 3 Maja 12", "ul. 3 Maja 12 m. 4", "ulicy Długiej 7", "al. Wolności 7/12"),
        *(
            "al. Niepodległości 3",
            "os. Piastów 7 m. 12",
            "pl. Kopernika 2",
            "osiedlu Tysiąclecia 4/8",
        ),
        *("UL. DŁUGA 5/4", "ul. długa 5", "ul. gen. Wzorowskiego 8", "ul. św. Anny 12 lok. 3"),
        *("Kościelna 5 m. 3", "ul. Długa 5, 99-082 Wzorów", "99-082 Wzorów"),
        *("zam. Wzorowo 12", "zamieszkała w Wzorowie 12", "zamieszkały przy Długiej 3"),
        "ul. Ks. Wzora 4, mieszkanie nr 7",
    ),
    Kind.NAME: (
        *("Anna Kowalska", "Anny Kowalskiej", "Annie Kowalskiej", "Annę Kowalską"),
        *("Jan Nowak", "Jana Nowaka", "Janowi Nowakowi", "z Janem Nowakiem", "o Janie Nowaku"),
        *("ANNA KOWALSKA", "KOWALSKA ANNA", "Kowalska Anna", "Nowak Jan", "Nowaka Jana"),
        *("Anna Kowalska-Nowak", "Annie Kowalskiej-Nowak", "Anna Maria Kowalska"),
        *("Anna M. Kowalska", "A. Kowalska", "J. M. Wiśniewski", "Kasia Wójcik", "Kasi Wójcik"),
        *("Tomasz Zieliński", "Tomaszowi Zielińskiemu", "Zofią Lewandowską", "Piotr Król"),
        *("Marii Wiśniewskiej", "Stanisława Brzęczyszczykiewicza", "Róża Kwiatkowska"),
        *("Pani Anna Kowalska", "Panu Janowi Nowakowi", "dr Anna Kowalska", "Olena Szewczenko"),
        *("Oksana Kovalenko", "Andrij Bondar", "Igor Mazur", "Maja Wolny", "Mai Wolny"),
        *("Jan\nNowak", "Jan  Nowak", "ks. Jan Nowak", "pani dyrektor Annie Kowalskiej"),
    ),
    Kind.SURNAME: (
        *("rodzina Kowalskich", "rodziny Kowalskich", "rodzinie Nowaków", "rodzinę Zielińskich"),
        *("rodzina Nowak", "rodziną Wójcików", "Rodzina Lewandowskich", "RODZINA KOWALSKICH"),
        *("państwo Kowalscy", "państwa Zielińskich", "państwu Nowakom", "państwem Wójcikami"),
        *("Państwo Nowakowie", "pp. Kowalscy", "pan Nowak", "panu Nowakowi", "pana Wiśniewskiego"),
        *("panem Kowalskim", "pani Kowalska", "panią Wiśniewską", "pani Wiśniewskiej", "p. Nowak"),
        *("p. Wiśniewską", "p. Zielińskiej", "Pani Kowalska-Nowak", "pan Król", "pani Wolny"),
        *("pani kowalska", "pan kowalski", "panu kowalskiemu", "Pan Brzęczyszczykiewicz"),
        *("panie Nowak", "pani dyrektor Kowalskiej", "pana doktora Wiśniewskiego", "Panu Mazurowi"),
        *("pani mgr Nowak", "pan st. asp. Lis", "pani A. Kowalska", "pani Szewczenko"),
    ),
}
