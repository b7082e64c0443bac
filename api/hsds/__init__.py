"""Public services in the shape of HSDS 3.1, of the region and of each unit, for everybody (REG §5.1.g)."""
