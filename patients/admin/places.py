"""Places, who is what there, and who opened what: ordinary forms for the administrators of a place."""

from datetime import time
from uuid import UUID

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction
from django.http import Http404
from unfold.forms import AdminPasswordChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from accounts import actions
from accounts.models import Facility, Membership, Role, User
from audit.models import AccessEvent

from ..models import Patient
from .records import RecordAdmin, places, yes_no
from .words import at

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def runs(request):
    """Keys of the places this user administers."""
    return {one.facility_id for one in places(request) if one.role == Role.ADMIN}


class WallTime(UnfoldAdminTextInputWidget):
    """The browser's own time input: the theme's warns whoever sits in another zone than the server."""

    input_type = "time"

    def format_value(self, value):
        """Hours and minutes."""
        return f"{value:%H:%M}" if isinstance(value, time) else value


class PlaceAdmin(RecordAdmin):
    """A noun of a place: read by who works there, changed in an ordinary form by its administrators."""

    formfield_overrides = {models.TimeField: {"widget": WallTime}}
    where = "facility_id"  # attributes from the row to its place
    own_fields = ()

    def place_of(self, row):
        """The key of the place this belongs to."""
        for step in self.where.split("."):
            row = getattr(row, step)
        return row

    def has_add_permission(self, request):
        """Whoever administers a place."""
        return request.user.is_staff and bool(runs(request))

    def has_change_permission(self, request, obj=None):
        """Whoever administers this place."""
        mine = runs(request) if request.user.is_staff else set()
        return bool(mine) if obj is None else self.place_of(obj) in mine

    def get_fields(self, request, obj=None):
        """What can be typed first, then what the system keeps."""
        kept = (
            [] if obj is None else [name for name in super().get_fields(request, obj) if name not in self.own_fields]
        )
        return [*self.own_fields, *(name for name in kept if name != "working_hours")]

    def get_readonly_fields(self, request, obj=None):
        """Everything for those who only read; what the system keeps for everybody."""
        if obj is not None and not self.has_change_permission(request, obj):
            return RecordAdmin.get_fields(self, request, obj)
        return [name for name in self.get_fields(request, obj) if name not in self.own_fields]

    def get_fieldsets(self, request, obj=None):
        """One group; readers see the columns, not the form."""
        names = (
            RecordAdmin.get_fields(self, request, obj)
            if obj is not None and not self.has_change_permission(request, obj)
            else self.get_fields(request, obj)
        )
        return [(None, {"fields": names})]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Only places this user administers, and what lies in them."""
        if db_field.related_model is Facility:
            kwargs["queryset"] = Facility.objects.filter(pk__in=runs(request))
        elif hasattr(db_field.related_model, "facility"):
            kwargs["queryset"] = db_field.related_model._default_manager.filter(facility__in=runs(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


# A time field for the beginning and the end of each day.
Hours = type(
    "Hours",
    (forms.ModelForm,),
    {
        f"{day.lower()}_{part}": forms.TimeField(required=False, label=f"{day} {part}", widget=WallTime())
        for day in DAYS
        for part in ("opens", "closes")
    },
)


class FacilityForm(Hours):
    """A place, with its working hours as times a day rather than as data."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "holidays" in self.fields:
            self.fields["holidays"].widget = UnfoldAdminTextInputWidget()
            self.fields["holidays"].help_text = "days off, separated by commas: 2026-12-25, 2027-01-01"
        hours = (self.instance.working_hours if self.instance else None) or {}
        for number, day in enumerate(DAYS):
            opens, closes = hours.get(str(number), ("", ""))
            for part, value in (("opens", opens), ("closes", closes)):
                self.fields[f"{day.lower()}_{part}"].initial = value

    def clean(self):
        """Both times of a working day, in order; none on a day off."""
        data = super().clean()
        hours = {}
        for number, day in enumerate(DAYS):
            opens, closes = data.get(f"{day.lower()}_opens"), data.get(f"{day.lower()}_closes")
            if bool(opens) != bool(closes) or (opens and opens >= closes):
                self.add_error(f"{day.lower()}_closes", "Give both times, the later one second, or neither.")
            elif opens:
                hours[str(number)] = [f"{opens:%H:%M}", f"{closes:%H:%M}"]
        self.instance.working_hours = hours
        return data


@admin.register(Facility)
class FacilityAdmin(PlaceAdmin):
    """Places."""

    form = FacilityForm
    where = "pk"
    list_display = ["name", "zone", "phone", "sending"]
    search_fields = ["name"]
    ordering = ["name"]
    own_fields = [
        "name",
        "zone",
        "phone",
        "sender_name",
        "quiet_from",
        "quiet_until",
        "most_a_day",
        "most_in_7_days",
        "night_from",
        "logged_within",
        "country",
        "emergency_number",
        "talk_number",
        "holidays",
    ]  # fmt: skip
    below = ["programs", "units", "memberships", "on_call_shifts"]

    def get_fieldsets(self, request, obj=None):
        """The place, then its working hours day by day."""
        groups = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            days = [(f"{day.lower()}_opens", f"{day.lower()}_closes") for day in DAYS]
            groups.append(("Working hours", {"fields": days}))
        return groups

    def save_model(self, request, obj, form, change):
        """Whoever sets up a place administers it; otherwise nobody would see it."""
        super().save_model(request, obj, form, change)
        if not change:
            actions.join(request.user, facility=obj, role=Role.ADMIN, by=request.user)

    @admin.display(description="Messages to people")
    def sending(self, row):
        """Does the machine write to people from here?"""
        return "Sent by machine" if row.sends_to_patients_at else "Switched off"


class NewUserForm(UserCreationForm):
    """Somebody new on the staff, with their first role."""

    facility = forms.ModelChoiceField(Facility.objects.none(), label="Place", widget=UnfoldAdminSelectWidget())
    role = forms.ChoiceField(choices=Role.choices, widget=UnfoldAdminSelectWidget())

    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email"]


@admin.register(User)
class UserAdmin(PlaceAdmin, DjangoUserAdmin):
    """The staff."""

    add_form, change_password_form = NewUserForm, AdminPasswordChangeForm
    add_form_template = None
    form = forms.ModelForm
    filter_horizontal = ()
    list_display = ["username", "name", "email", "is_active", "left"]
    list_filter = ["is_active"]
    search_fields = ["username", "first_name", "last_name", "email"]
    ordering = ["username"]
    own_fields = ["username", "first_name", "last_name", "email", "mobile"]
    hidden_fields = RecordAdmin.hidden_fields | {"is_superuser", "is_staff", "last_login"}
    below = ["memberships", "duties"]
    left = at("left_at", "Left")

    @admin.display(description="Name", ordering="last_name")
    def name(self, row):
        """Given and family name."""
        return row.get_full_name()

    def get_list_filter(self, request):
        """No place: a user may have several."""
        return self.list_filter

    def has_change_permission(self, request, obj=None):
        """Only by those who administer every place where the user is somebody: a password opens all of them."""
        if obj is None:
            return super().has_change_permission(request)
        where = set(obj.memberships.active().values_list("facility", flat=True))
        return request.user.is_staff and bool(where) and where <= runs(request)

    def get_fieldsets(self, request, obj=None):
        """Name, password and first role when new."""
        if obj is not None:
            return super().get_fieldsets(request, obj)
        names = ["username", "first_name", "last_name", "email", "password1", "password2", "facility", "role"]
        return [(None, {"fields": names})]

    def get_form(self, request, obj=None, **kwargs):
        """Only roles at places this user administers are given."""
        made = super().get_form(request, obj, **kwargs)
        if obj is None:
            made.base_fields["facility"].queryset = Facility.objects.filter(pk__in=runs(request))
        return made

    def add_view(self, request, form_url="", extra_context=None):
        """Django's own asks for a permission nobody is given here."""
        return RecordAdmin.add_view(self, request, form_url, extra_context)

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        """Somebody new signs in from now on, in the role given."""
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)
        if not change:
            given = form.cleaned_data
            actions.join(obj, facility=given["facility"], role=given["role"], by=request.user)


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    """Who is what, where."""

    list_display = ["user", "role", "facility", "began", "ended"]
    list_select_related = ["user", "facility"]
    list_filter = ["role", yes_no("active", "active", "Active", "Ended", lambda rows: rows.filter(ended_at=None))]
    search_fields = ["user__username", "user__first_name", "user__last_name"]
    corrects = {"record-license": {"license_number", "license_expires_on", "supervisor"}}
    began = at("began_at", "Since")
    ended = at("ended_at", "Ended")


@admin.register(AccessEvent)
class AccessEventAdmin(RecordAdmin):
    """Who opened or did what: for privacy officers, about the people of their places."""

    list_display = ["when", "username", "what", "status", "code"]
    list_select_related = False
    list_filter = ["method", "status"]
    search_fields = ["username", "path", "code"]
    search_help_text = "Somebody’s user name, or a record number for everything about one person"
    ordering = ["-at", "-pk"]
    when = at("at", "When")

    def get_list_filter(self, request):
        """A request has no place."""
        return self.list_filter

    def get_queryset(self, request):
        """Requests that named a person this user may see."""
        people = Patient.objects.visible_to(request.user, self.reads.allowed_roles)
        return super().get_queryset(request).filter(patients__overlap=ArraySubquery(people.values("pk")))

    def get_search_results(self, request, queryset, search_term):
        """By record number: everything about one person."""
        try:
            person = UUID(search_term.strip())
        except ValueError:
            return super().get_search_results(request, queryset, search_term)
        request.patients.add(person)
        return queryset.filter(patients__contains=[person]), False

    def find(self, request, object_id, allowed_roles=None):
        """The request, when it named somebody this user may see."""
        row = admin.ModelAdmin.get_object(self, request, object_id)  # none where this is no key
        if row is None:
            raise Http404
        request.patients.update(row.patients)
        return row

    @admin.display(description="What")
    def what(self, row):
        """Method and address."""
        return f"{row.method} {row.path}"
