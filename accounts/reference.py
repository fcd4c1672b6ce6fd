"""The system user."""

from .models import User


def load():
    """Scheduled work is signed by a user who can never sign in."""
    User.objects.get_or_create(
        username="system", defaults={"is_active": False, "password": "!", "first_name": "Throughline"}
    )
