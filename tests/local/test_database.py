"""The two roles: neither can do more than it should, on whatever server they are made."""

import secrets
from concurrent.futures import ThreadPoolExecutor

import environ
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from config import database
from config.database import DatabaseRefused
from local.servers import Postgres, _free_port, throw_away_servers


@pytest.fixture(autouse=True)
def no_passwords(monkeypatch):
    for role in ("OWNER", "WEB"):
        monkeypatch.delenv(f"DATABASE_{role}_PASSWORD", raising=False)


@pytest.fixture(scope="module")
def server():
    """A server of our own, since roles belong to a whole server."""
    with throw_away_servers(valkey=False) as made:
        yield made.postgres


@pytest.fixture
def admin(server):
    """The administrator's URL on a server that has never heard of our roles."""
    with psycopg.connect(server.url, autocommit=True) as connection:
        for (name,) in connection.execute("select datname from pg_database where datname ~ '^t_'"):
            connection.execute(f'drop database "{name}" with (force)')
        for role in ("owner", "web", "dba"):
            connection.execute(f"drop role if exists {role}")
    return server.url


def run(url, statement):
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else None


def make(admin, name="t_one"):
    database.create_roles(admin)
    database.create_database(admin, name)
    return tuple(database.url_for(admin, role, name) for role in ("owner", "web"))


def test_owner_makes_tables_and_web_uses_what_it_is_given(admin):
    owner, web = make(admin)
    run(owner, "create table fact (id int); grant select on fact to web")
    run(owner, "create extension btree_gist")
    assert run(web, "select * from fact") == []
    for forbidden in (
        "delete from fact",
        "create table mine (id int)",
        "create temp table mine (id int)",
        "create schema mine",
        "set role owner",
        "set session authorization postgres",
        "copy (select 1) to program 'true'",
        "alter role web superuser",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            run(web, forbidden)


def test_nobody_else_may_connect(admin):
    make(admin)
    run(admin, "create role dba login")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        run(database.url_for(admin, "dba", "t_one"), "select 1")


def test_again_changes_nothing_and_replace_begins_anew(admin):
    owner, _ = make(admin)
    run(owner, "create table kept (id int)")
    make(admin)
    assert run(owner, "select to_regclass('kept')::text") == [("kept",)]
    database.create_database(admin, "t_one", replace=True)
    assert run(owner, "select to_regclass('kept')::text") == [(None,)]


def test_many_at_once(admin):
    with ThreadPoolExecutor(6) as pool:
        urls = list(pool.map(lambda number: make(admin, f"t_{number % 3}"), range(6)))
    assert all(run(web, "select 1") for _, web in urls)


def test_a_role_with_too_much_power_is_refused_and_left_alone(admin):
    for power in ("login superuser", "login bypassrls", "login createrole", "login createdb", "nologin"):
        run(admin, f"create role web {power}")
        with pytest.raises(DatabaseRefused, match='role "web" exists'):
            database.create_roles(admin)
        run(admin, "drop role web")
    run(admin, "create role web login in role pg_read_all_data")
    with pytest.raises(DatabaseRefused, match="no membership"):
        database.create_roles(admin)


def test_a_database_of_somebody_else_is_refused(admin):
    run(admin, "create database t_one")
    with pytest.raises(DatabaseRefused, match='belongs to "postgres"'):
        make(admin)


def test_an_administrator_who_is_no_superuser_is_enough(admin):
    run(admin, "create role dba login createrole createdb")
    owner, web = make(database.url_for(admin, "dba", "postgres"))
    run(owner, "create table fact (id int)")
    assert run(web, "select current_user::text") == [("web",)]


@pytest.mark.parametrize(
    "place", ["@/postgres?host=/tmp/some%20where", ":p%40ss@db.example.org:5433/postgres?sslmode=require"]
)
def test_urls_mean_the_same_to_django_and_to_libpq(place, monkeypatch):
    monkeypatch.setenv("DATABASE_WEB_PASSWORD", "a/b:c@d?e#f%")
    admin = f"postgres://admin{place}"
    url = database.url_for(admin, "web", "my db")
    seen = environ.Env.db_url_config(url)
    assert (seen["USER"], seen["NAME"], seen["PASSWORD"]) == ("web", "my db", "a/b:c@d?e#f%")
    expected = conninfo_to_dict(admin) | {"user": "web", "dbname": "my db", "password": "a/b:c@d?e#f%"}
    assert conninfo_to_dict(url) == expected
    options = seen.get("OPTIONS", {})
    assert (seen["HOST"] or options["host"]) == expected["host"]
    assert options.get("sslmode") == expected.get("sslmode")


def test_command_line(admin, capsys):
    database.main([admin, "t_one"])
    assert 'database "t_one" is ready' in capsys.readouterr().out
    with pytest.raises(SystemExit, match="Set DATABASE_OWNER_PASSWORD"):
        database.main(["postgres://admin:secret@127.0.0.1:1/postgres"])


class TcpPostgres(Postgres):
    """A server that wants passwords, like a real one."""

    port = 0

    @property
    def url(self):
        return f"{super().url}&port={self.port}"

    def command(self):
        settings = ("listen_addresses=127.0.0.1", f"port={self.port}", f"hba_file={self.folder}/hba.conf")
        return [*super().command(), *(word for setting in settings for word in ("-c", setting))]


@pytest.fixture
def tcp():
    """The administrator's URL on such a server."""
    with throw_away_servers(valkey=False) as made:
        made.postgres.stop()
        server = TcpPostgres(made.postgres.folder, durable=False)
        server.port = _free_port()
        hba = server.folder / "hba.conf"
        hba.write_text("local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
        hba.chmod(0o644)
        server.start()
        password = secrets.token_urlsafe(12)
        run(server.url, f"alter role postgres password '{password}'")
        try:
            yield f"postgres://postgres:{password}@127.0.0.1:{server.port}/postgres"
        finally:
            server.kill()


def test_passwords_on_a_real_server(tcp, monkeypatch):
    owner, web = make(tcp)  # derived: every process that knows the administrator's knows them
    assert run(web, "select 1") == [(1,)]
    assert len({conninfo_to_dict(url)["password"] for url in (tcp, owner, web)}) == 3

    monkeypatch.setenv("DATABASE_WEB_PASSWORD", "given by a person")
    _, given = make(tcp)
    assert run(given, "select 1") == [(1,)]

    monkeypatch.delenv("DATABASE_WEB_PASSWORD")
    make(tcp)  # does not take the person's password away
    assert run(given, "select 1") == [(1,)]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        run(web, "select 1")
