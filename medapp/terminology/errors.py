"""What can be wrong with a code, a unit or a number: sentences for the doctor."""

from __future__ import annotations

from medapp.errors import KnownError
from medapp.i18n import N_


class TerminologyError(KnownError):
    """Root of the errors of codes and units."""

    code = "terminology"


class UnknownVariable(TerminologyError):
    """No variable has this id. Fields: `variable`."""

    code = "unknown_variable"
    message = N_("There is no variable called “{variable}”.")
    advice = N_("Check the spelling; `medapp model show` lists the names that a model takes.")


class UnitError(TerminologyError):
    """A value cannot be used because of its unit."""

    code = "unit"


class UnknownUnit(UnitError):
    """The unit's spelling is in no table. Fields: `variable`, `unit`, `accepted`."""

    code = "unknown_unit"
    message = N_("The unit “{unit}” of {variable} is not known.")
    advice = N_("Write the unit in UCUM. Accepted here: {accepted}.")


class NotConvertible(UnitError):
    """The unit is known but measures another quantity. Fields: `variable`, `unit`, `accepted`."""

    code = "not_convertible"
    message = N_("{variable} cannot be converted from {unit}.")
    advice = N_("Check the unit against the report. Accepted here: {accepted}.")


class UnitMissing(UnitError):
    """A measured number came without a unit. Fields: `variable`, `accepted`."""

    code = "unit_missing"
    message = N_("{variable} was given without a unit.")
    advice = N_("Give the unit with the number. Accepted here: {accepted}.")


class NationalIdError(TerminologyError):
    """A national identity number breaks the rule of GB 11643. Fields: `why`, one of the subclasses' codes.

    The number itself is patient data and is never a field.
    """

    code = "national_id"
    message = N_("This is not a valid national identity number.")
    advice = N_("Check the number against the card.")


class NationalIdLength(NationalIdError):
    """Not 18 (or, of the old form, 15) characters."""

    code = "national_id_length"
    message = N_("A national identity number has 18 characters: 17 digits and a digit or X.")


class NationalIdDate(NationalIdError):
    """The birth date inside does not exist or lies in the future."""

    code = "national_id_date"
    message = N_("The birth date inside the national identity number does not exist.")


class NationalIdRegion(NationalIdError):
    """The first two digits name no province."""

    code = "national_id_region"
    message = N_("The region at the start of the national identity number does not exist.")


class NationalIdChecksum(NationalIdError):
    """The last character does not fit the others."""

    code = "national_id_checksum"
    message = N_(
        "The last character of the national identity number does not fit: a character is mistyped."
    )
