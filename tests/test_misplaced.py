"""What organizers type into the wrong field, or write in ways of their own, is looked for as well."""

from __future__ import annotations

from pathlib import Path

import pytest
from planting import READING, lines
from test_leaks import PEOPLE, cohort, found, whats
from test_secrecy import edit, with_people

from builder import leaks, pipeline
from builder.model.cohorts import Person
from builder.problems import Stopped

NAMES = (
    "Cleo Quixley <cleo@steps.edu>", "Dana Oldacre; Cleo Quixley", "Dana Oldacre and Cleo Quixley",
    "Cleo Quixley & Dana Oldacre", "Dana Oldacre/Cleo Quixley", "Cleo Quixley - UW Medicine",
    "Cleo Quixley \u2013 chair",
    "Cleo Quixley | Cardiology", "Cleo Quixley [lead]", "Facilitator: Cleo Quixley", "1. Cleo Quixley",
    "Cleo Quixley 206-555-0134", "Cleo Quixley she/they", "Cleo Quixley MS4", "M2 Cleo Quixley", "Cleo Quixley MBBS",
    "Cleo Quixley RN BSN CCRN", "Cleo Quixley XYZ VWX", "PD Dr. med. Cleo Quixley", "cleo.quixley", "Cleo_Quixley",
    "CleoQuixley",
    "Quixley, Cleo; Oldacre, Dana", "mailto:cleo@steps.edu Cleo Quixley", "Cleo Quixley (she/her), MD",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_known_whatever_is_written_with_it(name: str) -> None:
    """Addresses, numbers, roles, remarks, degrees and other people in the field of a name hide nobody."""
    secrets = leaks.gather([cohort(facilitators=(Person(name=name),))])
    assert whats("<p>We thank Cleo Quixley today.</p>", secrets=secrets) == {"name"}
    assert not whats("<p>At UW Medicine, the chair of Cardiology.</p>", secrets=secrets)


PLACE = (
    "Zoom https://uw.zoom.us/j/84716234471?pwd=AbC123, Meeting ID 847 1623 4471, call 206-555-0134, ask bee@steps.edu"
)


@pytest.mark.parametrize("field", ["place", "link", "phone", "name"])
@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("uw.zoom.us/j/84716234471", "link"), ("call 206.555.0134", "number"), ("847-1623-4471", "number"),
        ("code AbC123", "passcode"),
        ("bee@steps.edu", "e-mail address"),
    ],
)  # fmt: skip
def test_what_stands_in_another_field_is_looked_for(field: str, written: str, what: str) -> None:
    """Links, numbers, passcodes and e-mail addresses are secret anywhere in a cohort."""
    given = {"facilitators": (Person(name=PLACE),)} if field == "name" else {field: PLACE}
    (told,) = found([("a.txt", f"So {written} then".encode())], leaks.gather([cohort(**given)]))
    assert f" {what} " in told.message


@pytest.mark.parametrize(
    ("phone", "written"),
    [
        ("030 12 34 56", "030 12 34 56"), ("030 12 34 56", "030-12-34-56"), ("55 50 134", "55 50 134"),
        ("5 5 5 0 1 3 4", "5 5 5 0 1 3 4"),
        ("206-555-CATS", "206-555-CATS"), ("206-555-CATS", "(206) 555 cats"), ("206-555-CATS", "206-555-2287"),
        ("1-800-FLOWERS", "1 800 356 9377"), ("206-555-0147 code 4711", "206-555-0147"),
        ("206-555-0147 ext 12", "206-555-0147"),
    ],
)  # fmt: skip
def test_a_number_is_found_as_it_is_written(phone: str, written: str) -> None:
    """Whatever an organizer groups or spells on the keys is found in that writing, and in digits."""
    assert whats(f"<p>Call {written} now</p>", secrets=leaks.gather([cohort(phone=phone)])) == {"phone number"}


def test_what_stands_in_another_field_can_be_listed(tmp_path: Path) -> None:
    """What a problem says of a place can be let through by itself."""
    people = PEOPLE.replace("place: Quokkaplace", "place: Ask bee@steps.edu")
    root = with_people(tmp_path, people)
    edit(root, READING, "A map helps.", "A map helps. Ask bee@steps.edu.")
    (told,) = lines(root)
    assert "contains an e-mail address in the words on team 'garry-oak'" in told
    (root / "cohorts/trial/cohort.yml").write_text(f"{people}public:\n  - bee@steps.edu\n")
    assert lines(root) == []


def test_more_than_a_name_and_less_than_a_number_are_mentioned(tmp_path: Path) -> None:
    """A notice asks for the name alone, and says of a number that it is too short to be looked for."""
    people = PEOPLE.replace("Quincy Dingo Bandicoot", "Quincy <quincy@steps.edu>").replace(
        "Lou Numbat", "Lou Numbat/chair"
    )
    root = with_people(tmp_path, people.replace("+1 (206) 555-0147, code 4711", "ext. 5-0134"))
    places = {line.rpartition(" (")[0] or line for line in lines(root) if "notice: " in line}
    assert {each.partition(": notice: ")[2].partition(" (")[0] for each in places} == {
        "more than a name",
        "fewer than 7 digits",
    }
    assert len(places) == 3
    assert not [line for line in lines(root) if "quincy@" in line or "Numbat" in line]


def test_cohorts_beside_the_curriculum_stay_secret_where_others_are_named(tmp_path: Path) -> None:
    """A folder that an option names is searched for as well as `cohorts`, and the last line says both."""
    root = with_people(tmp_path / "w")
    other = tmp_path / "mine/spring"
    other.mkdir(parents=True)
    (other / "cohort.yml").write_text(
        PEOPLE.replace("Quincy Dingo Bandicoot", "Dana Oldacre").replace("quokka", "other")
    )
    edit(root, READING, "A map helps.", "A map helps. Ask Quincy Dingo Bandicoot or Dana Oldacre.")
    assert len([line for line in lines(root, other.parent) if "contains the name of a member" in line]) == 2
    with pytest.raises(Stopped) as stopped:
        pipeline.read_public(pipeline.Cohorts(root, other.parent))
    assert len(stopped.value.problems) == 2
    assert "contain: spring, trial." in pipeline.searched(pipeline.Cohorts(root, other.parent))
    (root / "cohorts/trial/cohort.yml").write_text("name: [broken")
    with pytest.raises(Stopped, match="cohorts that cannot be read"):
        pipeline.secrets(pipeline.Cohorts(root, other.parent))
    assert [line for line in lines(root, other.parent) if line.startswith("cohorts/trial/cohort.yml:")]
