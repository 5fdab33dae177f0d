"""A value of any kind is the same in both engines, and a sum tells when it is not."""

import json
from contextlib import ExitStack
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps.registry import Apps
from django.db import connections, models, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from erasmus_site import addresses
from erasmus_site.operation import databases, rows


class Everything(models.Model):
    """A column of every kind that Django has, and each may be empty."""

    key = models.BigAutoField(primary_key=True)
    text = models.TextField(null=True)
    word = models.CharField(max_length=50, null=True)
    slug = models.SlugField(null=True)
    small = models.SmallIntegerField(null=True)
    large = models.BigIntegerField(null=True)
    is_so = models.BooleanField(null=True)
    share = models.FloatField(null=True)
    price = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    moment = models.DateTimeField(null=True)
    day = models.DateField(null=True)
    hour = models.TimeField(null=True)
    span = models.DurationField(null=True)
    word_of_its_own = models.UUIDField(null=True)
    address = models.GenericIPAddressField(null=True)
    data = models.BinaryField(null=True)
    tree = models.JSONField(null=True)
    file = models.FileField(null=True)

    class Meta:
        apps = Apps()
        app_label = "tests"

    def __str__(self):
        return str(self.key)


# What PostgreSQL cannot hold is left out: the sign of no sign, and halves of signs.
_SIGNS = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
_TEXT = st.text(_SIGNS)
_NUMBER = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
_JSON = st.recursive(
    st.none() | st.booleans() | _NUMBER | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=8,
)
_ROWS = st.lists(
    st.tuples(
        *(
            st.none() | values
            for values in (
                _TEXT,
                st.text(_SIGNS, max_size=50),
                st.from_regex(r"[a-z0-9-]{0,50}", fullmatch=True),
                st.integers(-(2**15), 2**15 - 1),
                st.integers(-(2**63), 2**63 - 1),
                st.booleans(),
                st.floats(allow_nan=False, allow_infinity=False),
                st.decimals(-(10**9), 10**9, places=2),
                st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)),
                st.dates(),
                st.times(),
                st.timedeltas(timedelta(days=-100_000), timedelta(days=100_000)),
                st.uuids(),
                st.ip_addresses().map(str),
                st.binary(),
                _JSON.map(json.dumps),
                st.text(_SIGNS, max_size=100),
            )
        )
    ),
    max_size=5,
)


def _row(**known):
    """A row of nothing but these."""
    return tuple(known.get(field.name) for field in rows.columns(Everything)[1:])


@pytest.fixture(scope="module")
def engines(postgresql, tmp_path_factory, django_db_blocker):
    file = tmp_path_factory.mktemp("rows") / "db.sqlite3"
    with django_db_blocker.unblock(), ExitStack() as stack:
        found = [
            stack.enter_context(databases.opened("small", databases.file(Path(file)))),
            stack.enter_context(databases.opened("large", addresses.database(postgresql))),
        ]
        for using in found:
            with connections[using].schema_editor() as editor:
                editor.create_model(Everything)
        yield found


def decimal(tree: str):
    """JSON's numbers have no kinds: 1e22 comes back as the whole number that it is."""
    return json.loads(tree, parse_int=Decimal, parse_float=Decimal)


def put(using, values):
    with connections[using].cursor() as cursor:
        cursor.execute(f'DELETE FROM "{Everything._meta.db_table}"')  # noqa: S608
    rows.write(Everything, using, values)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(values=_ROWS)
@example(values=[_row(address="::ffff:0:0"), _row(address="::102:304")])
def test_every_value_goes_to_postgresql_and_back_unchanged(engines, values):
    small, large = engines
    numbered = [(key, *row) for key, row in enumerate(values, start=1)]
    with transaction.atomic(using=small), transaction.atomic(using=large):
        put(small, numbered)
        first = list(rows.read(Everything, small))
        put(large, rows.read(Everything, small))
        put(small, rows.read(Everything, large))
        assert rows.tally(Everything, small) == rows.tally(Everything, large)
        back = list(rows.read(Everything, small))
    tree = rows.columns(Everything).index(Everything._meta.get_field("tree"))
    for before, after in zip(first, back, strict=True):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            if number == tree and one is not None:
                one, other = decimal(one), decimal(other)
            assert one == other
            assert type(one) is type(other) or number == tree


def sum_of(*values) -> rows.Tally:
    counter = rows.Counter(Everything)
    given_ = {field.name: None for field in rows.columns(Everything)}
    for row in values:
        list(counter.counted([tuple((given_ | row).values())]))
    return counter.tally


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"text": None}, {"text": ""}),
        ({"text": "a"}, {"word": "a"}),
        ({"text": "None"}, {"text": None}),
        ({"text": "å"}, {"text": "a\u030a"}),
        ({"small": 1}, {"small": True}),
        ({"tree": None}, {"tree": "null"}),
        ({"tree": '"1"'}, {"tree": "1"}),
        ({"tree": "true"}, {"tree": "1"}),
        ({"tree": "[1, 2]"}, {"tree": "[2, 1]"}),
        ({"tree": '["number", "1"]'}, {"tree": "1"}),
        ({"share": 0.1}, {"share": 0.1 + 1e-17 * 3}),
        ({"data": b""}, {"data": None}),
        ({"moment": datetime(2026, 1, 1, tzinfo=UTC)}, {"day": date(2026, 1, 1)}),
        ({"hour": time(1)}, {"hour": time(1, 0, 0, 1)}),
        ({"price": Decimal("1.00")}, {"price": Decimal("1.01")}),
    ],
)
def test_different_values_have_different_sums(one, other):
    """A sum that cannot tell them apart would call a damaged copy the same."""
    assert sum_of(one) != sum_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"tree": '{"a": 1, "b": [1.0, 1e2]}'}, {"tree": '{"b":[1,100],"a":1.0}'}),
        ({"tree": "1e22"}, {"tree": "10000000000000000000000"}),
        ({"tree": "-0.0"}, {"tree": "0"}),
        ({"price": Decimal("1.00")}, {"price": Decimal("1")}),
    ],
)
def test_the_same_said_otherwise_has_the_same_sum(one, other):
    assert sum_of(one) == sum_of(other)


def test_the_order_of_rows_says_nothing_but_their_number_does():
    """Each engine sorts text in its own way."""
    one, other = {"text": "a"}, {"text": "å"}
    assert sum_of(one, other) == sum_of(other, one)
    assert sum_of(one, one) != sum_of(one)
    assert sum_of() != sum_of({})
