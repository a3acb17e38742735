"""What an act in the audit log is called, and which acts belong together.

An act without words of its own is shown by its code: a log never hides what it does not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from medapp.i18n import N_, Words

READING: Final[Mapping[str, str]] = {
    "open": N_("Opened the clinic"),
    "search": N_("Searched"),
    "list": N_("Listed patients"),
    "preview": N_("Looked at a patient’s identity"),
    "open_record": N_("Opened the record"),
    "read_document": N_("Read a document"),
    "replay_assessment": N_("Looked at an earlier assessment"),
}

WRITING: Final[Mapping[str, str]] = {
    "add_patient": N_("Added the patient"),
    "update_patient": N_("Changed the patient’s identity"),
    "save_observation": N_("Entered a result"),
    "enter_values": N_("Entered values"),
    "correct_observation": N_("Corrected a result"),
    "withdraw_observation": N_("Withdrew a result"),
    "move_observation": N_("Moved a result to another patient"),
    "receive_observation": N_("Received a result from another patient"),
    "add_problem": N_("Added a problem"),
    "change_problem": N_("Changed a problem"),
    "end_problem": N_("Closed a problem"),
    "withdraw_problem": N_("Withdrew a problem"),
    "add_medicine": N_("Added a medicine"),
    "change_medicine": N_("Changed a medicine"),
    "stop_medicine": N_("Stopped a medicine"),
    "withdraw_medicine": N_("Withdrew a medicine"),
    "add_allergy": N_("Added an allergy"),
    "change_allergy": N_("Changed an allergy"),
    "withdraw_allergy": N_("Withdrew an allergy"),
    "add_family_history": N_("Added family history"),
    "change_family_history": N_("Changed family history"),
    "withdraw_family_history": N_("Withdrew family history"),
    "add_immunisation": N_("Added an immunisation"),
    "correct_immunisation": N_("Corrected an immunisation"),
    "withdraw_immunisation": N_("Withdrew an immunisation"),
    "add_pregnancy": N_("Recorded a pregnancy"),
    "correct_pregnancy": N_("Corrected a pregnancy"),
    "withdraw_pregnancy": N_("Withdrew a pregnancy"),
    "deny": N_("Recorded that there is none"),
    "begin_draft": N_("Began a draft"),
    "discard_draft": N_("Discarded a draft"),
    "open_visit": N_("Opened a visit"),
    "save_note": N_("Kept a note"),
    "sign_note": N_("Signed a note"),
    "amend_note": N_("Amended a note"),
    "cancel_note": N_("Cancelled a note"),
    "book_appointment": N_("Booked an appointment"),
    "appointment": N_("Changed an appointment"),
    "sign_results": N_("Signed results"),
    "add_task": N_("Added a task"),
    "sweep_due": N_("Looked for what is due"),
    "print": N_("Printed"),
    "undo": N_("Undid an entry"),
    "redo": N_("Did an entry again"),
}

ASSESSING: Final[Mapping[str, str]] = {
    "assess": N_("Assessed"),
    "what_if": N_("Tried other values"),
    "pin_score": N_("Pinned or unpinned a score"),
    "open_score": N_("Opened a score"),
    "decide": N_("Decided on an assessment"),
    "undo_decision": N_("Took a decision back"),
    "enter_outcome": N_("Entered an outcome"),
    "train_model": N_("Trained a model"),
    "approve_model": N_("Approved a model"),
    "enable_settings": N_("Chose the models offered"),
}

KEEPING: Final[Mapping[str, str]] = {
    "create_clinic": N_("Created the clinic"),
    "add_user": N_("Added a user"),
    "set_roles": N_("Changed a user’s roles"),
    "deactivate_user": N_("Disabled a user"),
    "change_password": N_("Changed the own passphrase"),
    "new_recovery_code": N_("Renewed the recovery code"),
    "recovery_used": N_("Opened the clinic with the recovery code"),
    "backup": N_("Made a backup"),
    "restore_drill": N_("Rehearsed a restore"),
    "restore": N_("Restored a backup"),
    "import": N_("Imported a file"),
    "import_refused": N_("A file was refused"),
    "import_undone": N_("Took an import back"),
    "set_critical_values": N_("Changed the critical values"),
    "audit_break": N_("The log was found altered"),
}

GROUPS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "reading": (N_("Reading"), READING),
    "writing": (N_("Writing"), WRITING),
    "assessing": (N_("Assessments and models"), ASSESSING),
    "keeping": (N_("Users, imports and backups"), KEEPING),
}
"""Id of a group, its title, its acts."""

ACTIONS: Final[Mapping[str, str]] = {**READING, **WRITING, **ASSESSING, **KEEPING}


def action_words(action: str, words: Words) -> str:
    """The act in words; a variant (`deny_drug_allergy`) by its family, an unknown one by its code."""
    message = ACTIONS.get(action) or ACTIONS.get(action.partition("_")[0])
    return words(message) if message else action


def detail_words(detail: Mapping[str, Any]) -> str:
    """Counts, ids and codes of an entry as they were entered."""
    return " · ".join(f"{name} {_value(value)}" for name, value in sorted(detail.items()))


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
