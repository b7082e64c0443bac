"""Forms of the partnership, one module a noun."""

from tenants.partnership.forms.common import (
    KeyedForm,
    VersionedForm,
)
from tenants.partnership.forms.declarations import (
    AcceptanceForm,
    CoordinatorForm,
    FilingForm,
    NewDeclarationForm,
    ReasonForm,
    SignatoryForm,
)
from tenants.partnership.forms.members import (
    MembersFilter,
)
from tenants.partnership.forms.office import (
    AccessibilityForm,
    ColleagueForm,
    PartnershipForm,
)
from tenants.partnership.forms.organisations import (
    EditOrganisationForm,
    NewOrganisationForm,
    OrganisationForm,
    OrganisationsFilter,
)
from tenants.partnership.forms.regulation import (
    AdoptionForm,
    ClausesForm,
    ParametersForm,
    PointsForm,
)

__all__ = [
    "AcceptanceForm",
    "AccessibilityForm",
    "AdoptionForm",
    "ClausesForm",
    "ColleagueForm",
    "CoordinatorForm",
    "EditOrganisationForm",
    "FilingForm",
    "KeyedForm",
    "MembersFilter",
    "NewDeclarationForm",
    "NewOrganisationForm",
    "OrganisationForm",
    "OrganisationsFilter",
    "ParametersForm",
    "PartnershipForm",
    "PointsForm",
    "ReasonForm",
    "SignatoryForm",
    "VersionedForm",
]
