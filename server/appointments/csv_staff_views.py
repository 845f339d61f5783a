"""What a counsellor can call about sheets of appointments."""

from datetime import datetime, time, timedelta
from typing import Any

from flask import Response

from server.appointments import csv_in, csv_out, csv_schemas, csv_text, schemas
from server.appointments.csv_words import Column
from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, at_most, blueprint

sheets = blueprint("sheets", "staff")

AHEAD = timedelta(days=100)


@sheets.get("/appointments.csv")
@requires(Action.READ_APPOINTMENTS)
@sheets.arguments(schemas.SpanSchema, location="query")
@sheets.response(200, {"type": "string"}, content_type=csv_text.MEDIA_TYPE)
def take_sheet(span: dict[str, datetime]) -> Response:
    """My own bookings as a sheet, from today and a hundred days ahead unless a span is given."""
    now = clock.now()
    since = span.get("since") or clock.from_wall(datetime.combine(clock.to_wall(now).date(), time.min))
    until = span.get("until") or since + AHEAD
    with transaction() as session:
        sheet = csv_out.write_own(session, since=since, until=until, actor=current_actor(), now=now)
    answer = Response(sheet, content_type=f"{csv_text.MEDIA_TYPE}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{csv_out.FILE_NAME}"'
    return answer


@sheets.post("/appointments/sheet-preview")
@requires(Action.EDIT_APPOINTMENTS)
@at_most(csv_schemas.LONGEST_BODY)
@sheets.arguments(csv_schemas.SheetSchema)
@sheets.response(200, csv_schemas.PreviewSchema)
@sheets.alt_response(413, schema=ProblemSchema)
def preview_sheet(body: dict[str, Any]) -> dict[str, Any]:
    """What a sheet would book for me, row by row; nothing is booked yet."""
    with transaction() as session:
        made = csv_in.preview(session, data=body["file"], actor=current_actor(), now=clock.now())
    return {"digest": made.digest, "new": len(made.new), "rows": [_shown(row) for row in made.rows]}


@sheets.post("/appointments/sheet")
@requires(Action.EDIT_APPOINTMENTS)
@at_most(csv_schemas.LONGEST_BODY)
@sheets.arguments(csv_schemas.ImportSchema)
@sheets.response(201, csv_schemas.ImportedSchema)
@sheets.alt_response(200, schema=csv_schemas.ImportedSchema, description="Booked by an earlier try")
@sheets.alt_response(409, schema=ProblemSchema)
@sheets.alt_response(413, schema=ProblemSchema)
def book_sheet(body: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Book the new rows of a sheet as the preview showed them: all of them, or none."""
    with transaction() as session:
        booked = csv_in.book_sheet(
            session,
            data=body["file"],
            digest=body["digest"],
            again=body["again"],
            actor=current_actor(),
            now=clock.now(),
        )
    return {"booked": booked.number, "already": booked.already}, 200 if booked.already else 201


def _shown(row: csv_in.Row) -> dict[str, Any]:
    cells = {column.value: row.line[column] for column in Column if column is not Column.STATUS}
    return {"line": row.line.number, "outcome": row.outcome, "column": row.column, **cells}
