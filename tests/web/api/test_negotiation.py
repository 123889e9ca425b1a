from __future__ import annotations

import pytest

from onrecord.web.api.negotiation import ANNOTATION, HTML, JSON, JSON_LD, preferred

OFFERS = (HTML, JSON, JSON_LD, ANNOTATION)
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, HTML),
        ("", HTML),
        ("*/*", HTML),
        (FIREFOX, HTML),
        ("application/json", JSON),
        ("application/json, text/html;q=0.5", JSON),
        ("application/json;q=0.4, text/html;q=0.5", HTML),
        ("application/ld+json", JSON_LD),
        (ANNOTATION, ANNOTATION),
        ('application/ld+json;profile="http://other.example http://www.w3.org/ns/anno.jsonld"', ANNOTATION),
        ('application/ld+json;profile="http://other.example"', None),
        ("application/*", JSON),
        ("application/*, application/json;q=0", JSON_LD),
        ("text/*", HTML),
        ("image/png", None),
        ("image/png, */*;q=0.1", HTML),
        ("TEXT/HTML", HTML),
        ("application/json;q=high", None),
        (",;,/,;q=1,\x7f", None),
        ("a/b," * 100_000, None),
    ],
)
def test_what_a_client_would_rather_have(accept, form):
    assert preferred(accept, OFFERS) == form
