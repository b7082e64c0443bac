"""What every tenant has, and the register of tenants."""
