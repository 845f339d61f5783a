"""What the outbox is made of: rows, their states, the allowed steps between them, and push addresses."""

from notifications.models.address import BadEndpoint, Endpoint
from notifications.models.states import (
    DELIVERY_EDGES,
    DEVICE_EDGES,
    OCCURRENCE_EDGES,
    CircuitState,
    DeliveryState,
    DeviceState,
    OccurrenceState,
)
from notifications.models.tables import (
    Alarm,
    Base,
    Delivery,
    DeliveryAttempt,
    LedgerCheck,
    LedgerEntry,
    Occurrence,
    PushDevice,
    PushOrigin,
    Reminder,
    WorkerTick,
    new_id,
)

__all__ = [
    "DELIVERY_EDGES",
    "DEVICE_EDGES",
    "OCCURRENCE_EDGES",
    "Alarm",
    "BadEndpoint",
    "Base",
    "CircuitState",
    "Delivery",
    "DeliveryAttempt",
    "DeliveryState",
    "DeviceState",
    "Endpoint",
    "LedgerCheck",
    "LedgerEntry",
    "Occurrence",
    "OccurrenceState",
    "PushDevice",
    "PushOrigin",
    "Reminder",
    "WorkerTick",
    "new_id",
]
