"""`python -m config.alive`: does the web process of this container answer? For its health check.

Whether the clock moves is not asked: a web process is not to be taken away from people because of the clock, who
then could not even read that it stands still.
"""

import json
import sys
import urllib.error
import urllib.request


def answers(port=8000):
    """It answers, and reaches the database."""
    # As the proxy would ask: otherwise it is sent on to https.
    asked = urllib.request.Request(f"http://localhost:{port}/health/", headers={"X-Forwarded-Proto": "https"})
    try:
        with urllib.request.urlopen(asked, timeout=8) as answer:
            said = answer.read()
    except urllib.error.HTTPError as refused:
        said = refused.read()
    except OSError:
        return False
    try:
        return json.loads(said)["checks"]["database"] == "ok"
    except (ValueError, KeyError, TypeError):
        return False


if __name__ == "__main__":
    sys.exit(0 if answers() else 1)
