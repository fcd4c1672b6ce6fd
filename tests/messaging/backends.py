"""Mail backends that fail in ways a real one does, after they took what they were given."""

from django.core.mail.backends.locmem import EmailBackend


class Killed(BaseException):
    """The worker is gone; nothing in it runs on."""


class KillsTheWorker(EmailBackend):
    """Takes the message; the worker dies before it can write that down."""

    def send_messages(self, messages):
        """Take them and die."""
        super().send_messages(messages)
        raise Killed


class TakesNothing(EmailBackend):
    """A server that cannot be reached."""

    def open(self):
        """Refuse."""
        raise ConnectionRefusedError("refused")


class FallsSilent(EmailBackend):
    """Takes the message and never answers."""

    def send_messages(self, messages):
        """Take them, then time out."""
        super().send_messages(messages)
        raise TimeoutError("timed out")
