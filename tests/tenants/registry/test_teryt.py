"""The TERC file is read wholly or refused with the line and the reason, and kept dated."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kooperacja.audit.actor import named
from kooperacja.documents import guarded
from tenants.registry import teryt
from tenants.registry.models import Tenant, Unit, UnitState
from tenants.registry.region import RegionEntry
from tenants.registry.terc import parse
from tenants.registry.terc_file import HEADER, MAX_BYTES, FileRefused
from tests.cases import whole_country
from tests.factories import registry as make

OWN = make.OWN_FILE.read_bytes()


def lines() -> list[str]:
    return OWN.decode("utf-8-sig").splitlines()


def refusal(data: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        parse(data)
    return str(refused.value)


def units() -> list[tuple[object, ...]]:
    return list(Unit.objects.values_list("code", "name", "rodz", "as_of", "is_gone"))


# --- Reading ---------------------------------------------------------------------------------


def test_own_file_has_the_whole_voivodeship() -> None:
    rows = parse(OWN)
    by_length = [sum(len(row.code) == length for row in rows) for length in (2, 4, 6)]
    assert by_length == [1, 12, 71]
    gogolin = next(row for row in rows if row.code == "160501")
    assert (gogolin.name, gogolin.rodz, gogolin.as_of) == ("Gogolin", "3", date(2025, 1, 1))


def test_own_file_agrees_with_the_one_of_the_whole_country() -> None:
    whole = parse(whole_country())
    assert len(whole) == 16 + 380 + 2479
    theirs = [(r.code, r.rodz, r.name, r.name_extra, r.as_of) for r in whole if r.code[:2] == "16"]
    assert [(r.code, r.rodz, r.name, r.name_extra, r.as_of) for r in parse(OWN)] == theirs


def test_line_ends_bom_and_empty_last_lines_do_not_matter() -> None:
    plain = "\n".join(lines())
    expected = parse(OWN)
    assert parse(plain.encode()) == expected
    assert parse(plain.replace("\n", "\r\n").encode("utf-8-sig") + b"\r\n\r\n") == expected


def test_parts_of_gminas_are_read_past() -> None:
    extra = ["16;05;02;4;Krapkowice;miasto;2025-01-01"]
    extra += ["16;05;02;5;Krapkowice;obszar wiejski;2025-01-01"]
    extra += ["16;61;02;9;Opole-Zachód;delegatura;2025-01-01"]
    rows = parse("\n".join(lines() + extra).encode())
    assert [row.rodz for row in rows if row.is_partial] == ["4", "5", "9"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("1;05;01;3;Gogolin;gmina miejsko-wiejska;2025-01-01", "zgubione zero"),
        ("17;05;01;3;Gogolin;gmina miejsko-wiejska;2025-01-01", "nie ma województwa o kodzie 17"),
        ("16;5;01;3;Gogolin;gmina miejsko-wiejska;2025-01-01", "POW „5”"),
        ("16;00;01;3;Gogolin;gmina miejsko-wiejska;2025-01-01", "POW „00”"),
        ("16;;01;3;Gogolin;gmina miejsko-wiejska;2025-01-01", "bez numeru powiatu"),
        ("16;05;٠١;3;Gogolin;gmina miejsko-wiejska;2025-01-01", "nie jest dwiema cyframi"),
        ("16;05;01;7;Gogolin;gmina miejsko-wiejska;2025-01-01", "nieznany RODZ „7”"),
        ("16;05;01;2;Gogolin;gmina miejsko-wiejska;2025-01-01", "nie zgadza się z kodem i RODZ"),
        ("16;05;01;3; ;gmina miejsko-wiejska;2025-01-01", "nie ma nazwy"),
        ("16;05;01;3;GogoÅ‚in;gmina miejsko-wiejska;2025-01-01", "niemożliwa nazwa"),
        ("16;05;01;3;<b>;gmina miejsko-wiejska;2025-01-01", "niemożliwa nazwa"),
        ("16;05;01;3;Gogolin;gmina miejsko-wiejska;2025-13-01", "nie jest dniem"),
        ("16;05;01;3;Gogolin;gmina miejsko-wiejska;2024-01-01", "STAN_NA 2024-01-01, a w pierw"),
        ("16;05;01;3;Gogolin;gmina miej", "jest 6 pól zamiast 7"),
        ("16;44;01;3;Gogolin;gmina miejsko-wiejska;2025-01-01", "bez wiersza powiatu 1644"),
        ("16;61;02;2;Gogolin;gmina wiejska;2025-01-01", "jedną gminą miejską o numerze 01"),
        ("16;05;01;4;Gogolin;miasto;2025-01-01", "bez samej gminy"),
        ("16;05;01;;Gogolin;powiat;2025-01-01", "nieznany RODZ „”"),
        ("", "jest 1 pól zamiast 7"),
    ],
)
def test_a_wrong_line_is_refused_with_its_number_and_reason(line: str, reason: str) -> None:
    number = next(n for n, text in enumerate(lines(), 1) if text.startswith("16;05;01;"))
    changed = lines()
    changed[number - 1] = line
    said = refusal("\n".join(changed).encode())
    assert reason in said
    assert f"wiersz {number}" in said


def test_a_unit_written_twice_is_refused_with_both_lines() -> None:
    twice = [*lines(), "16;61;01;1;Opole;gmina miejska;2025-01-01"]
    said = refusal("\n".join(twice).encode())
    assert "wiersz 86: jednostka 166101 już była w wierszu 85" in said


def test_other_encodings_are_named() -> None:
    text = "\n".join(lines())
    assert "wiersz 2: plik jest w kodowaniu Windows-1250" in refusal(text.encode("cp1250"))
    assert "ISO-8859-2" in refusal(text.encode("iso8859_2"))
    assert "UTF-16" in refusal(text.encode("utf-16"))
    assert "nie jest tekst" in refusal(b"%PDF-1.7\n\xe2\xe3\xcf\xd3\xff\xfe\x00")


@pytest.mark.parametrize("data", [b"", b"\n\n", b"WOJ,POW,GMI\n", OWN.replace(b";RODZ", b"")])
def test_a_wrong_header_is_refused(data: bytes) -> None:
    assert HEADER in refusal(data)


def test_half_a_file_is_refused() -> None:
    only_voivodeship = "\n".join(lines()[:2])
    assert "powiatów 0, a jest ich 12" in refusal(only_voivodeship.encode())
    county_alone = "\n".join([*lines()[:-1]])
    assert "powiat 1661 „Opole” bez żadnej gminy" in refusal(county_alone.encode())
    assert "powiatów 11, a jest ich 12" in refusal("\n".join(lines()[:-2]).encode())


@given(cut=st.integers(min_value=0, max_value=len(OWN.rstrip()) - 1))
def test_a_file_cut_anywhere_is_refused(cut: int) -> None:
    with pytest.raises(FileRefused):
        parse(OWN[:cut])


@given(place=st.integers(0, len(OWN) - 1), byte=st.integers(0, 255), data=st.data())
def test_a_damaged_byte_never_breaks_the_reader(place: int, byte: int, data: st.DataObject) -> None:
    damaged = OWN[:place] + bytes([byte]) + OWN[place + data.draw(st.integers(0, 3)) :]
    try:
        number = len(parse(damaged))
    except FileRefused as refused:
        number = 84 if all(mistake.reason for mistake in refused.mistakes) else 0
    assert number == 84


@given(line=st.text(max_size=60), at=st.integers(1, 80))
def test_a_foreign_line_is_refused(line: str, at: int) -> None:
    changed = lines()
    changed.insert(at, line.replace("\n", ""))
    assert f"wiersz {at + 1}: " in refusal("\n".join(changed).encode(errors="replace"))


@pytest.mark.parametrize(
    ("invented", "reason"),
    [
        (
            [f"16;05;{number};2;Zmyślona;gmina wiejska;2025-01-01" for number in range(30, 41)],
            "województwo OPOLSKIE: gmin 82, a w 2025 r. było ich 71",
        ),
        (
            [
                line
                for number in range(20, 31)
                for line in (
                    f"16;{number};;;zmyślony;powiat;2025-01-01",
                    f"16;{number};01;2;Zmyślona;gmina wiejska;2025-01-01",
                )
            ],
            "województwo OPOLSKIE: powiatów 23, a w 2025 r. było ich 12",
        ),
    ],
)
def test_units_that_somebody_invented_are_refused(invented: list[str], reason: str) -> None:
    assert reason in refusal("\n".join([*lines(), *invented]).encode())
    two_less = [*lines(), *invented[:-2]]
    assert len(parse("\n".join(two_less).encode())) == len(two_less) - 1


def test_it_is_read_by_a_program_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """As parse() reads it, with its mistakes; what is too much for that program is refused."""
    assert teryt.read(OWN, voivodeship="16") == parse(OWN)
    with pytest.raises(FileRefused) as mistaken:
        teryt.read(OWN + b"16;99", voivodeship="16")
    assert str(mistaken.value) == refusal(OWN + b"16;99")

    def too_hard(*given: object, **how: object) -> None:
        raise guarded.TooHard

    monkeypatch.setattr(guarded, "run", too_hard)
    with pytest.raises(FileRefused, match="zbyt złożony"):
        teryt.read(OWN, voivodeship="16")


def test_a_file_on_the_disk_is_bounded_too(tmp_path: Path) -> None:
    big = tmp_path / "terc.csv"
    big.write_bytes(OWN + b"\n" * MAX_BYTES)
    with pytest.raises(FileRefused, match="większy niż 5 MB"):
        teryt.import_terc(big, voivodeship="16")


# --- Keeping ---------------------------------------------------------------------------------


def test_import_gives_82_candidates_and_repeating_it_changes_nothing(db: None) -> None:
    first = teryt.import_terc(make.OWN_FILE, voivodeship="16")
    assert (len(first.new), len(first.unchanged)) == (79, 5)  # five are in the template
    assert teryt.candidates("16").count() == 82
    before, states = units(), UnitState.objects.count()
    again = teryt.import_terc(make.OWN_FILE, voivodeship="16")
    assert (len(again.new), len(again.changed), len(again.gone)) == (0, 0, 0)
    assert (units(), UnitState.objects.count()) == (before, states)


def test_preview_writes_nothing(db: None) -> None:
    before = units()
    rows = teryt.read(OWN, voivodeship="16")
    assert len(teryt.preview(rows, voivodeship="16").new) == 79
    assert units() == before


def test_only_the_voivodeship_asked_for_is_kept(db: None) -> None:
    with pytest.raises(FileRefused, match=r"nie ma w nim województwa 14 \(mazowieckie\)"):
        teryt.import_data(OWN, voivodeship="14")
    assert not Unit.objects.filter(code__startswith="14").exists()


def test_a_wrong_file_leaves_the_register_as_it_was(db: None) -> None:
    before = units()
    with pytest.raises(FileRefused):
        teryt.import_data(OWN + b"16;99", voivodeship="16")
    assert units() == before


def test_changed_rodz_and_name_get_history_and_the_tenant_keeps_its_address(
    db: None, gmina: object
) -> None:
    teryt.import_data(OWN, voivodeship="16")
    newer = make.register_file(as_of="2026-01-01", rodz={"160501": "2"}, names={"160504": "Nowe"})
    result = teryt.import_data(newer, voivodeship="16")
    assert [(c.code, c.before, c.after) for c in result.changed] == [
        ("160501", "gmina miejsko-wiejska Gogolin", "gmina wiejska Gogolin"),
        ("160504", "gmina wiejska Walce", "gmina wiejska Nowe"),
    ]
    walce = UnitState.objects.filter(unit__code="160504").values_list("name", "valid_from")
    assert list(walce) == [("Walce", date(2025, 1, 1)), ("Nowe", date(2026, 1, 1))]
    assert UnitState.objects.filter(unit__code="160503").count() == 1
    tenant = Tenant.objects.get(unit__code="160501")
    assert (tenant.slug, tenant.ref.name) == ("gogolin", "Gmina wiejska Gogolin")


def test_a_unit_missing_from_a_newer_file_is_gone_and_comes_back(db: None) -> None:
    teryt.import_data(OWN, voivodeship="16")
    result = teryt.import_data(
        make.register_file(as_of="2026-01-01", without={"160504"}), voivodeship="16"
    )
    assert [change.code for change in result.gone] == ["160504"]
    assert Unit.objects.get(code="160504").is_gone
    assert teryt.candidates("16").count() == 81
    back = teryt.import_data(make.register_file(as_of="2026-06-01"), voivodeship="16")
    assert [change.code for change in back.changed] == ["160504"]
    assert not Unit.objects.get(code="160504").is_gone


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (make.register_file(as_of="2024-01-01"), "rejestr zna już stan na"),
        (make.register_file(as_of="2199-01-01"), "jeszcze nie nadszedł"),
        (make.register_file(rodz={"160501": "2"}), "który już wczytano"),
        (
            make.register_file(
                as_of="2026-01-01", without={"160501", "160502", "160503", "160504"}
            ),
            "4\N{NO-BREAK SPACE}znanych jednostek",
        ),
    ],
)
def test_a_file_out_of_time_or_far_too_short_is_refused(db: None, data: bytes, reason: str) -> None:
    teryt.import_data(OWN, voivodeship="16")
    before, states = units(), UnitState.objects.count()
    with pytest.raises(FileRefused, match=reason):
        teryt.import_data(data, voivodeship="16")
    assert (units(), UnitState.objects.count()) == (before, states)


def test_the_same_file_imported_again_is_no_second_entry(db: None) -> None:
    teryt.import_data(OWN, voivodeship="16", by=named("Anna Operator"))
    newer = make.register_file(as_of="2026-01-01", without={"160504"})
    teryt.import_data(newer, voivodeship="16", by=named("Anna Operator"))
    before, entries = units(), list(RegionEntry.objects.all())
    assert len(entries) == 2
    again = teryt.import_data(newer, voivodeship="16", by=named("Anna Operator"))
    assert not again.is_news
    assert (units(), list(RegionEntry.objects.all())) == (before, entries)


def test_the_same_units_on_a_later_day_are_news(db: None) -> None:
    teryt.import_data(OWN, voivodeship="16")
    later = teryt.import_data(make.register_file(as_of="2026-01-01"), voivodeship="16")
    assert later.is_news
    assert len(later.unchanged) == len(later.changes)
    assert RegionEntry.objects.count() == 2


def test_an_import_is_an_entry_of_the_regions_journal(db: None) -> None:
    teryt.import_data(OWN, voivodeship="16", by=named("Anna Operator"))
    entry = RegionEntry.objects.get()
    assert (entry.verb, entry.actor_name) == ("REGISTER", "Anna Operator")
    assert "nowych 79" in entry.about
    with pytest.raises(FileRefused):
        teryt.import_data(OWN + b"16;99", voivodeship="16", by=named("Anna Operator"))
    assert RegionEntry.objects.get() == entry
