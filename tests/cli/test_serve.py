"""``onrecord serve``: what keeps it from serving is told like all errors."""

from __future__ import annotations

import socket

import pytest

from onrecord.store import Store, Writer


@pytest.fixture
def db(tmp_path):
    path = tmp_path / "record.db"
    with Store.open(path, write=True) as store, Writer(store):
        pass
    return path


def test_a_port_that_is_taken_is_told_with_what_to_do(run, db):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = run("serve", "--db", db, "--port", str(port))
    assert result.exit_code == 1
    assert result.stderr == (
        f"onrecord: 127.0.0.1 port {port}: another program listens there; --port 0 takes a port that is free\n"
    )


def test_an_address_that_is_not_this_machines_is_told(run, db):
    result = run("serve", "--db", db, "--host", "192.0.2.1", "--port", "0")
    assert result.exit_code == 1
    assert result.stderr.startswith("onrecord: 192.0.2.1 port 0: ")
