"""The Powiatowy Zespół Kooperacji: its agreements for gminas, and delegations that these ask for (POR-C §2)."""
