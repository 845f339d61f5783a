"""Messages between a person and the contact person, and the choice to be told of an answer.

Every key carries the citizen: phones make the ids of messages, so one citizen's id can neither meet nor
betray another's. A message is never changed: a citizen's words can only be emptied, staff's only taken back,
and a row goes only with the erasure of that citizen (`vedhaanden.erasing_citizen`).
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

APP_ROLE = "vedhaanden_app"
CHOICES = ("appointments", "week_before", "two_hours_before", "paused_until")


def upgrade() -> None:
    """Make the tables, and let people choose to be told; nobody has."""
    _create_message()
    _create_other_answer()
    for table in ("message", "message_other_answer"):
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP_ROLE}")
    _let_words_stand()
    op.add_column(
        "reminder_settings",
        sa.Column("messages", sa.Boolean(), nullable=False, server_default=sa.text("false")),
    )
    _let_choices_be(*CHOICES, "messages")


def downgrade() -> None:
    """Take them away again; the old version does not know the choice."""
    op.execute("DELETE FROM reminder_off WHERE choice = 'messages'")
    _let_choices_be(*CHOICES)
    op.drop_column("reminder_settings", "messages")
    for table in ("message_other_answer", "message"):
        op.drop_table(table)
    op.execute("DROP FUNCTION refuse_message_change()")


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _id(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _create_message() -> None:
    op.create_table(
        "message",
        _id("citizen_id"),
        _id("id"),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        _id("staff_id", nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("withdrawn_text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answers_seq", sa.BigInteger(), nullable=True),
        _instant("at"),
        _instant("received_at"),
        _instant("erased_at", nullable=True),
        _instant("withdrawn_at", nullable=True),
        sa.PrimaryKeyConstraint("citizen_id", "id", name="pk_message"),
        sa.UniqueConstraint("citizen_id", "seq", name="uq_message_seq"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_message_citizen_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name="fk_message_staff_id"),
        sa.CheckConstraint("by IN ('citizen', 'staff')", name="ck_message_by"),
        sa.CheckConstraint(
            "(by = 'staff') = (staff_id IS NOT NULL) AND (by = 'staff') = (answers_seq IS NOT NULL)",
            name="ck_message_author",
        ),
        sa.CheckConstraint("by = 'citizen' OR erased_at IS NULL", name="ck_message_erased"),
        sa.CheckConstraint(
            "by = 'staff' OR (withdrawn_at IS NULL AND withdrawn_text_sealed IS NULL)",
            name="ck_message_withdrawn",
        ),
        sa.CheckConstraint(
            "(text_sealed IS NULL) = (erased_at IS NOT NULL OR withdrawn_at IS NOT NULL)",
            name="ck_message_empty_when_gone",
        ),
        sa.CheckConstraint("answers_seq >= 0 AND answers_seq < seq", name="ck_message_answers"),
    )
    op.create_index("ix_message_received_at", "message", ["citizen_id", "received_at"])


def _create_other_answer() -> None:
    op.create_table(
        "message_other_answer",
        _id("citizen_id"),
        _id("id"),
        sa.Column("answers_seq", sa.BigInteger(), nullable=False),
        _id("staff_id"),
        _instant("at"),
        sa.PrimaryKeyConstraint("citizen_id", "id", name="pk_message_other_answer"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_message_other_answer_citizen_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name="fk_message_other_answer_staff_id"),
        sa.CheckConstraint("answers_seq >= 1", name="ck_message_other_answer_answers"),
    )


def _let_words_stand() -> None:
    op.execute(
        """
        CREATE FUNCTION refuse_message_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF NEW.text_sealed IS NULL
                    AND (NEW.citizen_id, NEW.id, NEW.seq, NEW."by", NEW.staff_id, NEW.answers_seq, NEW.at,
                         NEW.received_at)
                    IS NOT DISTINCT FROM
                        (OLD.citizen_id, OLD.id, OLD.seq, OLD."by", OLD.staff_id, OLD.answers_seq, OLD.at,
                         OLD.received_at)
                THEN
                    RETURN NEW;
                END IF;
            ELSIF current_setting('vedhaanden.erasing_citizen', true) = OLD.citizen_id::text THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION 'messages are append-only' USING ERRCODE = 'insufficient_privilege';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER message_append_only BEFORE UPDATE OR DELETE ON message"
        " FOR EACH ROW EXECUTE FUNCTION refuse_message_change()"
    )


def _let_choices_be(*choices: str) -> None:
    """Change the rule without a look at the rows there are: each of them fits both.

    Written as the database itself writes such a rule down, so that it reads the same before and after.
    """
    listed = ", ".join(f"'{choice}'::character varying" for choice in choices)
    rule = f"CHECK (((choice)::text = ANY ((ARRAY[{listed}])::text[])))"
    op.drop_constraint("ck_reminder_off_choice", "reminder_off")
    op.execute(f"ALTER TABLE reminder_off ADD CONSTRAINT ck_reminder_off_choice {rule} NOT VALID")
