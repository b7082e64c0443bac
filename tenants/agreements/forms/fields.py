"""The field in which a party of an agreement is chosen."""

from django import forms

from tenants.agreements.models import Party


class PartyField(forms.ModelChoiceField[Party]):
    """Parties by their names of today."""

    def label_from_instance(self, obj: Party) -> str:
        return f"{obj.label}: {obj.name_shown}"
