"""Cards of services of the kooperanci and of the Lider, and the local basket made of them (REG §3)."""
