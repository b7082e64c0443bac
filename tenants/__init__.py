"""Apps that every tenant has, and the register of tenants."""
