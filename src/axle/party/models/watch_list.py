"""The black and grey lists, and the cases in which an entry came up."""

from django.db import models
from django.db.models import Q

from axle.party.domain.watch_list import WatchList, WatchRole, WatchSubject
from axle.platform.fields import BlindIndexField, EncryptedTextField


def list_choices(kind: type[WatchList | WatchSubject | WatchRole]) -> list[tuple[str, str]]:
    """The values of an enumeration as a column's choices."""
    return [(str(one), str(one)) for one in kind]


class WatchReason(models.TextChoices):
    FRAUD = "fraud"
    FALSE_DOCUMENTS = "false_documents"
    LOAN_BROKER = "loan_broker"
    IDENTITY_MISUSED = "identity_misused"
    SERIOUS_ARREARS = "serious_arrears"
    VEHICLE_MOVED_AWAY = "vehicle_moved_away"
    COURT_DEBTOR = "court_debtor"
    AUTHORITY = "authority"
    OTHER = "other"


class WatchSource(models.TextChoices):
    OWN = "own"
    DEALER = "dealer"
    INDUSTRY = "industry"
    COURT = "court"
    POLICE = "police"


class WatchState(models.TextChoices):
    LISTED = "listed"
    LIFTED = "lifted"
    EXPIRED = "expired"


class WatchEntry(models.Model):
    """One value on one list, from a day to a day; without ``expires_on`` until somebody lifts it.

    ``value`` is written as ``domain.watch_list.watched_value`` does, ``shown`` is its masked form.
    """

    entry_no = models.CharField(max_length=24, unique=True)
    watch_list = models.CharField(max_length=8, choices=list_choices(WatchList))
    subject_kind = models.CharField(max_length=12, choices=list_choices(WatchSubject))
    value = EncryptedTextField(mask="text")
    value_index = BlindIndexField(source="value", db_index=False)
    shown = models.CharField(max_length=100)
    name = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=24, choices=WatchReason)
    source = models.CharField(max_length=12, choices=WatchSource)
    note = models.CharField(max_length=500)
    listed_on = models.DateField()
    expires_on = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=WatchState, default=WatchState.LISTED)
    listed_by = models.CharField(max_length=64)
    lifted_by = models.CharField(max_length=64, blank=True)
    lifted_on = models.DateField(null=True)
    lift_note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["value_index", "subject_kind"], condition=Q(state="listed"), name="watch_value_once"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=models.F("listed_on")), name="watch_dates"
            ),
        ]
        indexes = [models.Index(fields=["listed_on", "id"], name="watch_listed")]


class WatchMatch(models.Model):
    """An entry that came up in an application or a change of a loan, kept as evidence."""

    entry = models.ForeignKey(WatchEntry, on_delete=models.PROTECT, related_name="matches")
    role = models.CharField(max_length=12, choices=list_choices(WatchRole))
    watch_list = models.CharField(max_length=8, choices=list_choices(WatchList))
    ref_type = models.CharField(max_length=16)
    ref_id = models.BigIntegerField()
    ref_no = models.CharField(max_length=24)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ref_type", "ref_id", "entry", "role"], name="watch_match_once"),
        ]
        indexes = [models.Index(fields=["on", "id"], name="watch_match_on")]
