"""How a person lives, at a time."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record

from ..codes import NOT_COLLECTED, Employment, Income, Insurance, Living, NotInLaborForce, SelfHelp
from .access import PatientRows
from .episodes import Episode
from .people import Patient

SENTINELS = [97, 98]  # unknown, not collected
DETAIL_LEFT_OUT = [NotInLaborForce.NOT_APPLICABLE, NotInLaborForce.UNKNOWN, NotInLaborForce.NOT_COLLECTED]


class CircumstancesRows(PatientRows):
    """How people live."""


@clinical
class Circumstances(Record):
    """How a person lives, at a time: housing, work, income, insurance, arrests, groups (TEDS, domain 3.2)."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="circumstances", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="circumstances"
    )
    living = models.CharField("living arrangement", max_length=2, choices=Living, default=NOT_COLLECTED)
    employment = models.CharField(max_length=2, choices=Employment, default=NOT_COLLECTED)
    not_in_labor_force = models.CharField(
        max_length=2, choices=NotInLaborForce, default=NOT_COLLECTED, help_text="for those not in the labor force"
    )
    income = models.CharField("main income", max_length=2, choices=Income, default=NOT_COLLECTED)
    insurance = models.CharField(max_length=2, choices=Insurance, default=NOT_COLLECTED)
    arrests = models.PositiveSmallIntegerField(
        default=98, validators=[MaxValueValidator(98)], help_text="in 30 days; 97 unknown, 98 not collected"
    )
    self_help = models.CharField("self-help groups", max_length=2, choices=SelfHelp, default=NOT_COLLECTED)
    prior_episodes = models.PositiveSmallIntegerField(
        default=98,
        validators=[MaxValueValidator(98)],
        help_text="of treatment; 5 is five or more, 97 unknown, 98 not collected",
    )
    noted_at = models.DateTimeField()
    noted_by = by_whom(null=False, blank=False)

    objects = CircumstancesRows.as_manager()

    class Meta:
        verbose_name_plural = "circumstances"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="arrests_are_a_count_or_a_sentinel",
                condition=Q(arrests__lte=98),
                violation_error_code="arrests_out_of_range",
                violation_error_message="Arrests are 0 to 96, or 97 (unknown) or 98 (not collected).",
            ),
            models.CheckConstraint(
                name="prior_episodes_are_a_count_or_a_sentinel",
                condition=Q(prior_episodes__lte=5) | Q(prior_episodes__in=SENTINELS),
                violation_error_code="prior_episodes_out_of_range",
                violation_error_message="Prior episodes are 0 to 5, or 97 (unknown) or 98 (not collected).",
            ),
            models.CheckConstraint(
                name="labor_force_detail_is_for_those_outside_it",
                condition=Q(employment=Employment.NOT_IN_LABOR_FORCE)
                & ~Q(not_in_labor_force=NotInLaborForce.NOT_APPLICABLE)
                | ~Q(employment=Employment.NOT_IN_LABOR_FORCE) & Q(not_in_labor_force__in=DETAIL_LEFT_OUT),
                violation_error_code="labor_force_mismatch",
                violation_error_message="The detail is for people who are not in the labor force, and only for them.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-noted_at"], name="circumstances_of_a_person")]

    def __str__(self):
        return f"{self.patient}, {self.noted_at:%Y-%m-%d}"
