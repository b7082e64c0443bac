"""The filters of the basket and of the list of cards (REG §3.4)."""

from django import forms

from kooperacja.ui.forms import KeyedForm, SearchForm, any_of
from tenants.baskets.basket import Wanted
from tenants.baskets.models.cards import Card
from tenants.baskets.models.editions import Edition
from tenants.services.terms import Cost, Group, Language, Way
from tenants.services.types import areas
from tenants.teams.forms import InNameForm

_GROUPS = [one for one in Group.choices if one[0] != Group.ALL]
_AREAS = [(one.code, one.name) for one in areas()]


class BasketFilter(SearchForm):
    """The help that is looked for."""

    dla = any_of("Dla kogo", "dla każdego", _GROUPS)
    dziedzina = any_of("Dziedzina", "każda", _AREAS)
    gdzie = any_of("Gdzie", "wszędzie", Way.choices)
    koszt = any_of("Koszt", "każdy", Cost.choices)
    jezyk = any_of("Język", "każdy", Language.choices)
    teraz = forms.BooleanField(label="Czynne teraz", required=False)
    miejsca = forms.BooleanField(label="Są wolne miejsca", required=False)

    @property
    def wanted(self) -> Wanted:
        return Wanted(**self.chosen)


class GapsFilter(SearchForm):
    """The gaps to show."""

    dla = any_of("Dla kogo", "wcale", _GROUPS)
    dziedzina = any_of("Dziedzina", "każda", _AREAS)


class BeginCardForm(KeyedForm, InNameForm):
    """Asks whose card is begun."""

    MODEL = Card


class IssueForm(KeyedForm):
    """Issues the basket as a new edition."""

    MODEL = Edition
