"""What staff can call to see how the crisis line is used."""

from typing import Any

from flask import Response, current_app

from server.core import clock, spreadsheets
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import blueprint
from server.crisis_line import statistics, statistics_schemas, statistics_sheet

desk_figures = blueprint("desk-figures", "staff")


@desk_figures.get("/desk/statistics")
@requires(Action.READ_DESK_FIGURES)
@desk_figures.arguments(statistics_schemas.StatisticsQuerySchema, location="query")
@desk_figures.response(200, statistics_schemas.StatisticsSchema)
def read_statistics(query: dict[str, Any]) -> dict[str, Any]:
    """How my unit's crisis line is used; analysts see no group below ten."""
    with transaction() as session:
        return statistics.read(session, **query, actor=current_actor(), now=clock.now())


@desk_figures.get("/desk/statistics.csv")
@requires(Action.READ_DESK_FIGURES)
@desk_figures.arguments(statistics_schemas.DeskSheetQuerySchema, location="query")
@desk_figures.response(200, {"type": "string"}, content_type=spreadsheets.MEDIA_TYPE)
def take_statistics(query: dict[str, Any]) -> Response:
    """The same figures as a sheet."""
    language = str(query.pop("language"))
    with transaction() as session:
        shown = statistics.read(session, **query, actor=current_actor(), now=clock.now())
    sheet = statistics_sheet.write(shown, desk=current_app.extensions["content"].desk, language=language)
    answer = Response(sheet, content_type=f"{spreadsheets.MEDIA_TYPE}; charset=utf-8")
    name = statistics_sheet.FILE_NAME[language]
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
