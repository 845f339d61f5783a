"""CPR numbers: a real date in the right century; no check digit."""

from datetime import date

import pytest

from server.citizens import cpr

TODAY = date(2026, 11, 23)


class TestParse:
    @pytest.mark.parametrize("text", ["251248-9996", "2512489996", "251248 9996"])
    def test_reads_a_number_with_and_without_its_hyphen(self, text: str) -> None:
        assert cpr.parse(text, today=TODAY) == "2512489996"

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("290200-4000", "2000 was a leap year, and 4 with 00 means 2000"),
            ("290200-5000", "5 with 00 means 2000"),
            ("290296-4000", "4 with 96 means 1996, a leap year"),
            ("311257-8000", "8 with 57 is a date to come"),
        ],
    )
    def test_takes_the_century_from_the_seventh_digit(self, text: str, why: str) -> None:
        if why.endswith("to come"):
            with pytest.raises(cpr.BadCpr):
                cpr.parse(text, today=TODAY)
        else:
            assert cpr.parse(text, today=TODAY) == text.replace("-", ""), why

    def test_knows_that_1900_was_no_leap_year(self) -> None:
        with pytest.raises(cpr.BadCpr):
            cpr.parse("290200-1000", today=TODAY)

    def test_asks_for_no_check_digit(self) -> None:
        assert cpr.parse("010165-4321", today=TODAY) == "0101654321"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "25124899961",
            "251248-999",
            "311348-1234",
            "320148-1234",
            "000048-1234",
            "２５１２４８-9996",
            "25-12-48",
            "abcdefghij",
        ],
    )
    def test_refuses_what_is_no_number(self, text: str) -> None:
        with pytest.raises(cpr.BadCpr):
            cpr.parse(text, today=TODAY)

    def test_refuses_somebody_born_tomorrow(self) -> None:
        with pytest.raises(cpr.BadCpr):
            cpr.parse("241126-4000", today=TODAY)


class TestMasked:
    def test_shows_the_birth_date_alone(self) -> None:
        assert cpr.masked("2512489996") == "251248-••••"
        assert cpr.masked(None) is None
