"""Signing in and out, and who one is."""

import logging

from django.contrib.auth import authenticate
from django.db import transaction
from drf_spectacular.utils import extend_schema
from knox.models import get_token_model
from knox.settings import knox_settings
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from audit.middleware import client_ip
from audit.problems import Problem

from .models import EVERYONE, User
from .serializers import LoginSerializer, MeSerializer, TokenSerializer

log = logging.getLogger(__name__)


class LoginThrottle(SimpleRateThrottle):
    """So many tries a minute from one address. Counts live in Redis, which may be lost: then nobody is kept out."""

    scope = "login"

    def get_cache_key(self, request, view):
        """The address as our proxy saw it, not as the client says."""
        return self.cache_format % {"scope": self.scope, "ident": client_ip(request)}

    def allow_request(self, request, view):
        """May this address try again?"""
        try:
            return super().allow_request(request, view)
        except Exception:
            log.exception("log-in tries cannot be counted")
            return True


class Login(APIView):
    """Sign in with a name and a password; the token is good for twelve hours."""

    allowed_roles = EVERYONE
    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = [LoginThrottle]

    @extend_schema(operation_id="login", summary="Sign in", request=LoginSerializer, responses={200: TokenSerializer})
    def post(self, request):
        """A token, when name and password fit."""
        asked = LoginSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        user = authenticate(request._request, **asked.validated_data)
        if user is None:
            raise Problem(401, "login_failed", "Name and password do not fit together.")
        request.user = user  # for the access log
        made, token = _new_token(user)
        return Response(TokenSerializer({"token": token, "expires_at": made.expiry}).data)


@transaction.atomic
def _new_token(user):
    """A token; of too many, the oldest goes."""
    User.objects.lock(user.pk)
    tokens = get_token_model().objects
    kept = tokens.filter(user=user).order_by("-created").values_list("pk", flat=True)
    surplus = list(kept[knox_settings.TOKEN_LIMIT_PER_USER - 1 :])
    if surplus:
        tokens.filter(pk__in=surplus).delete()
    return tokens.create(user=user)


class Logout(APIView):
    """Sign out: this token is worth nothing from now on."""

    allowed_roles = EVERYONE

    @extend_schema(operation_id="logout", summary="Sign out", request=None, responses={204: None})
    def post(self, request):
        """Nothing to say."""
        if hasattr(request.auth, "digest"):
            request.auth.delete()
        return Response(status=204)


class Me(APIView):
    """Who is signed in, and what they are where."""

    allowed_roles = EVERYONE

    @extend_schema(operation_id="me", summary="Who I am", responses=MeSerializer)
    def get(self, request):
        """The user and their roles."""
        return Response(MeSerializer(request.user).data)
