"""The language of the basket of services: types, hours and visibility; no tables (REG §3)."""
