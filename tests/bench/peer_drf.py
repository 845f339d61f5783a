"""A peer of `read`: twenty people by Django REST Framework, without session, access or trail."""

import os
from typing import Any

import django
from django.conf import settings
from sqlalchemy.engine import make_url

_url = make_url(os.environ["DATABASE_URL"])
settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="bench",
    USE_TZ=True,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _url.database,
            "USER": _url.username,
            "PASSWORD": _url.password,
            "HOST": _url.query["host"],
            "CONN_MAX_AGE": None,
        }
    },
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": [],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "UNAUTHENTICATED_USER": None,
    },
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework import generics, serializers  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402


class Person(models.Model):
    """The columns that a list would show."""

    id = models.UUIDField(primary_key=True)
    alias = models.TextField()
    language = models.TextField()
    status = models.TextField()
    address_protected = models.BooleanField()
    home_municipality = models.TextField(null=True)
    first_contact_at = models.DateTimeField()
    first_contact_channel = models.TextField()
    created_at = models.DateTimeField()
    unit_id = models.UUIDField()
    version = models.IntegerField()

    class Meta:
        app_label, managed, db_table = "bench", False, "citizen"


class PersonSerializer(serializers.ModelSerializer[Person]):
    """All of them."""

    class Meta:
        model, fields = Person, "__all__"


class People(generics.ListAPIView[Person]):
    """The twenty who came last."""

    serializer_class = PersonSerializer

    def get_queryset(self) -> Any:
        """Twenty rows, made into objects."""
        return Person.objects.order_by("-id")[:20]


class Alive(APIView):
    """That the process answers."""

    def get(self, _request: Any) -> Response:
        """Nothing more."""
        return Response({"status": "ok"})


urlpatterns = [path("people", People.as_view()), path("healthz", Alive.as_view())]
app = get_wsgi_application()
