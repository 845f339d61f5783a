"""The people of these tests."""

from tests.appointments.people import citizen, counsellor, count, desk, phone, stranger

__all__ = ["citizen", "counsellor", "count", "desk", "phone", "stranger"]
