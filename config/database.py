"""The database and its two roles, made once by an administrator. No Django here.

`owner` migrates and owns the database; `web` runs everything else. Neither is a superuser, so that what the
grants forbid stays forbidden, and both log in directly, so that no SQL can step back to a stronger role.

In production a DBA runs this once, as a superuser or as a role with CREATEROLE and CREATEDB:

    DATABASE_OWNER_PASSWORD=… DATABASE_WEB_PASSWORD=… \
        python -m config.database postgres://admin:secret@db.example.org/postgres throughline

Running it again changes nothing, except that a password given in the environment is set.

Where the passwords come from: the two variables, when set. Otherwise, on a private Unix socket, none is
needed. Otherwise (tests on a real server) each password is derived from the administrator's, so that every
process which knows the one knows the others, and nothing needs to be stored. Only a role that does not exist
yet gets a derived password.
"""

from __future__ import annotations

import argparse
import base64
import functools
import hashlib
import os
import sys
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

ROLES = ("owner", "web")
FLOOR = 18
LOCK = 7_425_113_901  # any number; one for everybody who makes roles or databases


class DatabaseRefused(Exception):
    """The server cannot be used as it is; the message says what to change."""


def create_roles(admin_url: str) -> None:
    """Make the roles `owner` and `web` if they are missing; refuse when one can do more than it should."""
    with _admin(admin_url) as admin:
        for role in ROLES:
            _create_role(admin, admin_url, role)


def create_database(admin_url: str, name: str, replace: bool = False, copy_of: str | None = None) -> None:
    """Make a database that belongs to `owner`: empty, or a copy of another one that nobody is connected to.

    With `replace`, drop the one of that name first.
    """
    database = sql.Identifier(name)
    with _admin(admin_url) as admin:
        if replace:
            admin.execute(sql.SQL("drop database if exists {} with (force)").format(database))
        row = admin.execute("select pg_get_userbyid(datdba) from pg_database where datname = %s", [name]).fetchone()
        if row is None:
            _lend_owner(admin)
            # Sorting by code point is the same everywhere and never changes with the operating system.
            fresh = "encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' lc_collate 'C' lc_ctype 'C'"
            admin.execute(
                sql.SQL("create database {} owner owner template {} {}").format(
                    database, sql.Identifier(copy_of or "template0"), sql.SQL("" if copy_of else fresh)
                )
            )
        elif row[0] != "owner":
            raise DatabaseRefused(
                f'The database "{name}" belongs to "{row[0]}". Drop it, or give it to the role "owner" first.'
            )
        else:
            _lend_owner(admin)
        with psycopg.connect(admin_url, dbname=name, autocommit=True) as inside:
            inside.execute("set role owner")
            for statement in (
                "revoke all on database {} from public",
                "alter schema public owner to owner",
                "revoke all on schema public from public",
                "grant connect on database {} to web",
                "grant usage on schema public to web",
            ):
                inside.execute(sql.SQL(statement).format(database))


def url_for(admin_url: str, role: str, database: str) -> str:
    """The DATABASE_URL with which `role` reaches `database` on the administrator's server."""
    options = {key: str(value) for key, value in conninfo_to_dict(admin_url).items()}
    password = _password(admin_url, role)
    for key in ("user", "password", "dbname"):
        options.pop(key, None)
    host, port = options.pop("host", ""), options.pop("port", "")
    if host.startswith("/"):
        # A socket's folder cannot stand where a host stands in a URL, so it goes into the query.
        options = {"host": host, **({"port": port} if port else {}), **options}
        place = ""
    else:
        place = f"[{host}]" if ":" in host else host
        place += f":{port}" if port else ""
    login = role + (f":{quote(password, safe='')}" if password else "")
    query = f"?{urlencode(options, safe='/', quote_via=quote)}" if options else ""
    return f"postgres://{login}@{place}/{quote(database, safe='')}{query}"


class _admin:
    """The administrator's connection, holding the lock under which roles and databases are made."""

    def __init__(self, admin_url: str):
        self.url = admin_url

    def __enter__(self) -> psycopg.Connection:
        self.connection = psycopg.connect(self.url, autocommit=True)
        try:
            version = self.connection.info.server_version // 10000
            if version < FLOOR:
                raise DatabaseRefused(f"PostgreSQL {FLOOR} or later is needed; this server is {version}.")
            self.connection.execute("select pg_advisory_lock(%s)", [LOCK])
        except BaseException:
            self.connection.close()
            raise
        return self.connection

    def __exit__(self, *_) -> None:
        self.connection.close()  # the lock belongs to the session and goes with it


def _create_role(admin: psycopg.Connection, admin_url: str, role: str) -> None:
    found = admin.execute(
        "select rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,"
        " exists (select from pg_auth_members where member = pg_roles.oid)"
        " from pg_roles where rolname = %s",
        [role],
    ).fetchone()
    name = sql.Identifier(role)
    if found is None:
        # The lock is per database, so an administrator of another database may still be faster.
        try:
            admin.execute(
                sql.SQL("create role {} login nosuperuser nobypassrls nocreaterole nocreatedb password {}").format(
                    name, _literal(_password(admin_url, role))
                )
            )
        except (psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
            return _create_role(admin, admin_url, role)
        return None
    can_login, *too_much, member = found
    if not can_login or any(too_much) or (role == "web" and member):
        raise DatabaseRefused(
            f'The role "{role}" exists, but it must be able to log in and have no other power: no SUPERUSER,'
            f" BYPASSRLS, CREATEROLE, CREATEDB or REPLICATION, and no membership in another role."
        )
    if _variable(role):
        admin.execute(sql.SQL("alter role {} password {}").format(name, _literal(_variable(role))))
    return None


def _lend_owner(admin: psycopg.Connection) -> None:
    """Let an administrator who is no superuser act as `owner`, which making its database needs."""
    if not admin.execute("select pg_has_role(current_user, 'owner', 'set')").fetchone()[0]:
        admin.execute("grant owner to current_user with set true")


def _variable(role: str) -> str | None:
    return os.environ.get(f"DATABASE_{role.upper()}_PASSWORD") or None


def _password(admin_url: str, role: str) -> str | None:
    parts = conninfo_to_dict(admin_url)
    if _variable(role) or not parts.get("password"):
        return _variable(role)
    return _derived(parts["password"], role)


@functools.cache
def _derived(secret: str, role: str) -> str:
    """A slow one-way function, so that knowing `web`'s password does not lead to the administrator's."""
    key = hashlib.scrypt(secret.encode(), salt=f"throughline {role}".encode(), n=2**14, r=8, p=1, dklen=24)
    return base64.urlsafe_b64encode(key).decode()


def _literal(password: str | None) -> sql.Composable:
    return sql.SQL("null") if password is None else sql.Literal(password)


def main(arguments: list[str] | None = None) -> None:
    """Make the roles and the database; the command line for a DBA."""
    parser = argparse.ArgumentParser(prog="python -m config.database", description=__doc__.split("\n")[0])
    parser.add_argument("admin_url", metavar="ADMIN_URL", help="postgres://… of an administrator")
    parser.add_argument("name", nargs="?", default="throughline", help="the database (%(default)s)")
    options = parser.parse_args(arguments)
    try:
        on_socket = str(conninfo_to_dict(options.admin_url).get("host", "")).startswith("/")
        if not on_socket and not all(_variable(role) for role in ROLES):
            raise DatabaseRefused("Set DATABASE_OWNER_PASSWORD and DATABASE_WEB_PASSWORD first.")
        create_roles(options.admin_url)
        create_database(options.admin_url, options.name)
    except (DatabaseRefused, psycopg.Error) as error:
        sys.exit(str(error).strip())
    print(f'The database "{options.name}" is ready: migrate as "owner", run everything else as "web".')


if __name__ == "__main__":
    main()
