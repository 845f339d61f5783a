"""What tables, columns and codes are called on paper. Drafts: a professional has not reviewed them yet."""

TITLES = {
    "da": {"all": "Alt, hvad der er gemt om dig", "plan": "Min plan"},
    "en": {"all": "Everything that is stored about you", "plan": "My plan"},
}

_TABLES = {
    "citizen": ("Dig", "You"),
    "crisis_plan": ("Din plan", "Your plan"),
    "plan_line": ("Planens linjer", "The lines of the plan"),
    "plan_line_version": ("Det, der er skrevet i planen", "What was written in the plan"),
    "plan_link": ("Tegn og handlinger, der hører sammen", "Signs and actions that belong together"),
    "sharing_choice": ("Det, du har delt", "What you have shared"),
    "rejected_edit": ("Tekster, der ikke blev gemt", "Texts that were not saved"),
    "reminder_settings": ("Dine valg om påmindelser", "Your choices about reminders"),
    "reminder_off": ("Hvornår du slog påmindelser fra", "When you turned reminders off"),
    "appointment": ("Aftaler", "Appointments"),
    "task": ("Når vi skulle ringe til dig", "When we were to call you"),
    "contact_channel": ("Andre måder at få besked", "Other ways to hear from us"),
    "fallback": ("Beskeder på andre måder", "Messages by other ways"),
    "task_call": ("Hvad der kom ud af opkaldene", "What came of the calls"),
    "calendar_feed": ("Adressen til din kalender", "The address for your calendar"),
    "goal": ("Mål", "Goals"),
    "goal_title": ("Det, der er skrevet om mål", "What was written about goals"),
    "care_relation": ("Hvem der har arbejdet sammen med dig", "Who has worked with you"),
    "pairing_code": ("Koder til telefoner", "Codes for phones"),
    "device_session": ("Telefoner", "Phones"),
    "push_device": ("Telefoner med påmindelser", "Phones with reminders"),
    "reminder": ("Påmindelser", "Reminders"),
    "occurrence": ("Tidspunkter for påmindelser", "Times of reminders"),
    "erasure": ("Ønske om sletning", "Wish to be erased"),
    "audit_event": (
        "Hvad der er set og ændret: dato og formål",
        "What was seen and changed: date and purpose",
    ),
}
_COLUMNS = {
    "alias": ("kaldenavn", "alias"),
    "name": ("navn", "name"),
    "cpr": ("CPR-nummer", "CPR number"),
    "phone": ("telefon", "phone"),
    "language": ("sprog", "language"),
    "address_protected": ("adressen er beskyttet", "address is protected"),
    "home_municipality": ("hjemkommune", "home municipality"),
    "first_contact_at": ("første kontakt", "first contact"),
    "first_contact_channel": ("hvordan", "how"),
    "deceased_at": ("skrevet ned som død", "noted as deceased"),
    "status": ("status", "status"),
    "created_at": ("skrevet", "written"),
    "updated_at": ("ændret", "changed"),
    "review_on": ("kig på den igen", "look at it again"),
    "section": ("afsnit", "section"),
    "value": ("tekst", "text"),
    "content": ("tekst", "text"),
    "title": ("mål", "goal"),
    "origin": ("hvis ønske", "whose wish"),
    "kind": ("hvad", "what"),
    "mode": ("hvordan", "how"),
    "place": ("sted", "place"),
    "starts_local": ("tidspunkt", "time"),
    "duration_minutes": ("minutter", "minutes"),
    "reply": ("dit svar", "your answer"),
    "cancellation": ("hvorfor aflyst", "why cancelled"),
    "reason": ("grund", "reason"),
    "reason_code": ("grund til aflysning", "reason for cancelling"),
    "wishes": ("dit ønske om en anden tid", "your wish for another time"),
    "wish_note": ("dine ord om det", "your words about it"),
    "late_no_at": ("dit nej efter start", "your no after the start"),
    "arrived_at": ("kommet", "came"),
    "closed_at": ("afsluttet", "closed"),
    "due_on": ("senest", "by"),
    "next_on": ("ring igen", "call again"),
    "called_at": ("ringet", "called"),
    "messaged_at": ("besked sendt", "message sent"),
    "business_outcome": ("udfald", "outcome"),
    "note": ("note", "note"),
    "end_reason": ("grund til slut", "reason for the end"),
    "role": ("rolle", "role"),
    "starts_at": ("fra", "from"),
    "ends_at": ("til", "until"),
    "given_at": ("givet", "given"),
    "withdrawn_at": ("taget tilbage", "taken back"),
    "purpose": ("formål", "purpose"),
    "at": ("hvornår", "when"),
    "event": ("hvad", "what"),
    "outcome": ("udfald", "outcome"),
    "due_at": ("tidspunkt", "time"),
    "asked_at": ("ønsket", "asked"),
    "done_at": ("udført", "done"),
    "author_kind": ("skrevet af", "written by"),
    "deleted_at": ("taget ud", "taken out"),
    "restored": ("kommet tilbage", "come back"),
    "erased_at": ("slettet helt", "deleted for good"),
    "device_at": ("skrevet efter telefonens ur", "written by the phone's clock"),
    "item_class": ("hvad der er delt", "what is shared"),
    "text_version": ("teksten, du sagde ja til", "the text you said yes to"),
    "entity": ("hvad det hørte til", "what it belonged to"),
    "dismissed_at": ("lagt væk", "put away"),
    "appointments": ("påmindelser om aftaler", "reminders of appointments"),
    "two_hours_before": ("to timer før", "two hours before"),
    "paused_until": ("pause til", "paused until"),
    "week_before": ("en uge før", "a week before"),
    "staff_paused_until": ("pause sat af din kontaktperson til", "paused by your contact person until"),
    "staff_pause_reason": ("grund til pausen", "reason for the pause"),
    "safe": ("hvornår vi må skrive", "when we may write"),
    "hours_from": ("fra klokken", "from"),
    "hours_until": ("til klokken", "until"),
    "verified_at": ("prøvet", "tried out"),
    "address": ("nummer eller adresse", "number or address"),
    "channel": ("hvordan", "how"),
    "choice": ("hvad", "what"),
    "noshow_excused": ("du havde en grund til ikke at komme", "you had a reason not to come"),
    "reply_at": ("svaret", "answered"),
    "standing": ("gælder", "stands"),
    "made_at": ("lavet", "made"),
    "used_at": ("brugt", "used"),
    "label": ("navn på telefonen", "name of the phone"),
    "shared": ("bruges også af andre", "used by others, too"),
    "last_used_at": ("brugt sidst", "last used"),
    "expires_at": ("gælder til", "valid until"),
    "ended_at": ("afsluttet", "ended"),
    "finished_at": ("afsluttet", "ended"),
    "cancelled_at": ("aflyst", "cancelled"),
    "state": ("hvordan det står", "how it stands"),
    "actor_kind": ("af hvem", "by whom"),
}
#: What only a machine needs; it stands in the JSON form.
LEFT_OUT_ON_PAPER = frozenset(
    "id line_id goal_id moved_to_id series_id entity_id sign_line_id action_line_id parents position field"
    " version".split()
)
YES_AND_NO = {"da": {True: "ja", False: "nej"}, "en": {True: "yes", False: "no"}}
_BY_LANGUAGE = {"da": 0, "en": 1}


def has_table_name(table: str) -> bool:
    """Whether a table has a name for people."""
    return table in _TABLES


def has_column_name(column: str) -> bool:
    """Whether a column has a name for people."""
    return column in _COLUMNS


def table_name(table: str, language: str) -> str:
    """What a table is called on paper."""
    return _TABLES[table][_BY_LANGUAGE[language]] if table in _TABLES else table


def column_name(column: str, language: str) -> str:
    """What a column is called on paper."""
    return _COLUMNS[column][_BY_LANGUAGE[language]] if column in _COLUMNS else column.replace("_", " ")
