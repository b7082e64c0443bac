"""The register of tenants of the voivodeship and of who may enter them."""
