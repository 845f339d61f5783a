"""Units, staff, sessions, rate counters and the append-only audit trail; the app role."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

APP_ROLE = "vedhaanden_app"
TABLES = ("unit", "staff_member", "credential", "staff_invitation", "device_session", "rate_counter")


def upgrade() -> None:
    """Create the foundation."""
    _create_app_role()
    _create_staff()
    _create_sessions()
    _create_audit()
    for table in TABLES:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP_ROLE}")
    op.execute(f"GRANT SELECT, INSERT ON audit_event TO {APP_ROLE}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON audit_head TO {APP_ROLE}")
    op.execute(f"GRANT SELECT ON alembic_version TO {APP_ROLE}")


def _create_app_role() -> None:
    op.execute(
        f"""
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP_ROLE}') THEN
                CREATE ROLE {APP_ROLE} NOLOGIN;
                GRANT {APP_ROLE} TO CURRENT_USER;  -- so that one role alone can run a development database
            END IF;
        END $$
        """
    )


def _instant(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _create_staff() -> None:
    op.create_table(
        "unit",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("slug", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        _instant("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
        sa.UniqueConstraint("slug", name="uq_unit_slug"),
    )
    op.create_table(
        "staff_member",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.String(32)), nullable=False),
        sa.Column("employment_fraction", sa.Numeric(4, 3), nullable=False, server_default="1"),
        _instant("created_at"),
        _instant("deactivated_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_staff_member"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_staff_member_unit_id"),
        sa.UniqueConstraint("unit_id", "id", name="uq_staff_member_unit_id_id"),
        sa.CheckConstraint(
            "employment_fraction > 0 AND employment_fraction <= 1", name="ck_staff_member_fraction"
        ),
    )
    op.create_index("uq_staff_member_email", "staff_member", [sa.text("lower(email)")], unique=True)
    op.create_table(
        "credential",
        sa.Column("staff_id", sa.Uuid, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("totp_sealed", sa.LargeBinary, nullable=False),
        sa.Column("totp_last_step", sa.BigInteger, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("staff_id", name="pk_credential"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name="fk_credential_staff_id"),
    )
    op.create_table(
        "staff_invitation",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.String(32)), nullable=False),
        sa.Column("code_hash", sa.LargeBinary, nullable=False),
        sa.Column("totp_sealed", sa.LargeBinary, nullable=False),
        sa.Column("invited_by", sa.Uuid, nullable=True),
        _instant("created_at"),
        _instant("expires_at"),
        _instant("used_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_staff_invitation"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_staff_invitation_unit_id"),
        sa.ForeignKeyConstraint(["invited_by"], ["staff_member.id"], name="fk_staff_invitation_invited_by"),
        sa.UniqueConstraint("code_hash", name="uq_staff_invitation_code_hash"),
    )


def _create_sessions() -> None:
    op.create_table(
        "device_session",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("staff_id", sa.Uuid, nullable=True),
        sa.Column("citizen_id", sa.Uuid, nullable=True),
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("label", sa.String(80), nullable=True),
        _instant("created_at"),
        _instant("last_used_at"),
        _instant("expires_at"),
        _instant("ended_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_device_session"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name="fk_device_session_staff_id"),
        sa.UniqueConstraint("token_hash", name="uq_device_session_token_hash"),
        sa.CheckConstraint(
            "(kind = 'staff' AND staff_id IS NOT NULL AND citizen_id IS NULL)"
            " OR (kind = 'citizen' AND citizen_id IS NOT NULL AND staff_id IS NULL)",
            name="ck_device_session_owner",
        ),
    )
    open_rows = sa.text("ended_at IS NULL")
    op.create_index("ix_device_session_citizen", "device_session", ["citizen_id"], postgresql_where=open_rows)
    op.create_index("ix_device_session_staff", "device_session", ["staff_id"], postgresql_where=open_rows)
    op.create_table(
        "rate_counter",
        sa.Column("key_hash", sa.LargeBinary, nullable=False),
        _instant("window_start"),
        _instant("expires_at"),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("key_hash", "window_start", name="pk_rate_counter"),
    )
    op.create_index("ix_rate_counter_expires_at", "rate_counter", ["expires_at"])


def _create_audit() -> None:
    op.create_table(
        "audit_event",
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        _instant("at"),
        sa.Column("event", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("actor_kind", sa.String(16), nullable=False),
        sa.Column("actor_id", sa.Uuid, nullable=True),
        sa.Column("role", sa.String(64), nullable=True),
        sa.Column("citizen_id", sa.Uuid, nullable=True),
        sa.Column("subject_id", sa.Uuid, nullable=True),
        sa.Column("relation_id", sa.Uuid, nullable=True),
        sa.Column("purpose", sa.String(64), nullable=True),
        sa.Column("request_id", sa.String(32), nullable=True),
        sa.Column("previous_hash", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "position", name="pk_audit_event"),
    )
    op.create_index("ix_audit_event_citizen", "audit_event", ["citizen_id", "at"])
    op.create_table(
        "audit_head",
        sa.Column("unit_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("unit_id", name="pk_audit_head"),
    )
    op.execute(
        """
        CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'insufficient_privilege';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE ON audit_event"
        " FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
    )
    op.execute(
        "CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
    )


def downgrade() -> None:
    """Take the foundation away; the role stays, since other databases may use it."""
    op.drop_table("audit_head")
    op.drop_table("audit_event")
    op.execute("DROP FUNCTION refuse_audit_change()")
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute(f"REVOKE SELECT ON alembic_version FROM {APP_ROLE}")
