"""The register of tenants of the voivodeship and of accesses to them."""
