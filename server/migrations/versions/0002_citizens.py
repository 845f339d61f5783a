"""Citizens, their change sequence, care relations, stand-ins and pairing codes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APP_ROLE = "vedhaanden_app"
TABLES = ("citizen", "citizen_sequence", "citizen_change", "stand_in", "care_relation", "pairing_code")


def upgrade() -> None:
    """Make the tables of the citizens room and tie device sessions to citizens."""
    _create_citizen()
    _create_sequence()
    _create_stand_in()
    _create_care_relation()
    _create_pairing_code()
    op.create_foreign_key("fk_device_session_citizen_id", "device_session", "citizen", ["citizen_id"], ["id"])
    for table in TABLES:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP_ROLE}")


def downgrade() -> None:
    """Give back the schema of 0001; the phones of people who are no longer there are signed out."""
    op.execute("DELETE FROM device_session WHERE kind = 'citizen'")
    op.drop_constraint("fk_device_session_citizen_id", "device_session", type_="foreignkey")
    for table in reversed(TABLES):
        op.drop_table(table)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _id(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _one_of(table: str, column: str, *codes: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{code}'" for code in codes)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=f"ck_{table}_{column}")


def _of_the_unit(table: str, column: str) -> sa.ForeignKeyConstraint:
    """The database refuses to tie a case to another unit's staff."""
    target = ["staff_member.unit_id", "staff_member.id"]
    return sa.ForeignKeyConstraint(["unit_id", column], target, name=f"fk_{table}_{column}")


def _create_citizen() -> None:
    op.create_table(
        "citizen",
        _id("id"),
        _id("unit_id"),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("cpr_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("cpr_index", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("address_protected", sa.Boolean(), nullable=False),
        sa.Column("home_municipality", sa.Text(), nullable=True),
        _instant("first_contact_at"),
        sa.Column("first_contact_wall", sa.DateTime(timezone=False), nullable=False),
        sa.Column("first_contact_channel", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("intake_digest", sa.LargeBinary(), nullable=False),
        _id("taken_in_by"),
        _instant("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_citizen"),
        sa.UniqueConstraint("unit_id", "id", name="uq_citizen_unit_id_id"),
        sa.UniqueConstraint("unit_id", "cpr_index", name="uq_citizen_unit_id_cpr_index"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_citizen_unit_id"),
        sa.ForeignKeyConstraint(["taken_in_by"], ["staff_member.id"], name="fk_citizen_taken_in_by"),
        _one_of("citizen", "language", "da", "en"),
        _one_of("citizen", "first_contact_channel", "at-the-door", "phone", "outreach", "referral", "other"),
        _one_of("citizen", "status", "active", "finished", "entered-in-error"),
        sa.CheckConstraint("(cpr_sealed IS NULL) = (cpr_index IS NULL)", name="ck_citizen_cpr_with_index"),
        sa.CheckConstraint("version >= 1", name="ck_citizen_version"),
    )


def _create_sequence() -> None:
    op.create_table(
        "citizen_sequence",
        _id("citizen_id"),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("citizen_id", name="pk_citizen_sequence"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_citizen_sequence_citizen_id"),
        sa.CheckConstraint("seq >= 0", name="ck_citizen_sequence_seq"),
    )
    op.create_table(
        "citizen_change",
        _id("citizen_id"),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        _id("entity_id"),
        sa.Column("op", sa.Text(), nullable=False),
        _instant("at"),
        sa.PrimaryKeyConstraint("citizen_id", "seq", name="pk_citizen_change"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_citizen_change_citizen_id"),
        _one_of("citizen_change", "op", "put", "forget"),
    )


def _create_stand_in() -> None:
    op.create_table(
        "stand_in",
        _id("id"),
        _id("unit_id"),
        _id("staff_id"),
        _id("stand_in_id"),
        _instant("starts_at"),
        _instant("ends_at"),
        sa.Column("reason", sa.Text(), nullable=False),
        _id("granted_by"),
        _instant("created_at"),
        _instant("ended_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_stand_in"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_stand_in_unit_id"),
        _of_the_unit("stand_in", "staff_id"),
        _of_the_unit("stand_in", "stand_in_id"),
        sa.ForeignKeyConstraint(["granted_by"], ["staff_member.id"], name="fk_stand_in_granted_by"),
        sa.CheckConstraint("staff_id <> stand_in_id", name="ck_stand_in_two_people"),
        sa.CheckConstraint("ends_at > starts_at", name="ck_stand_in_order"),
    )
    op.create_index("ix_stand_in_unit_id_id", "stand_in", ["unit_id", "id"])
    op.create_index(
        "ix_stand_in_staff_id_running", "stand_in", ["staff_id"], postgresql_where=sa.text("ended_at IS NULL")
    )


def _create_care_relation() -> None:
    op.create_table(
        "care_relation",
        _id("id"),
        _id("citizen_id"),
        _id("staff_id"),
        _id("unit_id"),
        sa.Column("role", sa.Text(), nullable=False),
        _instant("starts_at"),
        _instant("ends_at", nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("end_reason", sa.Text(), nullable=True),
        _id("granted_by"),
        _id("stand_in_for_id", nullable=True),
        _id("arrangement_id", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_care_relation"),
        sa.UniqueConstraint("citizen_id", "id", name="uq_care_relation_citizen_id_id"),
        sa.ForeignKeyConstraint(
            ["unit_id", "citizen_id"], ["citizen.unit_id", "citizen.id"], name="fk_care_relation_citizen_id"
        ),
        _of_the_unit("care_relation", "staff_id"),
        sa.ForeignKeyConstraint(["granted_by"], ["staff_member.id"], name="fk_care_relation_granted_by"),
        _of_the_unit("care_relation", "stand_in_for_id"),
        sa.ForeignKeyConstraint(["arrangement_id"], ["stand_in.id"], name="fk_care_relation_arrangement_id"),
        _one_of("care_relation", "role", "contact-person", "care-team", "stand-in"),
        sa.CheckConstraint("ends_at IS NULL OR ends_at >= starts_at", name="ck_care_relation_order"),
        sa.CheckConstraint(
            "(role = 'stand-in') = (stand_in_for_id IS NOT NULL)"
            " AND (role = 'stand-in') = (arrangement_id IS NOT NULL)",
            name="ck_care_relation_stand_in",
        ),
    )
    _index_care_relation()


def _index_care_relation() -> None:
    op.create_index("ix_care_relation_staff_id_citizen_id", "care_relation", ["staff_id", "citizen_id"])
    op.create_index(
        "uq_care_relation_one_contact_person",
        "care_relation",
        ["citizen_id"],
        unique=True,
        postgresql_where=sa.text("role = 'contact-person' AND ends_at IS NULL"),
    )
    op.create_index(
        "ix_care_relation_arrangement_id",
        "care_relation",
        ["arrangement_id"],
        postgresql_where=sa.text("arrangement_id IS NOT NULL"),
    )


def _create_pairing_code() -> None:
    op.create_table(
        "pairing_code",
        _id("id"),
        _id("citizen_id"),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        _id("made_by"),
        _instant("made_at"),
        _instant("expires_at"),
        _instant("used_at", nullable=True),
        _instant("voided_at", nullable=True),
        _id("device_session_id", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_pairing_code"),
        sa.UniqueConstraint("code_hash", name="uq_pairing_code_code_hash"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_pairing_code_citizen_id"),
        sa.ForeignKeyConstraint(["made_by"], ["staff_member.id"], name="fk_pairing_code_made_by"),
        sa.ForeignKeyConstraint(
            ["device_session_id"],
            ["device_session.id"],
            name="fk_pairing_code_device_session_id",
            ondelete="SET NULL",
        ),
        sa.CheckConstraint("expires_at > made_at", name="ck_pairing_code_order"),
    )
    op.create_index(
        "ix_pairing_code_citizen_id_open",
        "pairing_code",
        ["citizen_id"],
        postgresql_where=sa.text("used_at IS NULL AND voided_at IS NULL"),
    )
