"""The Gminna Grupa Kooperacji: who is in it, and whom institutions of the county delegate (POR-C §3)."""
