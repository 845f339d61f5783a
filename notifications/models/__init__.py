"""What the outbox is made of: rows, their states, the allowed steps between them, and push addresses."""

from notifications.models.address import BadEndpoint, Endpoint
from notifications.models.states import (
    DELIVERY_EDGES,
    DEVICE_EDGES,
    OCCURRENCE_EDGES,
    DeliveryState,
    DeviceState,
    OccurrenceState,
)
from notifications.models.tables import (
    Base,
    Delivery,
    DeliveryAttempt,
    Occurrence,
    PushDevice,
    Reminder,
    WorkerTick,
    new_id,
)

__all__ = [
    "DELIVERY_EDGES",
    "DEVICE_EDGES",
    "OCCURRENCE_EDGES",
    "BadEndpoint",
    "Base",
    "Delivery",
    "DeliveryAttempt",
    "DeliveryState",
    "DeviceState",
    "Endpoint",
    "Occurrence",
    "OccurrenceState",
    "PushDevice",
    "Reminder",
    "WorkerTick",
    "new_id",
]
