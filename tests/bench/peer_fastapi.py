"""A peer of `read`: twenty people by FastAPI over SQLAlchemy, without session, access or trail."""

import os
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, FastAPI
from pydantic import BaseModel, ConfigDict
from sqlalchemy import DateTime, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

_sessions = sessionmaker(create_engine(os.environ["DATABASE_URL"]))
app = FastAPI()


class _Base(DeclarativeBase):
    pass


class PersonRow(_Base):
    """The columns that a list would show."""

    __tablename__ = "citizen"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    alias: Mapped[str]
    language: Mapped[str]
    status: Mapped[str]
    address_protected: Mapped[bool]
    home_municipality: Mapped[str | None]
    first_contact_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    first_contact_channel: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    unit_id: Mapped[UUID]
    version: Mapped[int]


class Person(BaseModel):
    """The same over the wire."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    alias: str
    language: str
    status: str
    address_protected: bool
    home_municipality: str | None
    first_contact_at: datetime
    first_contact_channel: str
    created_at: datetime
    unit_id: UUID
    version: int


def session() -> Iterator[Session]:
    """One for each request, as the framework's own manual does it."""
    with _sessions() as opened:
        yield opened


@app.get("/people", response_model=list[Person])
def people(found: Annotated[Session, Depends(session)]) -> object:
    """The twenty who came last."""
    return found.scalars(select(PersonRow).order_by(PersonRow.id.desc()).limit(20)).all()


@app.get("/healthz")
def alive() -> dict[str, str]:
    """That the process answers."""
    return {"status": "ok"}
