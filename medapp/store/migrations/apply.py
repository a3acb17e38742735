"""Apply what is pending; imported only then, for `sqlite_utils` costs 200 ms and more."""

from __future__ import annotations

import sys
from typing import Any

import sqlcipher3.dbapi2

# sqlite_utils takes the first of pysqlite3, sqlean and sqlite3 that it finds: it must find ours.
sys.modules["pysqlite3"] = sys.modules["pysqlite3.dbapi2"] = sqlcipher3.dbapi2

import sqlite_utils  # noqa: E402
from sqlite_utils.migrations import Migrations  # noqa: E402

from medapp.store.migrations import APPLICATION_ID, COUNT, VERSION  # noqa: E402
from medapp.store.migrations.m0001_initial import m0001_initial  # noqa: E402
from medapp.store.migrations.m0002_practice import m0002_practice  # noqa: E402
from medapp.store.migrations.m0003_stop_reason import m0003_stop_reason  # noqa: E402

STEPS = (m0001_initial, m0002_practice, m0003_stop_reason)


def apply(connection: Any) -> None:
    """Bring the database to this version; each step and its record are one transaction."""
    if len(STEPS) != COUNT:
        raise AssertionError("medapp.store.migrations.COUNT does not count the steps")
    migrations = Migrations("medapp")
    for step in STEPS:
        migrations()(step)
    migrations.apply(sqlite_utils.Database(connection))
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={VERSION}")
