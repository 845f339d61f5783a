"""Whatever stands in a text, only clean HTML comes out."""

import pytest

from server.library import prose

from .conftest import Page


class TestProse:
    @pytest.mark.parametrize(
        "body",
        [
            "<script>alert(1)</script>",
            "[x](javascript:alert(1))",
            "[x](data:text/html,hej)",
            "![x](https://e.dk/a.png)",
        ],
    )
    def test_never_lets_anything_active_through(self, body: str) -> None:
        page = Page(str(prose.render(body, anchor_prefix="help-da-")))

        assert set(page.tags) <= {"p", "a"}
        assert page.values("href") == page.values("src") == []

    def test_keeps_a_number_to_tap(self) -> None:
        assert prose.render("[112](tel:112)", anchor_prefix="") == '<p><a href="tel:112">112</a></p>\n'
