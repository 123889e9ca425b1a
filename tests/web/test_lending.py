"""The store is lent as it lies there, whatever took its place meanwhile."""

from __future__ import annotations

import os
import shutil

from onrecord.store import Store, Writer
from onrecord.web.lending import LibraryPool


def articles(library) -> int:
    ((count,),) = library.connection.execute("SELECT count(*) FROM articles").fetchall()
    return count


def test_a_store_that_is_replaced_while_it_is_lent_is_shown_no_more(hostile_db, tmp_path):
    db, other = tmp_path / "news.db", tmp_path / "other.db"
    shutil.copy(hostile_db, db)
    with Store.open(other, write=True) as store, Writer(store):
        pass
    libraries = LibraryPool(db)
    with libraries.lent() as before:
        assert articles(before)
        os.replace(other, db)
        with libraries.lent() as after:  # somebody else, who sees that another file lies there
            assert articles(after) == 0
    with libraries.lent() as first, libraries.lent() as second:
        assert (articles(first), articles(second)) == (0, 0)
        assert before not in (first, second)
    libraries.close()
