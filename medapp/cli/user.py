"""`medapp user list|add|password|deactivate|recovery`: who may open the clinic."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from medapp.cli.desk import Desk, with_desk
from medapp.cli.output import write_table
from medapp.i18n import N_, Words
from medapp.security.roles import Role
from medapp.services import accounts as service

ROLES = {Role.DOCTOR: N_("doctor"), Role.ADMINISTRATOR: N_("administrator")}

Name = Annotated[str, typer.Argument(metavar="NAME", help=N_("User name."))]
NewPasswordFile = Annotated[
    Path | None,
    typer.Option(
        "--new-password-file", help=N_("File whose first line is the new password (or $MEDAPP_NEW_PASSWORD).")
    ),
]


def add_to(app: typer.Typer, words: Words) -> None:
    """Register the group."""
    group = typer.Typer(help=words(N_("Users: list, add, change one's password, end.")), no_args_is_help=True)
    group.command("list", help=words(N_("List the users.")))(with_desk(list_users, words))
    group.command("add", help=words(N_("Add a user; the new password is asked for.")))(
        with_desk(add_user, words)
    )
    group.command("password", help=words(N_("Change one's own password.")))(with_desk(change_password, words))
    group.command("deactivate", help=words(N_("Take a user's key away.")))(with_desk(deactivate, words))
    group.command("recovery", help=words(N_("Make a new recovery code; the old one is void.")))(
        with_desk(new_recovery_code, words)
    )
    app.add_typer(group, name="user")


def list_users(desk: Desk) -> None:
    """All users, also those who left."""
    with desk.session() as session:
        users = service.listed(session)
    document = {
        "users": [
            {
                "name": user.name,
                "full_name": user.full_name,
                "roles": sorted(str(role) for role in user.roles),
                "active": user.is_active,
            }
            for user in users
        ]
    }
    words = desk.words

    def show() -> None:
        rows = [
            (
                user.name,
                user.full_name,
                ", ".join(words(ROLES[role]) for role in sorted(user.roles)),
                "" if user.is_active else words("has left"),
            )
            for user in users
        ]
        write_table((words("User"), words("Full name"), words("Roles"), ""), rows)

    desk.answer(document, show)


def add_user(
    desk: Desk,
    name: Name,
    role: Annotated[
        list[Role] | None,
        typer.Option("--role", help=N_("What the user is; may be repeated (default: doctor).")),
    ] = None,
    full_name: Annotated[str, typer.Option("--full-name", help=N_("Name as it is shown."))] = "",
    new_password_file: NewPasswordFile = None,
) -> None:
    """An administrator's password opens the clinic; the new user's is asked for after it."""
    with desk.session() as session:
        password = desk.new_password(new_password_file)
        service.add_user(session, name, password, roles=role or [Role.DOCTOR], full_name=full_name)
    document = {"user": name, "roles": sorted(str(one) for one in role or [Role.DOCTOR])}
    desk.answer(document, lambda: print(desk.words("{user} may now open the clinic.", user=name)))


def change_password(desk: Desk, new_password_file: NewPasswordFile = None) -> None:
    """The old password opens the clinic, the new one replaces it."""
    words = desk.words
    old = desk.password(words("Password:"))
    with desk.session(old) as session:
        service.change_password(session, old, desk.new_password(new_password_file))
        name = session.user.name
    desk.answer({"user": name}, lambda: print(words("The password of {user} is changed.", user=name)))


def deactivate(desk: Desk, name: Name) -> None:
    """The name stays for the log."""
    with desk.session() as session:
        service.deactivate(session, name)
    desk.answer({"user": name}, lambda: print(desk.words("{user} can no longer open the clinic.", user=name)))


def new_recovery_code(desk: Desk) -> None:
    """Shown once, here."""
    with desk.session() as session:
        code = service.new_recovery_code(session)
    words = desk.words

    def show() -> None:
        print(words("Recovery code (shown only now; print it and lock it away):"))
        print(f"  {code}")

    desk.answer({"recovery_code": code}, show)
