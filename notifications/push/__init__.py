"""Web Push: the only room that knows the protocol, the keys and the way out of the house."""

from notifications.push.answers import Answer, Failure, Target
from notifications.push.calls import Calls
from notifications.push.message import MESSAGE_SIZE, Envelope, Message, MessageTooLong, payload, topic
from notifications.push.sender import PushSender, Vapid
from notifications.push.transport import Transport

__all__ = [
    "MESSAGE_SIZE",
    "Answer",
    "Calls",
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
