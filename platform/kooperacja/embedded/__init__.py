"""PostgreSQL and a broker for whoever has only Python; DATABASE_URL and BROKER_URL replace them."""
