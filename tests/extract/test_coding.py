"""Codes of actors: country and sector where both are told."""

from __future__ import annotations

import pytest

from onrecord.extract.coding import with_codes
from onrecord.records import Entity, Role, Span


def code(name, kind, *, country=None, role=None, aliases=()):
    text = f"{role or ''} {name}"
    roles = (Role(Span(0, len(role)), None),) if role else ()
    (entity,) = with_codes((Entity("ent-1", name, kind, aliases, roles, country),), text)
    return entity.code


@pytest.mark.parametrize(
    ("expected", "of"),
    [
        ("FRA", {"name": "France", "kind": "country", "country": "FRA"}),
        (None, {"name": "Velmark", "kind": "country"}),
        ("KENGOV", {"name": "Ada Otieno", "kind": "person", "country": "KEN", "role": "Kenyan Interior Minister"}),
        ("PERMIL", {"name": "Luis Prado", "kind": "person", "country": "PER", "role": "Peruvian army spokesman"}),
        ("USAELI", {"name": "Ann Lane", "kind": "person", "country": "USA", "role": "former U.S. Senator"}),
        ("LBYMIL", {"name": "Libyan Air Force", "kind": "organization", "country": "LBY"}),
        ("COLREB", {"name": "Colombian rebels", "kind": "group", "country": "COL"}),
        ("IGO", {"name": "UN", "kind": "organization", "aliases": ("United Nations",)}),
        ("IGO", {"name": "Security Council", "kind": "organization"}),
        ("USAGOV", {"name": "National Security Council", "kind": "organization", "country": "USA"}),
        ("NGO", {"name": "Red Cross", "kind": "organization"}),
        (None, {"name": "Ada Otieno", "kind": "person", "role": "Interior Minister"}),
        (None, {"name": "Ada Otieno", "kind": "person", "country": "KEN"}),
        (None, {"name": "Ann Bishop", "kind": "person", "country": "USA"}),
        (None, {"name": "Nairobi", "kind": "place", "country": "KEN"}),
    ],
)
def test_a_code_needs_country_and_sector(expected, of):
    assert code(**of) == expected
