"""The wall between tenants, attacked."""
