"""Errors of the store; the driver's own texts never get out (they may hold data)."""

from __future__ import annotations

from medapp.errors import KnownError
from medapp.i18n import N_


class NoStore(KnownError):
    """There is no clinic in that folder."""

    code = "no_store"
    message = N_("There is no clinic in this folder.")
    advice = N_("Check the path, or make an empty clinic with: medapp init")


class StoreExists(KnownError):
    """A clinic would be overwritten."""

    code = "store_exists"
    message = N_("This folder already holds a clinic.")
    advice = N_("Choose an empty folder. Nothing was changed.")


class DamagedStore(KnownError):
    """The file is not, or no longer, a database that our key opens."""

    code = "damaged_store"
    message = N_("The clinic's database is damaged or does not belong to its key file.")
    advice = N_("Restore the newest backup. Keep the damaged folder: nothing was changed in it.")


class NewerStore(KnownError):
    """A later major version wrote the database."""

    code = "newer_store"
    message = N_("This clinic was last opened with a newer version of MedApp.")
    advice = N_("Open it with the newer version. Nothing was changed.")


class StoreInUse(KnownError):
    """Another process holds the lock."""

    code = "store_in_use"
    message = N_("This clinic is already open in another window or program.")
    advice = N_("Close the other one first. Two at once could overwrite each other's work.")


class DiskFull(KnownError):
    """SQLITE_FULL or ENOSPC: the transaction was rolled back."""

    code = "disk_full"
    message = N_("The disk is full. What was being saved was not saved; nothing is half written.")
    advice = N_("Free some space and do it again.")


class ReadOnlyStore(KnownError):
    """The folder or file cannot be written."""

    code = "read_only"
    message = N_("The clinic's folder cannot be written.")
    advice = N_("Check the permissions of the folder, or copy the clinic to a writable disk.")


class StoreFailed(KnownError):
    """The driver refused for a reason of the machine (input or output error, locked file)."""

    code = "store_failed"
    message = N_("The clinic's database could not be read or written ({reason}).")
    advice = N_("Try again. If it happens again, make a backup and check the disk.")


class NotABackup(KnownError):
    """The file is not a backup, or not a whole one."""

    code = "not_a_backup"
    message = N_("This file is not a complete MedApp backup.")
    advice = N_("Choose another backup. Nothing was changed.")


class BackupUnverified(KnownError):
    """The copy, opened again, did not hold what the clinic holds."""

    code = "backup_unverified"
    message = N_("The backup could not be verified and was removed.")
    advice = N_("Make the backup again on another disk.")


class UnknownPatient(KnownError):
    """No patient has that number."""

    code = "unknown_patient"
    message = N_("No patient has this number.")
    advice = N_("Search by name or birth date to find the record number.")


class AmbiguousPatient(KnownError):
    """Several patients have that number."""

    code = "ambiguous_patient"
    message = N_("{count} patients have this number.")
    advice = N_("Use the store's id with # before it, as in #17; the search shows it.")


class UnknownItem(KnownError):
    """An id that names nothing (any more)."""

    code = "unknown_item"
    message = N_("This item is not in the record.")
    advice = N_("It may have been undone. Refresh the page.")


class LastAdministrator(KnownError):
    """Nobody could administer the clinic any more."""

    code = "last_administrator"
    message = N_("This is the last administrator of the clinic.")
    advice = N_("Make another user an administrator first.")
