"""Who can sign in to the demo clinic."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User


class Command(BaseCommand):
    """Print the demo users, their roles and the password they share."""

    help = __doc__

    def handle(self, *args, **options):
        """Refuses unless DEMO is set: no other system has a password to print."""
        if not settings.DEMO:
            raise CommandError("This is not a practice system (DEMO is not set), so there are no demo log-ins.")
        users = User.objects.filter(is_active=True, email__endswith="@staff.example.org")
        rows = [(user.username, user.get_full_name(), _places(user)) for user in users.order_by("date_joined", "id")]
        if not rows:
            raise CommandError("There is no demo clinic yet; `manage.py load_demo` makes one.")
        wide = [max(len(row[column]) for row in rows) for column in (0, 1)]
        self.stdout.write("Demo log-ins. All data is invented; the password is the same for everybody.\n\n")
        for username, name, places in rows:
            self.stdout.write(f"  {username:{wide[0]}}  {name:{wide[1]}}  {places}")
        self.stdout.write(f"\n  Password  {settings.DEMO_PASSWORD}")


def _places(user):
    """“Nurse at Harbor House and Practice clinic”."""
    places = {}
    for membership in user.memberships.active().select_related("facility").order_by("facility__name"):
        places.setdefault(membership.get_role_display(), []).append(membership.facility.name)
    return "; ".join(f"{role} at {' and '.join(names)}" for role, names in places.items()) or "belongs nowhere"
