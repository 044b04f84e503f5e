"""Names of people as spreadsheets have them: last name first."""

from __future__ import annotations

from pathlib import Path

import pytest
from planting import COHORT, Fault, assert_told, lines, small

from builder.checking.rules.naming import in_order

TURNED = {
    "Dvořáková, Jiřina": "Jiřina Dvořáková",
    "Numbat,Lou": "Lou Numbat",
    "NUMBAT, LOU": "LOU NUMBAT",
    "Numbat, Lou J.": "Lou J. Numbat",
    "O'Hara, DeShawn": "DeShawn O'Hara",
    "de la Cruz, María José": "María José de la Cruz",
    "Numbat, Lou, MD, PhD": "Lou Numbat, MD, PhD",
    "Numbat, MD, Lou": "Lou Numbat, MD",
    "शर्मा, ज्योति": "ज्योति शर्मा",
    "王\uff0c小明": "小明 王",
}
AS_THEY_ARE = [
    "Jiřina Dvořáková", "Lou Numbat, MD", "Lou Numbat, M.D., Ph.D.", "Lou Numbat, Jr.", "Lou Numbat III, RN BSN",
    "Lou Numbat, XYZ", "Lou Numbat, chair of the day", "Lou Numbat, (she/her)", "Lou, Ada, Ben", "Lou Numbat,", ", Lou",
    "LEE, MD",
]  # fmt: skip


@pytest.mark.parametrize(("name", "order"), TURNED.items(), ids=TURNED)
def test_a_last_name_that_comes_first_is_known(name: str, order: str) -> None:
    """A comma behind the first part of a name parts the last name from the first, with degrees behind them."""
    assert in_order(name) == order


@pytest.mark.parametrize("name", AS_THEY_ARE)
def test_other_commas_are_left_alone(name: str) -> None:
    """Degrees, generations, roles and remarks stand behind a name; several people are no one's name."""
    assert in_order(name) is None


@pytest.mark.parametrize(
    "fault",
    [
        Fault(
            COHORT, "{name: Ben}", '{name: ¦"Dvořáková, Jiřina"}', "(write 'Jiřina Dvořáková', as it is to be printed"
        ),
        Fault(COHORT, "{name: Cleo}", "name: ¦Numbat, Lou", "(write 'Lou Numbat', as it is to be printed"),
    ],
    ids=str,
)
def test_a_name_is_reported_where_it_is_written(fault: Fault, tmp_path: Path) -> None:
    """The check reports the name at its place, with the name as it should print."""
    assert_told(fault, tmp_path)


def test_a_degree_is_part_of_a_name(tmp_path: Path) -> None:
    """A name with its degree is accepted."""
    root = small(tmp_path)
    path = root / COHORT
    path.write_text(
        path.read_text(encoding="utf-8").replace("{name: Ben}", '{name: "Ben Numbat, MD"}'), encoding="utf-8"
    )
    assert lines(root) == []
