"""The whole life of an appointment: its end, why it was cancelled, wishes, series, and no double booking.

A counsellor's time is kept by an exclusion constraint. Two people of one group sit in one sitting, so they
do not exclude each other; everybody else sits in a sitting of their own. Rows that already overlap when
this is run are marked as double booked, the later written one, and stay as they are.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

#: Immutable, as a generated column must be: UTC knows no summer time.
ENDS_AT = "(starts_at AT TIME ZONE 'UTC' + make_interval(mins => duration_minutes)) AT TIME ZONE 'UTC'"
SITTING = (
    "CASE WHEN kind = 'group'"
    " THEN md5(extract(epoch FROM starts_at AT TIME ZONE 'UTC')::text || '/' || duration_minutes::text)::uuid"
    " ELSE id END"
)
TAKES_TIME = "status IN ('proposed', 'booked', 'arrived')"

RULES = {
    "reason": (
        "reason_code IS NULL OR status IN ('cancelled', 'entered-in-error') AND reason_code IN"
        " ('ill', 'work', 'transport', 'no-wish', 'other-help', 'service-ill', 'service-planning', 'unknown')"
    ),
    "arrived_at": "arrived_at IS NULL OR status IN ('arrived', 'fulfilled', 'entered-in-error')",
    "closed_at": "closed_at IS NULL OR status NOT IN ('proposed', 'booked', 'arrived')",
    "override": "override_sealed IS NULL OR double_booked",
    "wishes": (
        "wishes IS NULL OR CASE WHEN jsonb_typeof(wishes) = 'array'"
        " THEN jsonb_array_length(wishes) BETWEEN 1 AND 2 AND reply = 'tentative' ELSE false END"
    ),
    "wish_note": "wish_note_sealed IS NULL OR reply = 'tentative'",
}


def upgrade() -> None:
    """Add the columns and the rules; what is double booked already is marked and left."""
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    for column in _columns():
        op.add_column("appointment", column)
    for name, rule in RULES.items():
        op.create_check_constraint(f"ck_appointment_{name}", "appointment", rule)
    op.create_index(
        "ix_appointment_series_id",
        "appointment",
        ["series_id"],
        postgresql_where=sa.text("series_id IS NOT NULL"),
    )
    op.execute(
        f"UPDATE appointment later SET double_booked = true WHERE later.{TAKES_TIME} AND EXISTS ("
        f" SELECT FROM appointment earlier WHERE earlier.{TAKES_TIME} AND earlier.id < later.id"
        " AND earlier.staff_id = later.staff_id AND earlier.sitting <> later.sitting"
        " AND earlier.starts_at < later.ends_at AND later.starts_at < earlier.ends_at)"
    )
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the links of the marked rows are looked at now
    op.execute(
        "ALTER TABLE appointment ADD CONSTRAINT ex_appointment_staff_time EXCLUDE USING gist"
        " (staff_id WITH =, tstzrange(starts_at, ends_at) WITH &&, sitting WITH <>)"
        f" WHERE ({TAKES_TIME} AND NOT double_booked)"
    )


def downgrade() -> None:
    """Take them away again; the extension too, unless somebody else put it there."""
    op.drop_constraint("ex_appointment_staff_time", "appointment")
    op.drop_index("ix_appointment_series_id", "appointment")
    for name in reversed(RULES):
        op.drop_constraint(f"ck_appointment_{name}", "appointment")
    for column in reversed(_columns()):
        op.drop_column("appointment", column.name)
    op.execute(
        "DO $$ BEGIN IF EXISTS (SELECT FROM pg_extension WHERE extname = 'btree_gist'"
        " AND extowner = current_user::regrole) THEN DROP EXTENSION btree_gist; END IF; END $$"
    )


def _columns() -> list[sa.Column]:
    instant = sa.DateTime(timezone=True)
    return [
        sa.Column("ends_at", instant, sa.Computed(ENDS_AT, persisted=True), nullable=False),
        sa.Column("sitting", sa.Uuid(), sa.Computed(SITTING, persisted=True), nullable=False),
        sa.Column("double_booked", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("override_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.Column("reason_code", sa.String(24), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("wishes", JSONB(), nullable=True),
        sa.Column("wish_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("arrived_at", instant, nullable=True),
        sa.Column("closed_at", instant, nullable=True),
    ]
