"""The choices of the regulation's parameters (REG §1.6-1.7, §2, §7.2)."""

from django.db import models


class Period(models.TextChoices):
    """The span in which a number of meetings must be held (REG §2.3)."""

    MONTH = "MONTH", "miesiąc"
    QUARTER = "QUARTER", "kwartał"
    HALF_YEAR = "HALF_YEAR", "pół roku"
    YEAR = "YEAR", "rok"


class PlacePolicy(models.TextChoices):
    """Places of the meetings (REG §2.4)."""

    FIXED = "FIXED", "stałe miejsce"
    ROTATING = "ROTATING", "kolejno u każdego z Partnerów"


class RiskNotice(models.TextChoices):
    """Times within which a kooperant tells the others of a risk (REG §7.2)."""

    IMMEDIATELY = "IMMEDIATELY", "natychmiast"
    WITHOUT_DELAY = "WITHOUT_DELAY", "niezwłocznie"


class MajorityBase(models.TextChoices):
    """Bases of the majority that must have resigned before the Lider may dissolve (REG §1.7)."""

    FIRST_RESIGNATION = "FIRST_RESIGNATION", "kooperanci w dniu pierwszej liczonej rezygnacji"
    EVER_JOINED = "EVER_JOINED", "wszyscy, którzy kiedykolwiek przystąpili"


class ResignationEffect(models.TextChoices):
    """Days on which a resignation takes effect (REG §1.6)."""

    RECEIVED = "RECEIVED", "w dniu wpływu do Lidera"
    DAYS_AFTER = "DAYS_AFTER", "po liczbie dni od wpływu"
    END_OF_MONTH = "END_OF_MONTH", "z końcem miesiąca, w którym wpłynęła"


class GuestConsent(models.TextChoices):
    """Conditions on which guests and consultants may attend a meeting (REG §2.8)."""

    NO_OBJECTION = "NO_OBJECTION", "gdy nikt się nie sprzeciwi w terminie"
    MAJORITY = "MAJORITY", "gdy zgodzi się ponad połowa kooperantów"
    ALL = "ALL", "gdy zgodzą się wszyscy kooperanci"


class MinutesApproval(models.TextChoices):
    """Those who approve the minutes of a meeting (REG §2.9)."""

    CHAIR = "CHAIR", "osoba, która prowadzi spotkania"
    NEXT_MEETING = "NEXT_MEETING", "następne spotkanie zespołu"


class VoicesBase(models.TextChoices):
    """The institutions by whose number the voices on a decision are measured (REG §2.7)."""

    PRESENT = "PRESENT", "instytucje obecne na spotkaniu"
    ALL = "ALL", "wszystkie instytucje, które mają miejsce w zespole"
