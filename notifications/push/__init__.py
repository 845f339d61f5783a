"""Web Push: the only room that knows the protocol, the keys and the way out of the house."""

from notifications.push.message import MESSAGE_SIZE, Envelope, Message, MessageTooLong, payload, topic
from notifications.push.sender import Answer, Failure, PushSender, Target, Vapid
from notifications.push.transport import Transport

__all__ = [
    "MESSAGE_SIZE",
    "Answer",
    "Envelope",
    "Failure",
    "Message",
    "MessageTooLong",
    "PushSender",
    "Target",
    "Transport",
    "Vapid",
    "payload",
    "topic",
]
