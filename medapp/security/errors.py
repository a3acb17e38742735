"""What can go wrong between a person and the key, each with its advice."""

from __future__ import annotations

from medapp.errors import KnownError
from medapp.i18n import N_


class WrongPassword(KnownError):
    """Told from the slot's authentication tag, never from the database."""

    code = "wrong_password"
    message = N_("The user name or the password is wrong.")
    advice = N_("Check Caps Lock and the keyboard language. The printed recovery code also opens the clinic.")


class WrongRecoveryCode(KnownError):
    """The code is well formed but opens no slot."""

    code = "wrong_recovery_code"
    message = N_("This recovery code does not open this clinic.")
    advice = N_("Use the newest printed code: each use and each new code makes the older ones invalid.")


class MistypedRecoveryCode(KnownError):
    """The checksum does not fit: a typing error, found without touching the key."""

    code = "mistyped_recovery_code"
    message = N_("The recovery code has a typing error.")
    advice = N_("Compare it group by group with the printed code: eight groups of four characters.")


class WeakPassword(KnownError):
    """Too short to protect a file that can be copied."""

    code = "weak_password"
    message = N_("The password is too short: at least {minimum} characters are needed.")
    advice = N_("A few unrelated words are strong and easy to type.")


class DamagedKeyFile(KnownError):
    """keys.json is not what this program writes."""

    code = "damaged_keys"
    message = N_("The key file of this clinic is damaged.")
    advice = N_("Restore the newest backup: it holds the key file too.")


class NewerKeyFile(KnownError):
    """keys.json was written by a later version of the program."""

    code = "newer_keys"
    message = N_("The key file was written by a newer version of MedApp.")
    advice = N_("Open this clinic with the newer version. Nothing was changed.")


class UserExists(KnownError):
    """A user of that name already has a slot."""

    code = "user_exists"
    message = N_("A user of this name exists already.")
    advice = N_("Choose another user name.")


class UnknownUser(KnownError):
    """No slot of that name."""

    code = "unknown_user"
    message = N_("There is no user of this name.")
    advice = N_("List the users to see their names.")


class AmbiguousUser(KnownError):
    """No name was given and there are several users."""

    code = "ambiguous_user"
    message = N_("This clinic has several users: say which one.")
    advice = N_("Give the user name with --user.")


class NotPermitted(KnownError):
    """The user's roles do not allow the act."""

    code = "not_permitted"
    message = N_("Your role does not allow this.")
    advice = N_("Ask an administrator of this clinic.")


class BadSignature(KnownError):
    """A model's signature does not fit its bytes and the accepted publisher."""

    code = "bad_signature"
    message = N_("The signature does not fit: the files were changed or come from somebody else.")
    advice = N_("Get the files again from their publisher.")
