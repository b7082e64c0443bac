"""The partnership of a tenant: institutions, people, declarations and the register (REG §1)."""
