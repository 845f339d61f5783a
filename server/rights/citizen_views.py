"""A citizen's own data: to take along, to print, to have erased."""

from datetime import datetime

import orjson
from flask import Response, current_app
from sqlalchemy.orm import Session

from server.citizens import service as citizens
from server.core import clock
from server.core.access import Action, Actor, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint
from server.crisis_plans import reading
from server.crisis_plans import visible as plans
from server.library.service import Content
from server.rights import document, schemas, service, words

rights = blueprint("rights", "citizen")


@rights.get("/export.json")
@requires(Action.EXPORT_OWN_RECORD)
@rights.response(200, {"type": "object"}, description="Everything, for a machine to read")
def export_json() -> Response:
    """Everything that is held about me, in a form that other systems can read."""
    with transaction() as session:
        found = service.export(session, actor=current_actor(), now=clock.now())
    return _file(orjson.dumps(found, option=orjson.OPT_INDENT_2), "application/json", "overblik.json")


@rights.get("/export.pdf")
@requires(Action.EXPORT_OWN_RECORD)
@rights.response(200, {"type": "string", "format": "binary"}, content_type="application/pdf")
def export_pdf() -> Response:
    """Everything that is held about me, on paper."""
    now = clock.now()
    with transaction() as session:
        actor = current_actor()
        language = _language(session, actor)
        found = service.export(session, actor=actor, now=now)
    sections = document.readable_tables(found["tables"], language)
    return _pdf(words.TITLES[language]["all"], sections, now, language)


@rights.get("/plan.pdf")
@requires(Action.EXPORT_OWN_RECORD)
@rights.response(200, {"type": "string", "format": "binary"}, content_type="application/pdf")
def plan_pdf() -> Response:
    """My plan on paper, under a name that tells nothing."""
    now = clock.now()
    with transaction() as session:
        actor = current_actor()
        language = _language(session, actor)
        sections = _plan(session, actor, language)
    return _pdf(words.TITLES[language]["plan"], sections, now, language)


@rights.get("/erasure")
@requires(Action.READ_OWN_RECORD)
@rights.response(200, schemas.ErasureSchema)
def read_erasure() -> dict[str, datetime | None]:
    """When everything about me will be erased, if I asked for it."""
    with transaction() as session:
        return {"due_at": service.find_erasure(session, actor=current_actor())}


@rights.post("/erasure")
@requires(Action.ERASE_OWN_RECORD)
@rights.arguments(schemas.ErasureWishSchema)
@rights.response(202, schemas.ErasureSchema)
@rights.alt_response(409, schema=ProblemSchema)
def ask_for_erasure(_wish: dict[str, bool]) -> dict[str, datetime | None]:
    """Ask to be erased; there are seven days to change my mind."""
    with transaction() as session:
        request = service.ask_for_erasure(session, actor=current_actor(), now=clock.now())
        return {"due_at": request.due_at}


@rights.delete("/erasure")
@requires(Action.ERASE_OWN_RECORD)
@rights.response(204)
def withdraw_erasure() -> None:
    """Take the wish back."""
    with transaction() as session:
        service.withdraw_erasure(session, actor=current_actor(), now=clock.now())


def _language(session: Session, actor: Actor) -> str:
    if actor.citizen_id is None:
        return "da"
    return citizens.language_of(session, citizen_id=actor.citizen_id)


def _plan(session: Session, actor: Actor, language: str) -> list[document.Section]:
    content: Content = current_app.extensions["content"]
    if actor.citizen_id is None:
        return []
    rows = session.scalars(plans.lines(actor.citizen_id)).all()
    lines = reading.show(session, citizen_id=actor.citizen_id, rows=rows)
    standing = [line for line in lines if not line.deleted and not line.erased]
    sections = []
    for section in content.plan:
        own = [line for line in standing if line.section == section.id]
        said = [_words(line) for line in sorted(own, key=lambda line: (line.position or "", line.id))]
        if said:
            sections.append((section.texts[language].title, said))
    return sections


def _words(line: reading.Line) -> str:
    texts = [written.value for written in line.text if written.value]
    phones = [written.value for written in line.phone if written.value]
    return " / ".join(texts) + (f" ({', '.join(phones)})" if phones else "")


def _pdf(title: str, sections: list[document.Section], now: datetime, language: str) -> Response:
    made = document.make_pdf(title, sections, now=now, language=language)
    return _file(made, "application/pdf", document.FILE_NAME)


def _file(body: bytes, kind: str, name: str) -> Response:
    answer = Response(body, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
