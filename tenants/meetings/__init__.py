"""Meetings of teams, from convening to minutes (REG §2; POR §2; POR-C §2)."""
