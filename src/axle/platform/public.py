"""What every context calls on the platform."""

from axle.platform.approvals import approval_policy_set, pending_for, pending_of
from axle.platform.audit import acting, attempt, created, note_change, track
from axle.platform.bulk import (
    columns_of,
    constraints_check,
    keys_take,
    lines_copy,
    row_line,
    rows_copy,
    rows_copy_alike,
    rows_copy_new,
    rows_update,
)
from axle.platform.businessday import business_date, business_date_hold, business_date_set
from axle.platform.calendars import CALENDAR_YEARS, calendar_entered, working_calendar
from axle.platform.catalogue import actor_shown, catalogue, current_locale, name_shown, pick_locale, text
from axle.platform.commands import COMMANDS, CommandResult, Ctx, command_execute, command_named, command_propose
from axle.platform.compiled import Compiled
from axle.platform.crypto import blind_index, decrypt, encrypt
from axle.platform.dictionaries import dictionary_check, dictionary_create, dictionary_item_add
from axle.platform.differences import differences
from axle.platform.eod import STEPS, EodStep, StepDone, StepFunction, eod_hold_off, eod_run, eod_steps
from axle.platform.eod_set_aside import in_batches, one_by_one, set_aside
from axle.platform.eventbus import on, publish, publish_all
from axle.platform.files import IMAGES, PDF, SHEET, TABLE, file_made, file_read, file_save, file_uploaded
from axle.platform.identity import actor_named, actor_of, customer_actor, user_actors, users_granted
from axle.platform.inputs import Input
from axle.platform.invariants import INVARIANTS, InvariantResult, invariant, run_invariants
from axle.platform.jobs import JOBS, Job, job, jobs_failed
from axle.platform.masking import mask
from axle.platform.numbering import NEXT_NO, next_no, next_nos, row_insert_numbered
from axle.platform.organisation import (
    LegalEntityView,
    department_create,
    department_name,
    department_named,
    employee_create,
    employee_name,
    is_employee_phone,
    legal_entities,
    legal_entity,
    legal_entity_create,
    position_create,
    role_permissions,
    role_save,
    user_create,
)
from axle.platform.parameters import (
    PARAMETERS,
    Parameter,
    ParameterHistory,
    parameter,
    parameter_history,
    parameter_set,
    parameter_value,
)
from axle.platform.permissions import PERMISSIONS, declare_institutional, declare_permissions
from axle.platform.ratelimit import spend
from axle.platform.readings import read_once, readings_kept
from axle.platform.scope import EVERYTHING, NOTHING, Actor, DataScope, Subject, system_actor
from axle.platform.spreadsheets import formula_safe, spreadsheet_text
from axle.platform.statements import prepared_cursor, row_insert, row_kept, row_read
from axle.platform.uploads import content_type_of

__all__ = [
    "CALENDAR_YEARS",
    "COMMANDS",
    "EVERYTHING",
    "IMAGES",
    "INVARIANTS",
    "JOBS",
    "NEXT_NO",
    "NOTHING",
    "PARAMETERS",
    "PDF",
    "PERMISSIONS",
    "SHEET",
    "STEPS",
    "TABLE",
    "Actor",
    "CommandResult",
    "Compiled",
    "Ctx",
    "DataScope",
    "EodStep",
    "Input",
    "InvariantResult",
    "Job",
    "LegalEntityView",
    "Parameter",
    "ParameterHistory",
    "StepDone",
    "StepFunction",
    "Subject",
    "acting",
    "actor_named",
    "actor_of",
    "actor_shown",
    "approval_policy_set",
    "attempt",
    "available_commands",
    "blind_index",
    "business_date",
    "business_date_hold",
    "business_date_set",
    "calendar_entered",
    "catalogue",
    "columns_of",
    "command_execute",
    "command_named",
    "command_propose",
    "constraints_check",
    "content_type_of",
    "created",
    "current_locale",
    "customer_actor",
    "declare_institutional",
    "declare_permissions",
    "decrypt",
    "department_create",
    "department_name",
    "department_named",
    "dictionary_check",
    "dictionary_create",
    "dictionary_item_add",
    "differences",
    "employee_create",
    "employee_name",
    "encrypt",
    "eod_hold_off",
    "eod_run",
    "eod_steps",
    "file_made",
    "file_read",
    "file_save",
    "file_uploaded",
    "formula_safe",
    "in_batches",
    "invariant",
    "is_employee_phone",
    "job",
    "jobs_failed",
    "keys_take",
    "legal_entities",
    "legal_entity",
    "legal_entity_create",
    "lines_copy",
    "mask",
    "name_shown",
    "next_no",
    "next_nos",
    "note_change",
    "on",
    "one_by_one",
    "parameter",
    "parameter_history",
    "parameter_set",
    "parameter_value",
    "pending_for",
    "pending_of",
    "pick_locale",
    "position_create",
    "prepared_cursor",
    "publish",
    "publish_all",
    "read_once",
    "readings_kept",
    "role_permissions",
    "role_save",
    "row_insert",
    "row_insert_numbered",
    "row_kept",
    "row_line",
    "row_read",
    "rows_copy",
    "rows_copy_alike",
    "rows_copy_new",
    "rows_update",
    "run_invariants",
    "set_aside",
    "spend",
    "spreadsheet_text",
    "system_actor",
    "text",
    "track",
    "user_actors",
    "user_create",
    "users_granted",
    "working_calendar",
]


def available_commands(actor: Actor, *names: str) -> list[str]:
    """Of the commands that a row's state allows, those that the actor may run: for ``actions`` in details."""
    return [name for name in names if name in COMMANDS and actor.may(COMMANDS[name].permission)]
