"""Is the system well? For load balancers and the watchdog outside: anonymous, JSON, 200 or 503."""

import dataclasses
from datetime import timedelta

from django.conf import settings
from django.db import Error, connection
from django.http import JsonResponse
from django.utils import timezone
from health_check.base import HealthCheck
from health_check.checks import Cache, Database
from health_check.exceptions import ServiceUnavailable
from health_check.views import HealthCheckView


@dataclasses.dataclass
class Tick(HealthCheck):
    """The clock of the duties has moved within TICK_ALARM."""

    timeout = timedelta(seconds=5)

    def run(self):
        """Read the pulse. In a thread of its own, so its connection is not kept."""
        try:
            with connection.temporary_connection() as cursor:
                cursor.execute("SELECT at FROM duties_pulse WHERE name = 'tick'")
                row = cursor.fetchone()
        except Error as error:
            raise ServiceUnavailable("the pulse cannot be read") from error
        if row is None:
            raise ServiceUnavailable("the clock has never moved")
        if timezone.now() - row[0] > settings.TICK_ALARM:
            raise ServiceUnavailable(f"the clock last moved at {row[0]:%Y-%m-%d %H:%M:%S} UTC")


class Health(HealthCheckView):
    """Every check and how it went; never more than that."""

    checks = [Database, Cache, Tick]

    def render_to_response(self, context, status=200, **kwargs):
        """JSON for everybody."""
        return self.render_to_response_json(status)

    def render_to_response_json(self, status):
        """503 tells a load balancer to look elsewhere."""
        found = {type(result.check).__name__.lower(): str(result.error or "ok") for result in self.results}
        return JsonResponse({"ok": status == 200, "checks": found}, status=200 if status == 200 else 503)
