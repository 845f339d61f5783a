"""The only place that wires config, rooms, notifications and content together."""

import hmac
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask, Response, current_app, request
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from werkzeug.middleware.proxy_fix import ProxyFix

from notifications import failpoints as sending_points
from notifications import health as sending_health
from notifications import outgoing, schedule
from notifications.dispatcher import About, Carrier, Dispatcher, OtherWays, SafeChannel, Together
from notifications.email import Mailer
from notifications.models.fallbacks import ChannelKind, Words
from notifications.push import Message, PushSender, Vapid
from notifications.sms import SmsGateway
from server import cli, migrations, routes
from server.accounts import cookies
from server.appointments import jobs as appointment_jobs
from server.appointments import notices as appointments_notices
from server.audit import service as audit
from server.citizens import channels, guarantee_rules
from server.citizens import service as citizens
from server.config import Config, ConfigError
from server.core import (
    clock,
    crypto,
    db,
    document,
    failpoints,
    guard,
    health,
    logging,
    metrics,
    pages,
    rounds,
)
from server.core.access import action_of, find_actor, refuse_unguarded_routes
from server.core.http import Api, House, make_api
from server.courses import jobs as course_jobs
from server.courses import notices as courses_notices
from server.exercises import jobs as exercise_jobs
from server.exercises import notices as exercises_notices
from server.library import service as library
from server.measures import definitions
from server.measures import jobs as measures_jobs
from server.measures import notices as measures_notices
from server.messages import notices as messages_notices
from server.overview import notices as overview_notices
from server.reminders import notices as reminders_notices
from server.reminders import other_ways, send_health
from server.reminders import rules as reminder_rules

MAY_SEND: dict[str, Callable[..., bool | datetime]] = {
    notices.KIND: notices.may_send
    for notices in (
        appointments_notices,
        courses_notices,
        exercises_notices,
        measures_notices,
        messages_notices,
        overview_notices,
        reminders_notices,
    )
} | {courses_notices.KIND_CHANGED: courses_notices.may_tell_change}
WORKERS_LONGEST_STATEMENT = 30  #: seconds
WEBS_LONGEST_STATEMENT = 60  #: seconds
WEBS_LONGEST_TRANSACTION = 75  #: seconds; more than a statement, so that a slow one is ended by itself
LONGEST_TURN = 0.0005  #: seconds that one request may compute while another one is ready to go on
UNREACHED_EVERY = timedelta(seconds=30)
TELL_EVERY = timedelta(minutes=10)


def create_app(config: Config, *, serve: bool = True) -> Flask:
    """Build the web application.

    With `serve=False` it neither needs nor hands out a PWA build (commands, API tests).

    :raises server.library.service.ContentError: if a content file is broken
    :raises server.core.pages.BuildMismatch: if the build does not show today's help texts
    :raises server.core.access.UnguardedRoute: if a route names no action
    """
    logging.configure()
    sys.setswitchinterval(LONGEST_TURN)
    if serve:
        configure_web(config)
    else:
        configure_house(config)
    app = House("server", static_folder=None)
    content = _load_content(config)
    app.extensions["content"] = content
    app.config.update(_settings(config))
    if config.proxy_hops:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=config.proxy_hops, x_proto=config.proxy_hops, x_host=config.proxy_hops
        )
    api = make_api(app)
    guard.install(app, load_actor=cookies.load_actor, public_url=config.public_url)
    for blueprint in routes.BLUEPRINTS:
        api.register_blueprint(blueprint)
    _add_own_routes(app, api, config)
    _audit_refusals(app)
    cli.register(app, run_worker=lambda: run_worker(config))
    if serve:
        pages.check_build(config.pwa_dir, content_hash=library.static_hash(content, config.centre_phones))
    pages.install(app, folder=config.pwa_dir.absolute())
    refuse_unguarded_routes(app)
    return app


def run_worker(config: Config) -> None:
    """Become the worker: send what is due until told to stop."""
    logging.configure()
    configure_house(config, statement_seconds=WORKERS_LONGEST_STATEMENT)
    worker = schedule.Worker(
        dispatcher=make_dispatcher(config), engine=db.engine(), session_factory=db.transaction
    )
    holidays = frozenset(day.on for day in _load_content(config).holidays)
    see_to = partial(appointment_jobs.see_to_the_unreached, holidays=holidays)
    jobs: dict[str, tuple[timedelta, Callable[[], object]]] = {
        "unreached": (UNREACHED_EVERY, see_to),
        "places": (UNREACHED_EVERY, course_jobs.fill_places),
        "exercises": (TELL_EVERY, exercise_jobs.tell_of_the_day),
        "questionnaires": (TELL_EVERY, measures_jobs.tell_of_windows),
    }
    with worker.leaves_when_told(), ExitStack() as going:
        for name, (pause, job) in jobs.items():
            going.enter_context(rounds.every(pause, job, name=name))
        if config.metrics_port is not None:
            metrics.serve(config.metrics_port, read=_figures)
        outgoing.settle_process()
        worker.run()


def make_dispatcher(config: Config) -> Dispatcher:
    """The dispatcher with the house's words, rules and push keys."""
    content = _load_content(config)
    vapid = Vapid(subject=config.vapid_subject, keys=config.vapid_keys)
    return Dispatcher(
        session_factory=db.transaction,
        render=partial(_render, content),
        may_send=_may_send,
        together=Together(may_send=_may_send_all, render=partial(_render_all, content)),
        public_url=config.public_url,
        push=PushSender(
            vapid=vapid,
            topic_key=hmac.digest(config.secret_key.encode(), b"push-topic", "sha256"),
            origins=config.push_extra_origins,
            clock=clock.now,
        ),
        ways=OtherWays(
            channels=_safe_channels,
            write=partial(_write, content),
            carriers=_carriers(config),
        ),
        clock=clock.now,
    )


def _load_content(config: Config) -> library.Content:
    """The content, with what the rooms keep of it; no sender may say what the texts may not.

    :raises ConfigError: if a sender gives somebody away
    """
    content = library.load(config.content_dir)
    if config.is_production:
        content = library.without_drafts(content)
    reminder_rules.configure(content.reminder_rules)
    guarantee_rules.configure(content.guarantees)
    definitions.configure(content.questionnaires)
    shown = {"SMS_SENDER": config.sms_sender, "MAIL_FROM": config.mail_from}
    if config.is_production or config.has_sms or config.has_mail:
        shown["PUBLIC_URL"] = config.public_url  # stands in the browser's history and the phone's settings
    telling = {name: library.forbidden_words(content, text) for name, text in shown.items()}
    refusals = [
        f"{name} must be neutral, without: {', '.join(words)}." for name, words in telling.items() if words
    ]
    if refusals:
        raise ConfigError(refusals)
    return content


def _carriers(config: Config) -> dict[ChannelKind, Carrier]:
    """Whoever carries messages besides push; a channel that is not set up is not there."""
    carriers: dict[ChannelKind, Carrier] = {}
    if config.has_sms:
        carriers[ChannelKind.SMS] = SmsGateway(
            url=config.sms_gateway_url, token=config.sms_gateway_token, sender=config.sms_sender
        )
    if config.has_mail:
        carriers[ChannelKind.EMAIL] = Mailer(url=config.smtp_url, sender=config.mail_from)
    return carriers


def _safe_channels(session: Session, *, recipient_id: UUID, now: datetime) -> list[SafeChannel]:
    ways = channels.safe_ways(session, citizen_id=recipient_id, now=now)
    return [SafeChannel(ChannelKind(way.kind.value), way.address, way.not_before) for way in ways]


def _write(content: library.Content, session: Session, *, recipient_id: UUID, **_: object) -> Words:
    said = other_ways.words_for(session, content, citizen_id=recipient_id)
    language = citizens.language_of(session, citizen_id=recipient_id)
    return Words(subject=said.subject, text=said.text, lang=language)


def _render(
    content: library.Content, session: Session, *, kind: str, recipient_id: UUID, **_: object
) -> Message:
    language = citizens.language_of(session, citizen_id=recipient_id)
    title, body = library.message(content, kind, language)
    return Message(title=title, body=body, lang=language)


def _render_all(
    content: library.Content, session: Session, *, about: Sequence[About], now: datetime
) -> list[Message | None]:
    languages = citizens.languages_of(session, citizen_ids={one.recipient_id for one in about})

    def words(one: About) -> Message:
        language = languages[one.recipient_id]
        title, body = library.message(content, one.kind, language)
        return Message(title=title, body=body, lang=language)

    return [words(one) for one in about]


def _may_send_all(session: Session, *, about: Sequence[About], now: datetime) -> list[bool | datetime]:
    """Appointments are asked about together: they are what is due by the hundred at one moment."""
    together = [one for one in about if one.kind == appointments_notices.KIND]
    answers = iter(appointments_notices.may_send_all(session, asked=together, now=now) if together else [])
    return [
        next(answers)
        if one.kind == appointments_notices.KIND
        else _may_send(session, **one._asdict(), now=now)
        for one in about
    ]


def _may_send(session: Session, *, kind: str, **asked: Any) -> bool | datetime:
    return MAY_SEND[kind](session, **asked)


def _figures() -> list[metrics.Figure]:
    with db.transaction() as session:
        return send_health.figures(session, now=clock.now())


def configure_web(config: Config) -> None:
    """The house as those have it who answer people: nothing may take longer than anybody waits."""
    configure_house(
        config, statement_seconds=WEBS_LONGEST_STATEMENT, transaction_seconds=WEBS_LONGEST_TRANSACTION
    )


def configure_house(
    config: Config, *, statement_seconds: int | None = None, transaction_seconds: int | None = None
) -> None:
    """Give the house its keys and its database; web, worker and commands alike.

    `statement_seconds`, `transaction_seconds`: how long one of them may take, if there is a limit.
    """
    crypto.configure(
        field_keys=config.field_keys, index_key=config.blind_index_key, signing_key=config.secret_key
    )
    failpoints.configure(config.fail_points)
    sending_points.configure(failpoints.reach if config.fail_points else None)
    if config.database_url:
        db.configure(
            config.database_url, statement_seconds=statement_seconds, transaction_seconds=transaction_seconds
        )


def _settings(config: Config) -> dict[str, object]:
    host = urlsplit(config.public_url).hostname or ""
    trusted = [host] if config.is_production else [host, "localhost", "127.0.0.1"]
    return {
        "PUBLIC_URL": config.public_url,
        "TRUSTED_HOSTS": trusted,
        "SECURE_COOKIES": config.public_url.startswith("https://"),
        "CENTRE_PHONES": config.centre_phones,
        "VAPID_PUBLIC_KEY": config.vapid_public_key,
        "VAPID_KEY_ID": config.vapid_key_id,
        "VAPID_KEY_IDS": tuple(config.vapid_keys),
        "PUSH_ORIGINS": config.push_extra_origins,
        "OTHER_SENDERS": {
            channels.ChannelKind.SMS: config.sms_sender or None,
            channels.ChannelKind.EMAIL: config.mail_from or None,
        },
        "DEMO": not config.is_production,
        "PROPAGATE_EXCEPTIONS": False,
    }


def _add_own_routes(app: Flask, api: Api, config: Config) -> None:
    document.install(app, api, for_members_only=config.is_production)
    health.install(
        app,
        ground=_database_answers,
        checks={
            "migrations": _is_migrated,
            "clock": _is_clock_right,
            "worker": _worker_ticks,
        },
    )


def _database_answers() -> bool:
    db.ping()
    return True


def _is_migrated() -> bool:
    return migrations.current_revision(db.engine()) == migrations.newest_revision()


def _is_clock_right() -> bool:
    """What is booked, held or shown late by a wrong clock would be wrong: the database's is the measure."""
    with db.transaction() as session:
        drift = abs(session.scalars(select(func.clock_timestamp())).one() - clock.now())
    if drift > schedule.DRIFT_NOTED:
        logging.get("health").warning("clock.differs", seconds=int(drift.total_seconds()))
    return drift <= schedule.DRIFT_REFUSED


def _worker_ticks() -> bool:
    with db.transaction() as session:
        return not sending_health.is_worker_silent(session, now=clock.now())


def _audit_refusals(app: Flask) -> None:
    """Write down what staff were refused: a look that was not allowed is part of the trail."""

    @app.after_request
    def note(answer: Response) -> Response:
        if answer.status_code in (403, 404) and request.path.startswith("/api/v1/staff/"):
            try:
                _write_refusal(answer.status_code)
            except SQLAlchemyError:
                logging.get("audit").error("refusal.not-written", status=answer.status_code)
        return answer


def _write_refusal(status: int) -> None:
    actor = find_actor()
    if actor is None:
        return
    named = dict(request.view_args or {})
    citizen_id = named.pop("citizen_id", None)
    subject_id = next((value for value in named.values() if isinstance(value, UUID)), None)
    with db.transaction() as session:
        audit.record(
            session,
            event="request.refused",
            actor=actor,
            at=clock.now(),
            citizen_id=citizen_id,
            subject_id=subject_id,
            purpose=_action_of_request(),
            outcome=str(status),
        )


def _action_of_request() -> str | None:
    view = current_app.view_functions.get(request.endpoint or "")
    action = action_of(view) if view else None
    return str(action) if action else None
