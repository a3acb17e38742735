"""What only the command line can find wrong."""

from __future__ import annotations

from medapp.errors import KnownError
from medapp.i18n import N_


class NoWindow(KnownError):
    code = "no_window"
    message = N_("The window is not installed.")
    advice = N_("Install the desktop part (medapp[desktop]), or use the commands: medapp --help lists them.")


class PasswordNeeded(KnownError):
    code = "password_needed"
    message = N_("A password is needed and nobody is there to type it.")
    advice = N_("Give --password-file FILE or set MEDAPP_PASSWORD.")


class PasswordsDiffer(KnownError):
    code = "passwords_differ"
    message = N_("The two passwords are not the same.")
    advice = N_("Type the new password twice, alike.")


class FileUnreadable(KnownError):
    code = "file_unreadable"
    message = N_("{path} cannot be read: {why}.")
    advice = N_("Check the path and that you may read the file.")


class InputsUnreadable(KnownError):
    code = "inputs_unreadable"
    message = N_("The input file is not a JSON object ({where}).")
    advice = N_('Write it as {{"name": value}} or {{"name": {{"value": 1, "unit": "kg"}}}}.')


class InputUnreadable(KnownError):
    code = "input_unreadable"
    message = N_("The input {input} is not written as name=value, or comes twice.")
    advice = N_('Write creatinine=88umol/L, weight="154 lb", sex=female; medapp calc show ID lists them.')


class ProgramFault(KnownError):
    """What a user is told when the program itself is wrong."""

    code = "bug"
    message = N_("The program made a mistake ({kind}).")
    advice = N_("Nothing was half-written. The log in the store's folder tells where, without patient data.")


class UsageWrong(KnownError):
    code = "usage"
    message = N_("The command was not understood.")
    advice = N_("Add --help to see what it takes.")


class UserNameNeeded(KnownError):
    code = "user_needed"
    message = N_("A new clinic needs the name of its first user.")
    advice = N_("Add --user NAME.")


class MomentUnreadable(KnownError):
    code = "moment_unreadable"
    message = N_("The date cannot be read.")
    advice = N_("Write it as 2026-11-20, or `last` for the last date in the record.")
