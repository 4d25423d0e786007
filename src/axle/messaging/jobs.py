"""Background steps of messaging; each may run again at any time."""

from axle.messaging.services.message_send import message_send
from axle.platform.public import job


@job("send_message", retries=5)
def send_message(message_id: int) -> None:
    """Hand one message to the gateway; when it is away, try again later."""
    wait = message_send(message_id=message_id)
    if wait is not None:
        send_message.defer_in(wait, message_id=message_id)
