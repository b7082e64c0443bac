"""The public page of a unit's basket: what strangers may see of it, the same as in HSDS (REG §5.1.g)."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kooperacja.pages import list_page
from kooperacja.tenancy.middleware import public
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.tables import Table
from region.directory.models import ListedService
from region.directory.services_views import COLUMNS
from region.directory.views import JSON_LD, TURTLE, vocabulary_file


@public
@require_safe
def public_basket(request: TenantRequest) -> HttpResponse:
    """All public services of a unit by name; one that has a break says so."""
    rows = ListedService.objects.on(timezone.localdate()).filter(tenant_id=request.tenant.id)
    columns = tuple(one for one in COLUMNS if one.key != "jednostka")
    return list_page(
        request,
        Table(
            request,
            rows.order_by("sort_key", "id"),
            columns,
            "Usługi",
            nothing="Żadna instytucja nie pokazuje tu jeszcze swojej usługi wszystkim.",
        ),
        template="directory/public_basket.html",
        title="Usługi dla mieszkańców",
        lead=f"Kto i w czym pomaga: {request.tenant.name}. Są tu usługi, które instytucje pokazują "
        "wszystkim (§ 5 ust. 1 lit. g regulaminu).",
    )


# The region's vocabulary with the unit's own types.
types_ttl, types_jsonld = public(vocabulary_file(*TURTLE)), public(vocabulary_file(*JSON_LD))
