"""The admin's page of a noun: listed, searched and opened by those who may see it, changed only by its verbs."""

from functools import cached_property, update_wrapper

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ForeignKey, prefetch_related_objects
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from unfold.admin import ModelAdmin

from accounts.models import Facility
from audit.problems import Problem

from ..models import Patient
from ..views import READS, VERBS, about, wrong_role
from ..views.bases import find
from . import facts
from .head import Head
from .tabs import chosen
from .verbs import asked_back, carry_out

# What may be asked of a list by its address: the noun's own columns, and its episode.
LOOKUPS = frozenset({"", "exact", "id__exact", "pk__exact", "isnull", "in", "gte", "lt", "episode__id__exact"})


# Verb to a function of what it made: the row whose page comes next, where that is not the row it was done to.
LEADS_TO = {}
SHOWN = ("now", "unasked", "not_now")  # verbs, in this order


def places(request):
    """The memberships in force of whoever asks, with their places, by name."""
    if not hasattr(request, "places"):
        posts = request.user.posts if request.user.is_authenticated else []
        prefetch_related_objects(posts, "facility")
        request.places = sorted(posts, key=lambda post: (post.facility.name, post.role))
    return request.places


def roles(request):
    """The roles of whoever asks, at any place."""
    return request.user.roles_anywhere() if request.user.is_authenticated else set()


class HereFilter(admin.SimpleListFilter):
    """Rows of one of the user's own places."""

    title, parameter_name = "place", "facility"

    def lookups(self, request, model_admin):
        """The places where the user is somebody; none when there is only one."""
        own = {str(one.facility_id): str(one.facility) for one in places(request)}
        return sorted(own.items(), key=lambda pair: pair[1]) if len(own) > 1 else ()

    def queryset(self, request, rows):
        """Those of the place."""
        if self.value() is None:
            return rows
        mine = {str(one.facility_id): one.facility_id for one in places(request)}
        where = f"{model_path(rows.model)}"
        return rows.filter(**{where: mine[self.value()]}) if self.value() in mine else rows.none()


def model_path(model):
    """How a noun names its place."""
    return getattr(READS.get(model), "place", None) or "facility"


def yes_no(label, parameter, yes, no, condition):
    """A filter with two answers: `condition` takes a queryset to the rows where it is so."""

    class Filter(admin.SimpleListFilter):
        title, parameter_name = label, parameter

        def lookups(self, request, model_admin):
            return [("yes", yes), ("no", no)]

        def queryset(self, request, rows):
            if self.value() == "yes":
                return condition(rows)
            return rows.exclude(pk__in=condition(rows).values("pk")) if self.value() == "no" else rows

    return Filter


class RecordAdmin(ModelAdmin):
    """A noun with its verbs. Django's own add, change and delete are off."""

    actions = None
    show_full_result_count = False
    list_per_page = 50
    list_select_related = ()
    compressed_fields = True
    change_form_template = "admin/place.html"
    change_list_template = "admin/records.html"
    ordering = ["-pk"]
    hidden_fields = frozenset({"id", "version", "password", "next_rung", "round", "climb", "clock_set_at"})
    on_page = ()  # read along on the page, so that names do not ask one by one
    below = ()  # listed on the page: reverse relations, or “app.model:path” for what hangs further down
    order_below = ()  # of its rows on the pages of others, where they stand otherwise than in its own list
    tabs = ()  # of a page too long to be read at once; what is listed then stands on them
    verb_order = ()  # of the buttons; the others follow as they were written
    reviews = {}  # verb to the fields that are read once more before it is done
    corrects = {}  # verb to the fields that begin with what the row says now
    opened_by = {}  # verb to the one it may have to wait for

    @cached_property
    def reads(self):
        """Who reads this noun: declared once, for the API and for here."""
        return READS[self.model]

    # Who may open it.

    def has_view_permission(self, request, obj=None):
        """Staff who hold one of the noun's roles anywhere; which rows, the queryset says."""
        user = request.user
        return user.is_active and user.is_staff and bool(roles(request) & self.reads.allowed_roles)

    def has_module_permission(self, request):
        """Listed when any noun of the app is."""
        return self.has_view_permission(request)

    def has_add_permission(self, request):
        """Never: rows are made by verbs."""
        return False

    def has_change_permission(self, request, obj=None):
        """Never: rows are changed by verbs."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Never."""
        return False

    def get_queryset(self, request):
        """What this user may see; being a superuser shows nothing more."""
        rows = self.reads.seen_by(request.user, self.reads.allowed_roles)
        return rows.order_by(*self.ordering)

    def find(self, request, object_id, allowed_roles=None):
        """The row, in one of these roles. 404 when hidden or missing, 403 when another role shows it."""
        try:
            pk = self.model._meta.pk.clean(object_id, None)
        except ValidationError:
            raise Http404 from None
        try:
            return find(request, self.reads, allowed_roles or self.reads.allowed_roles, pk)
        except Problem as problem:
            request.refusal = problem.code
            raise PermissionDenied(problem.detail) from None

    # Its list.

    def changelist_view(self, request, extra_context=None):
        """The list; the access log is told about everybody on it."""
        named = capfirst(self.opts.verbose_name_plural)
        context = {"title": named, "verbs": self._verb_links(request), **(extra_context or {})}
        response = super().changelist_view(request, context)
        shown = getattr(response, "context_data", {}).get("cl")
        if shown is not None:
            about(request, *shown.result_list)
        return response

    def get_list_filter(self, request):
        """The noun's own filters, and the place when the user has several."""
        found = [*super().get_list_filter(request)]
        return found if model_path(self.model) == "pk" else [*found, HereFilter]

    def lookup_allowed(self, lookup, value, request=None):
        """Only the noun's own columns and filters: no looking through it at what lies behind."""
        if "\x00" in str(value):  # no text holds one, and the database refuses to be asked
            return False
        if "__" not in lookup:
            return True
        own = {field.name for field in self.model._meta.concrete_fields}
        name, _, rest = lookup.partition("__")
        return name in own and rest in {
            "",
            "exact",
            "id__exact",
            "isnull",
            "in",
            "gte",
            "lt",
            "pk__exact",
            "episode__id__exact",
        }

    # Its page.

    def get_readonly_fields(self, request, obj=None):
        """Every one."""
        return self.get_fields(request, obj)

    def get_fields(self, request, obj=None):
        """Every column people read, states and who and when included."""
        names = [field.name for field in self.model._meta.concrete_fields if field.name not in self.hidden_fields]
        return [name for name in names if obj is None or not self._is_idle(obj, name)]

    def _is_idle(self, row, name):
        """An error mark that nobody set only takes up room."""
        return name.startswith("entered_in_error") and row.entered_in_error_at is None

    def get_object(self, request, object_id, from_field=None):
        """The row, or 404; the access log is told about the person."""
        row = self.find(request, object_id)
        keys = [field.name for field in self.model._meta.concrete_fields if isinstance(field, ForeignKey)]
        return self.model._default_manager.select_related(*keys, *self.on_page).get(pk=row.pk)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page: what is known, what can be done, what hangs on it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row, tab = self.get_object(request, object_id), chosen(self.tabs, request)
        sections = [facts.section(self, request, row, name) for name in (tab.below if tab else self.below)]
        shows = tab.shows if tab else {"verbs", "facts", "changes"}
        context = {
            "title": str(row),
            "subtitle": None,
            "person": self.person_of(row),
            "tabs": self.tabs,
            "tab": tab,
            "verbs": self._verb_links(request, row) if "verbs" in shows else [],
            "sections": [section for section in sections if section and section["rows"]],
            "without": [section["title"] for section in sections if section and not section["rows"]],
            "changes": facts.changes(self, row) if "changes" in shows else [],
            "alarms": self.alarms(request, row),
            "leads_to": self.leads_to(request, row),
            "pads": self.pads(request, row),
            **self.on_tab(request, row, tab),
            **(extra_context or {}),
        }
        if self.has_change_permission(request, row):
            return super().change_view(request, object_id, form_url, context)
        if request.method == "POST":
            raise PermissionDenied
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "facts": facts.facts(self, request, row) if "facts" in shows else [],
            **context,
        }
        return TemplateResponse(request, "admin/record.html", context)

    def on_tab(self, request, row, tab):
        """What else stands on a tab."""
        return {}

    def page_of(self, key):
        """The address of a row's page."""
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change", args=[key])

    def alarms(self, request, row):
        """What must be seen before anything else: [(sentence, address, label)]."""
        return []

    def leads_to(self, request, row):
        """The way to what this is about: [(words, address)]."""
        return []

    def pads(self, request, row):
        """What this user may write on the page itself: [Pad]."""
        return []

    def shown_before(self, request, verb, row):
        """What is read once more before a verb is done: [(label, value, wide)]."""
        names = self.reviews.get(verb.name, ())
        return facts.facts(self, request, row, names) if names and row is not None else []

    def person_of(self, row):
        """The person's head: who they are, where they stand, what comes next."""
        patient = row if isinstance(row, Patient) else getattr(row, "patient", None)
        return Head(patient) if patient else None

    # Its verbs.

    def _verbs(self):
        verbs, order = VERBS.get(self.model, []), self.verb_order
        return sorted(verbs, key=lambda verb: order.index(verb.name) if verb.name in order else len(order))

    def _verb_links(self, request, row=None):
        """A button for each verb that the user's roles allow: to this row, or from nothing."""
        if row is None:
            held = roles(request)
        else:
            seen_by = self.reads.seen_by
            held = {role for role in roles(request) if seen_by(request.user, {role}).filter(pk=row.pk).exists()}
        first, asked = self._stands_out(row) if row is not None else "", {}
        links = [
            {
                "label": verb.label,
                "help": verb.description,
                "primary": verb.name == first,
                "url": self._verb_address(verb, row),
                "why_not": verb.why_not(row, asked) if row is not None else "",
                "prompted": row is None or verb.is_prompted(row),
            }
            for verb in self._verbs()
            if verb.creates == (row is None) and held & verb.allowed_roles
        ]
        for link in links:
            link["can"] = "not_now" if link["why_not"] else "now" if link["prompted"] else "unasked"
            link["primary"] = link["primary"] and not link["why_not"]
        return sorted(links, key=lambda link: (SHOWN.index(link["can"]), not link["primary"]))

    def next_verb(self, row):
        """The name of the verb that is most likely next, for the one button that stands out."""
        return ""

    def _stands_out(self, row):
        """The verb that is most likely next; while it has to wait for another one, that one."""
        name = self.next_verb(row)
        waits = name in self.opened_by and any(verb.why_not(row) for verb in self._verbs() if verb.name == name)
        return self.opened_by[name] if waits else name

    def _verb_address(self, verb, row=None):
        base = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}"
        return (
            reverse(f"{base}_begin", args=[verb.name])
            if row is None
            else reverse(f"{base}_do", args=[row.pk, verb.name])
        )

    def get_urls(self):
        """Its list and page, and one address for each verb."""
        base = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("begin/<slug:verb>/", self._wrapped(self.begin_view), name=f"{base}_begin"),
            path("<slug:object_id>/do/<slug:verb>/", self._wrapped(self.verb_view), name=f"{base}_do"),
            *super().get_urls(),
        ]

    def _wrapped(self, view):
        def wrapper(*args, **kwargs):
            return self.admin_site.admin_view(view)(*args, **kwargs)

        wrapper.model_admin = self
        return update_wrapper(wrapper, view)

    def begin_view(self, request, verb):
        """The small form of a verb that begins with nothing."""
        return self._carry_out(request, verb, None)

    def verb_view(self, request, object_id, verb):
        """The small form of a verb of this row."""
        return self._carry_out(request, verb, object_id)

    def _carry_out(self, request, name, object_id):
        found = [verb for verb in self._verbs() if verb.name == name and verb.creates == (object_id is None)]
        if not found:
            raise Http404
        verb = found[0]
        if not (request.user.is_staff and roles(request) & verb.allowed_roles):
            request.refusal = "wrong_role"
            raise PermissionDenied(wrong_role().detail)
        row = None if object_id is None else self.find(request, str(object_id), verb.allowed_roles)
        zone = self._zone(request, verb, row)
        with timezone.override(zone.zone if zone else None):
            response = carry_out(self, request, verb, row, zone)
            return response.render() if hasattr(response, "render") else response

    def _zone(self, request, verb, row):
        """The facility whose wall clock is meant: the row's, the one chosen, or the user's."""
        if row is not None and getattr(row, "facility", None):
            return row.facility
        mine = {str(one.facility_id): one.facility for one in places(request)}
        if isinstance(row, Facility):
            return row
        return mine.get(request.POST.get("facility")) or next(iter(mine.values()), None)

    def done(self, request, verb, row, made):
        """Where to go once it is done, with a word about it."""
        messages.success(request, f"{verb.label}: done.")
        if back := asked_back(request):
            return back
        shown = LEADS_TO[verb.name](made) if verb.name in LEADS_TO else made if row is None else row
        base = f"{self.admin_site.name}:{shown._meta.app_label}_{shown._meta.model_name}"
        return reverse(f"{base}_change", args=[shown.pk])

    def back_to(self, row):
        """Where “Cancel” goes."""
        base = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}"
        return reverse(f"{base}_changelist") if row is None else reverse(f"{base}_change", args=[row.pk])
