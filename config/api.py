"""Every route of the API, in one list."""

from csp.decorators import csp_update
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny

from accounts.views import Login, Logout, Me
from aftercare import views as aftercare
from duties import views as duties
from messaging import views as messaging
from patients.views import (
    allergies,
    circumstances,
    conditions,
    contacts,
    documents,
    episodes,
    patients,
    people,
    places,
    supporters,
    timeline,
    uses,
)
from treatment.views import (
    appointments,
    assault,
    assessments,
    beds,
    bladder,
    clearances,
    conversations,
    counseling,
    departures,
    discharges,
    education,
    formats,
    groups,
    handovers,
    intakes,
    ketamine,
    legal,
    medication,
    observations,
    placements,
    programs,
    safety,
    sessions,
    standing,
    transfers,
    waiting,
    worries,
)
from treatment.views import uses as owed_for_use

from .codes import CodeList, CodeLists


def noun(name, reads, *verbs, key="uuid"):
    """The routes of a noun: its list, one of it, and its verbs; the one that creates is a POST to the list."""
    creates = next((verb for verb in verbs if verb.creates), None)
    many = reads.as_view({"get": "list"})
    yield path(f"{name}/", either(many, creates.as_view()) if creates else many, name=f"{name}-list")
    if key:
        yield path(f"{name}/<{key}:pk>/", reads.as_view({"get": "retrieve"}), name=f"{name}-one")
    for verb in verbs:
        if not verb.creates:
            yield path(f"{name}/<{key}:pk>/{verb.name}/", verb.as_view(), name=f"{name}-{verb.name}")


def either(many, create):
    """One address: a POST creates, everything else is about the list."""

    @csrf_exempt  # REST framework checks it where a session signs somebody in
    def view(request, *args, **kwargs):
        answer = (create if request.method == "POST" else many)(request, *args, **kwargs)
        if request.method == "OPTIONS":
            answer["Allow"] = "GET, HEAD, OPTIONS, POST"
        return answer

    view.cls, view.actions, view.initkwargs, view.create = many.cls, many.actions, many.initkwargs, create
    return view


def with_creation(endpoints):
    """For the description of the API: what a POST to a list does."""
    for address, pattern, method, callback in endpoints:
        yield address, pattern, method, callback
        if hasattr(callback, "create"):
            yield address, pattern, "POST", callback.create


def part_of(noun, name, reads):
    """What is read of one row at an address of its own."""
    return path(f"{noun}/<uuid:pk>/{name}/", reads.as_view({"get": "retrieve"}), name=f"{noun}-{name}")


def figures(name, reads):
    """A list that is read as a whole and has no rows of its own."""
    return path(f"{name}/", reads.as_view({"get": "list"}), name=name)


ANYBODY = {"permission_classes": [AllowAny], "authentication_classes": []}

# The documentation page is our own server's, and needs what no other page does.
docs = csp_update({"script-src": ["'self'"], "style-src": ["'self'", "'unsafe-inline'"]})(
    SpectacularSwaggerSplitView.as_view(url_name="schema", **ANYBODY)
)

urlpatterns = [
    path("login/", Login.as_view(), name="login"),
    path("logout/", Logout.as_view(), name="logout"),
    path("me/", Me.as_view(), name="me"),
    path("schema/", SpectacularAPIView.as_view(**ANYBODY), name="schema"),
    path("docs/", docs, name="docs"),
    path("codes/", CodeLists.as_view(), name="codes-list"),
    path("codes/<slug:name>/", CodeList.as_view(), name="codes-one"),
    # Places and staff.
    *noun("facilities", places.Facilities, places.SwitchOnSending, places.SwitchOffSending),
    *noun("users", places.Users, duties.Leave),
    *noun("memberships", places.Memberships, places.Join, places.RecordLicense, duties.EndMembership),
    # People.
    *noun(
        "patients",
        patients.Patients,
        patients.Amend,
        people.CorrectBirthDate,
        people.RecordWeight,
        people.RecordPregnancy,
        circumstances.RecordCircumstances,
        patients.Merge,
        contacts.AddContactPoint,
        owed_for_use.RecordUse,
        owed_for_use.ScreenUse,
        supporters.AddSupporter,
        allergies.RecordAllergy,
        allergies.RecordNoKnownAllergies,
        documents.AddDocument,
        conditions.RecordCondition,
        conditions.AssessCriteria,
        legal.RecordLegalStatus,
        ketamine.RecordPrescribedKetamine,
        medication.RecordMedication,
        education.GiveEducation,
        messaging.AskNotToBeWrittenTo,
        aftercare.ReportDeath,
    ),
    part_of("patients", "timeline", timeline.PersonTimeline),
    part_of("patients", "standing", standing.Standing),
    path("patients/<uuid:pk>/merge-preview/", people.MergePreview.as_view(), name="patients-merge-preview"),
    *noun("circumstances", circumstances.CircumstancesOfPeople, circumstances.MarkCircumstancesError),
    *noun(
        "contact-points",
        contacts.ContactPoints,
        contacts.AmendContactPoint,
        contacts.Verify,
        contacts.AgreeTo,
        contacts.Revoke,
        contacts.MarkBroken,
        contacts.MarkContactPointError,
    ),
    *noun("substance-uses", uses.SubstanceUses, uses.MarkSubstanceUseError),
    *noun("use-screenings", uses.UseScreenings, uses.MarkUseScreeningError),
    *noun(
        "supporters",
        supporters.Supporters,
        supporters.AmendSupporter,
        supporters.Permit,
        supporters.WithdrawPermission,
        supporters.ForbidContact,
        supporters.AllowContact,
        worries.LogWorry,
        supporters.MarkSupporterError,
    ),
    *noun("allergies", allergies.Allergies, allergies.AmendAllergy, allergies.RuleOut, allergies.MarkAllergyError),
    *noun(
        "conditions",
        conditions.Conditions,
        conditions.AmendCondition,
        conditions.MakePrincipal,
        conditions.Remit,
        conditions.Reactivate,
        conditions.ResolveCondition,
        conditions.MarkConditionError,
    ),
    *noun("criteria-sets", conditions.CriteriaSets),
    *noun("criteria-assessments", conditions.CriteriaAssessments, conditions.MarkCriteriaAssessmentError),
    *noun("worries", worries.Worries, worries.MarkWorryError),
    *noun(
        "legal-statuses",
        legal.LegalStatuses,
        legal.RenewLegalStatus,
        legal.EndLegalStatus,
        legal.MarkLegalStatusError,
    ),
    *noun(
        "prescribed-ketamine",
        ketamine.PrescribedKetamines,
        ketamine.PermitPrescriberContact,
        ketamine.WithdrawPrescriberContact,
        ketamine.ContactPrescriber,
        ketamine.StopPrescribedKetamine,
        ketamine.MarkPrescribedKetamineError,
    ),
    *noun("prescriber-contacts", ketamine.PrescriberContacts, ketamine.MarkPrescriberContactError),
    *noun("mood-reviews", ketamine.MoodReviews, ketamine.RecordMoodReview),
    *noun(
        "medication-statements",
        medication.MedicationStatements,
        medication.DecideMedication,
        medication.MarkMedicationStatementError,
    ),
    *noun("reconciliations", medication.Reconciliations, medication.MarkReconciliationError),
    *noun("assault-screens", assault.AssaultScreens, assault.NameReader, assault.MarkAssaultScreenError),
    *noun("assault-readers", assault.AssaultReaders, assault.MarkAssaultReaderError),
    *noun("education-texts", education.EducationTexts),
    *noun("education-given", education.EducationsGiven, education.MarkEducationGivenError),
    *noun(
        "documents",
        documents.Documents,
        documents.AmendDocument,
        documents.WithdrawPhotoConsent,
        documents.MarkDocumentError,
    ),
    part_of("documents", "file", documents.DocumentFile),
    *noun("access", patients.Accesses),
    figures("access-events", patients.AccessEvents),
    # The thread of care.
    *noun(
        "episodes",
        episodes.Episodes,
        handovers.Refer,
        observations.Observe,
        observations.StopObservations,
        safety.ScreenSuicide,
        assessments.BeginAssessment,
        bladder.LogBladder,
        assault.ScreenAssault,
        clearances.Clear,
        clearances.WithdrawClearance,
        aftercare.Talk,
        intakes.CompleteIntake,
        placements.Admit,
        placements.Move,
        placements.SendOut,
        placements.BringBack,
        placements.NotComingBack,
        waiting.PutOnWaitList,
        departures.ReportMissing,
        transfers.ReferElsewhere,
        discharges.ProposeDischarge,
        sessions.LogSession,
        appointments.Plan,
        appointments.PlanSeries,
        aftercare.EndTreatment,
        aftercare.ReturnToTreatment,
        aftercare.Close,
    ),
    *noun("episode-events", episodes.EpisodeEvents, key="int"),
    # What is owed, and who was told.
    *noun(
        "duties",
        duties.Duties,
        duties.Acknowledge,
        duties.Resolve,
        duties.Tried,
        duties.Reassign,
        duties.Reschedule,
        duties.Suspend,
        duties.Resume,
        duties.Excuse,
        duties.Cancel,
        duties.GiveUp,
        aftercare.LogCall,
    ),
    *noun("duty-events", duties.DutyEvents, key="int"),
    *noun("ladders", duties.Ladders),
    *noun("inbox", duties.Inbox, duties.Read),
    *noun("notices", duties.Notices),
    *noun("attempts", messaging.Attempts, key="int"),
    *noun("opt-outs", messaging.OptOuts, messaging.LiftOptOut, messaging.MarkOptOutError),
    # Treatment.
    *noun("handovers", handovers.Handovers, handovers.Receive, handovers.ExpectLeaving, handovers.MarkHandoverError),
    *noun(
        "suicide-screens",
        safety.SuicideScreens,
        safety.RecordSafetyPlan,
        safety.ClearSafety,
        safety.MarkSuicideScreenError,
    ),
    *noun("instruments", assessments.Instruments),
    *noun(
        "assessments",
        assessments.Assessments,
        assessments.AnswerAssessment,
        assessments.SettleAssessment,
        assessments.MarkAssessmentError,
    ),
    *noun("bladder-entries", bladder.BladderEntries, bladder.ReviewBladder, bladder.MarkBladderEntryError),
    *noun("observations", observations.Observations, observations.MarkObservationError),
    *noun("observation-orders", observations.ObservationOrders),
    *noun("emergency-warnings", observations.EmergencyWarnings, observations.AnswerWarning),
    *noun("checklists", clearances.Checklists),
    *noun("clearances", clearances.Clearances),
    *noun("conversations", conversations.Conversations),
    *noun("intakes", intakes.Intakes, intakes.GiveNotice),
    *noun("programs", programs.Programs, programs.CloseProgram, programs.ReopenProgram),
    *noun("intakes", intakes.Intakes),
    *noun("programs", programs.Programs, programs.CloseProgram, programs.ReopenProgram, groups.LogGroup),
    *noun(
        "placements", placements.Placements, placements.ReviewPlan, medication.Reconcile, placements.SetExpectedEnd
    ),
    *noun("absences", placements.Absences),
    *noun("units", beds.Units),
    *noun("beds", beds.Beds, beds.Block),
    *noun("bed-blocks", beds.BedBlocks, beds.Unblock),
    *noun("bed-stays", beds.BedStays, beds.MoveBed),
    *noun(
        "appointments",
        appointments.Appointments,
        appointments.BeginSession,
        appointments.EndSession,
        appointments.LogAppointment,
        appointments.ChangeAppointment,
        appointments.CancelAppointment,
        appointments.MarkAppointmentError,
    ),
    *noun("series", appointments.SeriesReads),
    *noun(
        "sessions",
        sessions.Sessions,
        sessions.AmendSession,
        sessions.MarkSessionError,
        counseling.BeginCounselingNote,
    ),
    *noun(
        "session-notes",
        sessions.SessionNotes,
        sessions.Write,
        sessions.Sign,
        sessions.AddAddendum,
        sessions.AdoptDraft,
        sessions.MarkSessionNoteError,
        formats.WriteSections,
        formats.ChangeFormat,
        formats.Cosign,
        formats.ReturnNote,
    ),
    *noun(
        "counseling-notes",
        counseling.CounselingNotes,
        counseling.WriteCounselingNote,
        counseling.SignCounselingNote,
        counseling.LetRead,
        counseling.MarkCounselingNoteError,
    ),
    *noun("counseling-grants", counseling.CounselingGrants, counseling.RevokeCounselingGrant),
    *noun("addenda", sessions.Addenda, sessions.MarkAddendumError),
    *noun("group-sessions", groups.Groups, groups.WriteGroup, groups.SignGroup, groups.MarkGroupError),
    *noun(
        "wait-list-entries",
        waiting.WaitListEntries,
        waiting.LogWaitingContact,
        waiting.RaisePriority,
        waiting.OfferPlace,
        waiting.LeaveWaitList,
    ),
    *noun("offers", waiting.Offers, waiting.AcceptOffer, waiting.DeclineOffer, waiting.WithdrawOffer),
    *noun(
        "departures",
        departures.Departures,
        departures.RecordRiskDecision,
        departures.RecordPoliceContact,
        departures.Found,
        departures.EndSearch,
    ),
    *noun("transfers", transfers.Transfers, aftercare.ConfirmArrival, aftercare.NotArrived),
    *noun(
        "discharge-proposals",
        discharges.DischargeProposals,
        discharges.AgreeToDischarge,
        discharges.WithdrawProposal,
    ),
    *noun(
        "discharges",
        discharges.Discharges,
        discharges.CompleteChecklist,
        discharges.WriteSummary,
        discharges.SignDischargeSummary,
    ),
    *noun("harm-reduction-offers", owed_for_use.HarmReductionOffers, owed_for_use.OfferHarmReduction),
    *noun("medication-offers", owed_for_use.MedicationOffers, owed_for_use.OfferMedication),
    *noun("withdrawal-reviews", owed_for_use.WithdrawalReviews, owed_for_use.RecordWithdrawalReview),
    # Aftercare.
    *noun("schedules", aftercare.Schedules),
    *noun("aftercare-plans", aftercare.AftercarePlans),
    *noun("check-ins", aftercare.CheckIns, aftercare.WriteAnswer),
    *noun("answers", aftercare.Answers, aftercare.MarkAnswerError),
    *noun("death-reports", aftercare.DeathReports, aftercare.ConfirmDeath, aftercare.WithdrawDeath),
    # Figures and lists for the day.
    figures("call-list", aftercare.CallList),
    figures("bed-board", beds.Board),
    figures("census", beds.Census),
    figures("wait-list", waiting.WaitList),
    path("watchdog/", duties.Watchdog.as_view(), name="watchdog"),
]
