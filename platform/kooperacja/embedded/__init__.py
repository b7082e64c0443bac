"""PostgreSQL and a broker for a machine with Python alone; DATABASE_URL and BROKER_URL replace them."""
