"""Commands of the technical half; those about tenants live with the tenants."""
