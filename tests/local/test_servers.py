"""The embedded servers: private, quick, and not confused by crashes."""

import os
import shutil
import socket
import stat
import tempfile
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from local import servers
from local.parts import PartFailed
from local.servers import Postgres, Valkey, throw_away_servers


@pytest.fixture
def folder():
    """A folder that both we and, when we are root, the servers' user can enter."""
    parent = tempfile.gettempdir() if os.geteuid() else servers._root_state()
    path = Path(tempfile.mkdtemp(prefix=f"throughline-test-{os.getpid()}-", dir=parent))
    yield path
    for part in (Valkey(path), Postgres(path)):
        part.kill()
    shutil.rmtree(path)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def one(url, query):
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchone()[0]


def test_postgres_keeps_its_data_over_a_stop_and_a_crash(folder):
    postgres = Postgres(folder)
    postgres.start()
    assert one(postgres.url, "show fsync") == "on"
    with psycopg.connect(postgres.url) as connection:
        connection.execute("create table kept as select 1 as one")
    postgres.stop()
    assert not postgres.running()
    postgres.start()
    postgres.kill()
    assert not postgres.running()
    postgres.start()
    assert one(postgres.url, "select one from kept") == 1
    pid = postgres.pid
    postgres.start()  # nothing to do
    assert postgres.pid == pid
    postgres.stop()


def test_postgres_can_be_reached_by_its_user_only(folder):
    postgres = Postgres(folder, durable=False)
    postgres.start()
    assert one(postgres.url, "show listen_addresses") == ""
    assert {mode(path) for path in (folder, postgres.data, postgres.socket_folder)} == {0o700}
    assert {connection.status for connection in psutil.Process(postgres.pid).net_connections("inet")} == set()


def test_a_long_or_odd_path_gets_a_short_private_socket(folder):
    deep = folder / ("a" * 100) / "with space, 'quote' and $"
    deep.mkdir(parents=True)
    if not os.geteuid():
        os.chown(deep.parent, servers._account().uid, -1)
        os.chown(deep, servers._account().uid, -1)
        os.chown(folder, servers._account().uid, -1)
    postgres = Postgres(deep, durable=False)
    try:
        postgres.start()
        assert len(str(postgres.socket_folder)) < 90
        assert mode(postgres.socket_folder) == 0o700
        assert one(postgres.url, "select 1") == 1
    finally:
        postgres.stop()
    assert not postgres.socket_folder.exists()


def test_lock_files_of_a_crash_do_not_stop_the_next_start(folder):
    postgres = Postgres(folder, durable=False)
    postgres.start()
    lock = (postgres.data / "postmaster.pid").read_text().split("\n", 1)[1]
    postgres.kill()
    (postgres.data / "postmaster.pid").write_text(f"{os.getppid()}\n{lock}")  # alive, but no server
    postgres.pid_file.write_text(str(os.getppid()))
    os.utime(postgres.pid_file, (1, 1))
    assert not postgres.running()
    postgres.start()
    assert one(postgres.url, "select 1") == 1


def test_an_interrupted_first_start_leaves_nothing_half_done(folder):
    (folder / "postgres.new").mkdir()
    (folder / "postgres.new" / "PG_VERSION").write_text("18\n")
    postgres = Postgres(folder, durable=False)
    postgres.start()
    assert one(postgres.url, "select 1") == 1


def test_valkey_wants_its_password_and_hides_it(folder):
    valkey = Valkey(folder)
    valkey.start()
    with pytest.raises(redis.AuthenticationError), redis.Redis(port=valkey.port) as client:
        client.ping()
    password = valkey.url.split(":")[2].split("@")[0]
    assert len(password) >= 32
    assert not any(password in word for word in psutil.Process(valkey.pid).cmdline())
    assert mode(valkey.settings) == 0o600


def test_valkey_keeps_its_address_unless_somebody_has_taken_it(folder):
    valkey = Valkey(folder)
    valkey.start()
    first = valkey.url
    valkey.kill()
    valkey.start()
    assert valkey.url == first
    port = valkey.port
    valkey.stop()
    with socket.create_server(("127.0.0.1", port)):
        valkey.start()
        assert valkey.port != port


def test_throw_away_servers_leave_nothing():
    with pytest.raises(ZeroDivisionError), throw_away_servers() as made:
        folder, pids = made.postgres.folder, [made.postgres.pid, made.valkey.pid]
        assert one(made.postgres.url, "show fsync") == "off"
        raise ZeroDivisionError
    assert not folder.exists()
    assert not any(servers.psutil.pid_exists(pid) for pid in pids)


def test_the_folder_of_a_killed_test_run_is_removed_by_the_next(folder):
    dead = psutil.Popen(["true"])
    dead.wait()
    old = folder.parent / f"throughline-test-{dead.pid}-old"
    old.mkdir()
    with throw_away_servers(postgres=False):
        assert not old.exists()


def test_somebody_elses_folder_is_refused(tmp_path):
    (tmp_path / "real").mkdir(mode=0o755)
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    with pytest.raises(PartFailed, match="belongs to somebody else"):
        servers.private_folder(link)
    assert mode(tmp_path / "real") == 0o755


def test_what_did_not_start_says_why(folder):
    postgres = Postgres(folder, durable=False)
    postgres.start()
    postgres.stop()
    (postgres.data / "postgresql.conf").write_text("nonsense = 1\n")
    with pytest.raises(PartFailed, match="unrecognized configuration parameter"):
        postgres.start()
    assert not postgres.running()
