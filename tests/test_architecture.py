"""What holds the house together: every route guarded, contracts kept, files and functions small."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from server.core.access import ROLES_FOR, Action, UnguardedRoute, action_of, refuse_unguarded_routes

ROOT = Path(__file__).parent.parent
PYTHON = [
    path for folder in ("server", "notifications", "tests") for path in sorted((ROOT / folder).rglob("*.py"))
]
TYPESCRIPT = [
    path for path in sorted((ROOT / "pwa" / "src").rglob("*.ts*")) if "node_modules" not in path.parts
]


def test_every_route_names_an_action_of_the_table(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert action_of(app.view_functions[rule.endpoint]) in ROLES_FOR, rule.endpoint


def test_a_route_without_an_action_stops_the_start() -> None:
    bare = Flask("bare")
    bare.add_url_rule("/forgotten", endpoint="forgotten", view_func=lambda: "")

    with pytest.raises(UnguardedRoute, match="forgotten"):
        refuse_unguarded_routes(bare, open_endpoints=["static"])


def test_every_action_stands_in_the_table_and_is_used(app: Flask) -> None:
    used = {action_of(view) for view in app.view_functions.values()}

    assert set(ROLES_FOR) == set(Action)
    assert set(Action) == used


def test_the_import_contracts_are_kept() -> None:
    found = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("path", [*PYTHON, *TYPESCRIPT], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_function_is_too_long(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= 60, f"{node.name} has {length} lines"


def test_every_public_function_and_model_says_what_it_means() -> None:
    silent = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in PYTHON
        if path.parts[len(ROOT.parts)] != "tests"
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]

    assert silent == []


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    odd = {"utils", "helpers", "common", "misc"}

    assert [path for path in [*PYTHON, *TYPESCRIPT] if path.stem in odd or odd & set(path.parts)] == []
