"""The store's file itself, opened by others."""

from __future__ import annotations

import asyncio
import sqlite3

import pytest
from tests.export import cases


@pytest.mark.filterwarnings("ignore")
def test_datasette_opens_the_file(db):
    """Its tables, views without joins, and its full-text search."""
    from datasette.app import Datasette

    async def ask(*paths):
        datasette = Datasette([], immutables=[str(db)])
        await datasette.invoke_startup()
        answers = [await datasette.client.get(f"/news/{path}") for path in paths]
        assert [answer.status_code for answer in answers] == [200] * len(paths)
        return [answer.json() for answer in answers]

    said, one, events, found = asyncio.run(
        ask(
            "v_statements.json?_shape=array&_size=max",
            "v_statements.json?_shape=array&outlet=The+Varda+Gazette&act=accuse",
            "v_events.json?_shape=array&type=ASSAULT",
            "articles.json?_shape=array&_search=aircraft&_fts_table=articles_fts&_fts_pk=n",
        )
    )
    assert len(said) > 200
    assert {row["speaker"] for row in one} == {"Siv Rondal"}
    assert {row["trigger"] for row in events} >= {"struck"}
    assert {row["source_id"] for row in found} == {"siege", "siege-2", "killed", "copy"}


def test_plain_sqlite_reads_the_views_without_joins(db):
    connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    sql = "SELECT speaker, act, target FROM v_statements WHERE outlet = ? AND standing = 'current' ORDER BY act"
    assert [row[1] for row in connection.execute(sql, (cases.OUTLET,))] == ["accuse", "deny", "promise", "state"]
    connection.close()
