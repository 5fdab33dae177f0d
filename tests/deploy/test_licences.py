"""What the site is made of may be used, and somebody has said why it is there."""

import pytest

from tests.scripts import script

licences = script("list_licences")


def test_every_package_has_a_licence_that_may_be_used_and_a_reason():
    assert licences.faults(licences.dependencies()) == []


def test_the_list_is_todays():
    """Run `make licences` after a change to what is required."""
    assert licences.PAGE.read_text() == licences.page(licences.dependencies())


@pytest.mark.parametrize(
    ("expression", "is_allowed"),
    [
        ("MIT", True),
        ("MIT AND PSF-2.0", True),
        ("MIT AND SSPL-1.0", False),
        ("GPL-3.0-or-later", False),
        ("GPL-3.0-or-later OR MIT", True),
        ("(MIT OR CC0-1.0)", True),
        ("", False),
    ],
)
def test_a_choice_of_licences_is_free_when_one_of_them_is(expression, is_allowed):
    assert licences.is_allowed(expression, licences.ALLOWED) == is_allowed


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"licence": ""}, "x: no licence"),
        ({"licence": "GPL-3.0-or-later"}, "x: GPL-3.0-or-later is not allowed on every site"),
        ({"why": ""}, "x: no reason"),
    ],
)
def test_what_is_wrong_is_told(change, told):
    fields = {"where": licences.SERVED, "name": "x", "version": "1", "licence": "MIT", "why": "y"}
    (fault,) = licences.faults([licences.Dependency(**fields | change)])
    assert fault.startswith(told)


def test_a_tool_may_have_a_licence_that_what_is_served_may_not():
    tool = licences.Dependency("For development only", "x", "1", "GPL-3.0-or-later", "y")
    assert licences.faults([tool]) == []


def test_a_lock_file_tells_for_whose_sake_a_package_is_there():
    lock = (
        "asgiref==3.13.0 \\\n    --hash=sha256:00\n    # via\n    #   -c requirements-dev.txt\n    #   django\n"
        "mdurl==0.1.2 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n    # via markdown-it-py\n"
        "babel==2.18.0 \\\n    --hash=sha256:00\n    # via erasmus-site (pyproject.toml)\n"
    )
    assert list(licences.locked(lock)) == [
        ("asgiref==3.13.0", ["django"]),
        ("mdurl==0.1.2 ; sys_platform == 'win32'", ["markdown-it-py"]),
        ("babel==2.18.0", []),
    ]
