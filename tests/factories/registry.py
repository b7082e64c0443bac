"""Register files, units and tenants for tests."""

from collections.abc import Collection, Mapping
from pathlib import Path

from tenants import registry
from tenants.registry.rules import MUNICIPAL_RODZ

OWN_FILE = Path(registry.__file__).parent / "data" / "terc_opolskie.csv"


def register_file(
    *,
    as_of: str = "2025-01-01",
    rodz: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    without: Collection[str] = (),
) -> bytes:
    """Our own register file with another day, other kinds or names, or without some units."""
    rodz, names = rodz or {}, names or {}
    header, *lines = OWN_FILE.read_text(encoding="utf-8-sig").splitlines()
    kept = [header]
    for line in lines:
        woj, pow_, gmi, kind, name, extra, _ = line.split(";")
        code = woj + pow_ + gmi
        if code in without:
            continue
        kind = rodz.get(code, kind)
        extra = MUNICIPAL_RODZ.get(kind, extra)
        kept.append(";".join([woj, pow_, gmi, kind, names.get(code, name), extra, as_of]))
    return "\n".join(kept).encode()
