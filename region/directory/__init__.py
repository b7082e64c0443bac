"""The region's directory of services; its first pages show the types of services (REG §3, §5.1.g)."""
