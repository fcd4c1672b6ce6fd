"""STUB."""

PROVIDER = "twilio"


def verified(request):
    return True
