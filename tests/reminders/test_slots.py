"""When a reminder is due: worked examples, then what holds for every time of two years."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core.clock import from_wall, to_wall
from server.library.models import ReminderRules
from server.reminders.slots import LeftOut, Plan, SlotKey, is_quiet, slots_before

MINUTE = timedelta(minutes=1)


def wall(text: str) -> datetime:
    """A Danish clock time as an instant."""
    return from_wall(datetime.fromisoformat(text))


def due(plan: Plan, key: SlotKey) -> str | None:
    """When a slot is due, as a Danish clock time."""
    found = {slot.key: slot.due_at for slot in plan.slots}
    return to_wall(found[key]).strftime("%Y-%m-%d %H:%M") if key in found else None


class TestDayBefore:
    @pytest.mark.parametrize(
        ("starts", "booked", "expected"),
        [
            ("2026-11-30T10:00", "2026-11-23T10:00", "2026-11-29 16:00"),
            ("2027-03-28T10:00", "2027-03-20T10:00", "2027-03-27 16:00"),
            ("2027-03-29T10:00", "2027-03-20T10:00", "2027-03-28 16:00"),
            ("2027-10-31T10:00", "2027-10-20T10:00", "2027-10-30 16:00"),
            ("2027-11-01T10:00", "2027-10-20T10:00", "2027-10-31 16:00"),
        ],
    )
    def test_is_at_four_the_day_before_by_the_clock_on_the_wall(
        self, starts: str, booked: str, expected: str
    ) -> None:
        assert due(slots_before(wall(starts), wall(booked)), SlotKey.DAY_BEFORE) == expected

    @pytest.mark.parametrize(
        ("starts", "booked", "expected"),
        [
            ("2026-11-24T10:00", "2026-11-23T17:15", "2026-11-23 17:15"),
            ("2026-11-24T10:00", "2026-11-24T09:50", "2026-11-24 09:50"),
            ("2026-11-24T10:00", "2026-11-23T22:00", "2026-11-24 08:00"),
            ("2026-11-24T10:00", "2026-11-24T03:00", "2026-11-24 08:00"),
            ("2026-11-24T08:30", "2026-11-23T21:00", "2026-11-24 08:00"),
        ],
    )
    def test_comes_at_once_when_booked_later_but_wakes_nobody(
        self, starts: str, booked: str, expected: str
    ) -> None:
        assert due(slots_before(wall(starts), wall(booked)), SlotKey.DAY_BEFORE) == expected

    @pytest.mark.parametrize(
        ("starts", "booked", "reason"),
        [
            ("2026-11-24T08:20", "2026-11-23T22:00", LeftOut.QUIET_HOURS),
            ("2026-11-24T02:00", "2026-11-23T23:30", LeftOut.QUIET_HOURS),
            ("2026-11-24T10:00", "2026-11-24T10:00", LeftOut.PAST),
            ("2026-11-24T10:00", "2026-11-25T10:00", LeftOut.PAST),
        ],
    )
    def test_is_left_out_with_a_reason_when_only_night_or_the_past_remains(
        self, starts: str, booked: str, reason: LeftOut
    ) -> None:
        plan = slots_before(wall(starts), wall(booked))

        assert due(plan, SlotKey.DAY_BEFORE) is None
        assert plan.left_out[SlotKey.DAY_BEFORE] is reason


class TestWeekBefore:
    @pytest.mark.parametrize(
        ("starts", "booked", "expected"),
        [
            ("2026-12-08T10:00", "2026-11-23T10:00", "2026-12-01 16:00"),
            ("2026-12-07T10:01", "2026-11-23T10:00", "2026-11-30 16:00"),
            ("2026-12-07T10:00", "2026-11-23T10:00", None),  # exactly 14 days ahead is not more
            ("2026-11-30T10:00", "2026-11-23T10:00", None),
            ("2027-03-29T10:00", "2027-03-01T10:00", "2027-03-22 16:00"),
            ("2027-04-01T10:00", "2027-03-01T10:00", "2027-03-25 16:00"),
            ("2027-11-03T10:00", "2027-10-01T10:00", "2027-10-27 16:00"),
        ],
    )
    def test_is_at_four_on_the_same_weekday_when_booked_more_than_two_weeks_ahead(
        self, starts: str, booked: str, expected: str | None
    ) -> None:
        assert due(slots_before(wall(starts), wall(booked)), SlotKey.WEEK_BEFORE) == expected

    def test_has_lost_its_use_when_the_day_before_comes(self) -> None:
        plan = slots_before(wall("2026-12-08T10:00"), wall("2026-11-23T10:00"))

        slots = {slot.key: slot for slot in plan.slots}
        assert slots["week-before"].deadline_at == slots["day-before"].due_at

    def test_follows_the_rules_of_the_centre(self) -> None:
        rules = ReminderRules(week_before_days=5, week_before_at="09:30", day_before_at="12:15")

        plan = slots_before(wall("2026-12-08T10:00"), wall("2026-11-23T10:00"), rules)

        assert due(plan, SlotKey.WEEK_BEFORE) == "2026-12-03 09:30"
        assert due(plan, SlotKey.DAY_BEFORE) == "2026-12-07 12:15"

    def test_and_two_hours_before_are_not_there_where_a_centre_does_not_send_them(self) -> None:
        rules = ReminderRules(week_before=False, two_hours_before=False)

        plan = slots_before(wall("2026-12-08T10:00"), wall("2026-11-23T10:00"), rules)

        assert [slot.key for slot in plan.slots] == ["day-before"]
        assert plan.left_out == {}


class TestTwoHoursBefore:
    @pytest.mark.parametrize(
        ("starts", "expected"),
        [
            ("2026-11-30T14:00", "2026-11-30 12:00"),
            ("2026-11-30T10:00", "2026-11-30 08:00"),
            ("2026-11-30T09:59", "2026-11-30 08:00"),
            ("2026-11-30T08:30", "2026-11-30 08:00"),
            ("2026-11-30T08:29", "2026-11-29 20:30"),
            ("2026-11-30T07:00", "2026-11-29 20:30"),
            ("2026-11-30T01:00", "2026-11-29 20:30"),
            ("2026-11-30T22:59", "2026-11-30 20:59"),
            ("2026-11-30T23:30", "2026-11-30 20:30"),
            ("2027-03-28T04:00", "2027-03-27 20:30"),
            ("2027-10-31T08:10", "2027-10-30 20:30"),
        ],
    )
    def test_moves_out_of_the_night(self, starts: str, expected: str) -> None:
        plan = slots_before(wall(starts), wall(starts) - timedelta(days=6))

        assert due(plan, SlotKey.TWO_HOURS) == expected

    def test_counts_two_real_hours_over_the_change_to_summer_time(self) -> None:
        starts_at = wall("2027-03-28T12:00")

        plan = slots_before(starts_at, starts_at - timedelta(days=6))

        assert {slot.key: starts_at - slot.due_at for slot in plan.slots}["two-hours"] == timedelta(hours=2)

    def test_is_left_out_when_it_has_passed(self) -> None:
        plan = slots_before(wall("2026-11-30T14:00"), wall("2026-11-30T12:01"))

        assert plan.left_out[SlotKey.TWO_HOURS] is LeftOut.PAST


# Every minute from before the spring change of 2026 until after the autumn change of 2027, and as many
# near the four nights themselves.
ANY_MINUTE = st.integers(0, 860 * 24 * 60).map(lambda n: datetime(2026, 3, 1, tzinfo=UTC) + n * MINUTE)
CHANGES = [
    datetime(2026, 3, 29, 1),
    datetime(2026, 10, 25, 1),
    datetime(2027, 3, 28, 1),
    datetime(2027, 10, 31, 1),
]
NEAR_A_CHANGE = st.builds(
    lambda change, n: change.replace(tzinfo=UTC) + n * MINUTE,
    st.sampled_from(CHANGES),
    st.integers(-2880, 2880),
)
STARTS = st.one_of(ANY_MINUTE, NEAR_A_CHANGE)
AHEAD = st.one_of(st.integers(-120, 3000), st.integers(0, 100_000)).map(lambda n: n * MINUTE)


class TestEverySlot:
    @given(starts_at=STARTS, ahead=AHEAD)
    def test_lies_between_booking_and_start_outside_the_night_or_is_left_out_with_a_reason(
        self, starts_at: datetime, ahead: timedelta
    ) -> None:
        now = starts_at - ahead

        plan = slots_before(starts_at, now)

        for slot in plan.slots:
            is_early = slot.key == SlotKey.WEEK_BEFORE
            assert now <= slot.due_at < slot.deadline_at <= starts_at
            assert is_early or slot.deadline_at == starts_at
            assert not is_quiet(slot.due_at)
            assert time(8, 0) <= to_wall(slot.due_at).time() < time(21, 0)
        planned = {SlotKey(slot.key) for slot in plan.slots}
        far = {SlotKey.WEEK_BEFORE} if ahead > timedelta(days=14) else set()
        assert planned | set(plan.left_out) == {SlotKey.DAY_BEFORE, SlotKey.TWO_HOURS} | far
        assert not planned & set(plan.left_out)

    @given(starts_at=STARTS)
    def test_is_never_left_out_when_booked_two_days_ahead(self, starts_at: datetime) -> None:
        plan = slots_before(starts_at, starts_at - timedelta(days=2))

        assert plan.left_out == {}

    @given(starts_at=STARTS)
    def test_leaves_half_an_hour_when_it_was_moved_to_the_morning(self, starts_at: datetime) -> None:
        plan = slots_before(starts_at, starts_at - timedelta(days=3))

        two_hours = {slot.key: slot.due_at for slot in plan.slots}["two-hours"]
        assert timedelta(minutes=30) <= starts_at - two_hours <= timedelta(hours=13)

    @given(starts_at=STARTS, ahead=AHEAD)
    def test_is_left_out_for_the_night_only_if_no_waking_minute_was_left(
        self, starts_at: datetime, ahead: timedelta
    ) -> None:
        now = starts_at - ahead

        plan = slots_before(starts_at, now)

        if plan.left_out.get(SlotKey.DAY_BEFORE) is LeftOut.QUIET_HOURS:
            latest_useful = starts_at - timedelta(minutes=30)
            waking = now
            while waking <= latest_useful:
                assert is_quiet(waking)
                waking += timedelta(minutes=5)
