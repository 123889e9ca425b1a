import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import NotTextError
from onrecord.sources import decode, unify_newlines

PROSE = "The mayor’s café reopened – “at last”, Zoë said.\nIt had been shut.\n"
printable = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_usual_encodings_are_told_without_being_named(encoding):
    assert decode(PROSE.encode(encoding), "x") == PROSE


def test_utf_16_without_mark_is_told_in_other_scripts_too():
    text = "Мэр сказал, что мост закрыт.\nОн не открыт и сегодня.\n"
    assert decode(text.encode("utf-16-le"), "x") == text
    assert decode(text.encode("utf-16-be"), "x") == text


def test_a_declared_charset_is_believed_before_cp1252():
    text = "Starosta řekl, že most je zavřený."
    assert decode(text.encode("iso8859_2"), "x", declared="iso-8859-2") == text
    assert decode(b"plain caf\xe9", "x", declared="no-such-charset") == "plain café"


@pytest.mark.parametrize("declared", ["iso-8859-1", "ISO8859-1", "latin-1", "Latin1", "us-ascii", "windows-1252"])
def test_latin_1_is_read_as_browsers_read_it(declared):
    assert decode(PROSE.encode("cp1252"), "x", declared=declared) == PROSE


def test_undefined_bytes_of_a_western_charset_are_replaced():
    text = "“It is so”, the mayor of İzmir said."
    assert decode(text.encode("cp1254") + b"\x9d", "x", declared="iso-8859-9") == text + "\ufffd"
    assert decode(b"a plain sentence of some length with one \x81 in it", "x").count("\ufffd") == 1
    assert decode(PROSE.encode("cp1252") + b"\x81", "x", declared="latin-1") == PROSE + "\ufffd"


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("declared", [None, "iso-8859-1", "utf-8"])
def test_utf_8_with_a_broken_byte_or_a_cut_end_is_utf_8(mark, declared):
    data = PROSE.encode()
    assert decode(mark + data + b"caf\xe9 again", "x", declared=declared) == PROSE + "caf\ufffd again"
    assert decode(mark + data + "’".encode()[:2], "x", declared=declared) == PROSE + "\ufffd"
    assert decode(mark + "It’s caf".encode() + b"\xe9", "x", declared=declared) == "It’s caf\ufffd"
    russian = "Мэр сказал, что мост закрыт.\n".encode()
    assert decode(mark + russian * 3 + russian[:-4], "x", declared=declared).startswith("Мэр сказал")


@pytest.mark.parametrize("text", ["“café” Lane said", "“CAFÉ” Lane said", "« Été » – groß”", "naïve", "Zoë’s"])
def test_a_short_western_text_is_not_taken_for_another_script_or_utf_8(text):
    assert decode(text.encode("cp1252"), "x") == text


@pytest.mark.parametrize("declared", ["undefined", "utf-16", "UTF-16LE", "utf_16", "utf-32", "utf-7", "unicode_escape",
                                      "idna", "punycode", "hex", "rot13", "\x00", "é", ""])  # fmt: skip
def test_a_charset_that_cannot_be_meant_is_passed_over(declared):
    assert decode(PROSE.encode("cp1252"), "x", declared=declared) == PROSE


def test_a_text_that_was_encoded_twice_is_a_text():
    text = "â€œNo,â€\x9d Zoë said. â€œNever.â€\x9d\n" * 9
    assert decode(text.encode(), "x") == text


def test_bytes_mostly_above_ascii_are_looked_at_more_closely():
    text = "Мэр города сказал во вторник, что мост будет закрыт на две недели, пока его чинят водолазы. " * 5
    assert decode(text.encode("cp1251"), "x") == text


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"BZh91AY&SY\x00\x01", "bzip2"),
        (b"\xfd7zXZ\x00\x00", "xz"),
        (b"\x28\xb5\x2f\xfd\x04\x00", "zstd"),
        (b"PAR1\x15\x04\x15", "Parquet table, which `onrecord bulk` reads, not text"),
        (bytes(range(256)) * 4, "binary"),
        (b"plain text with one \x00 zero byte in it", "binary"),
        (b"\x01\x02\x03\x04 control \x05\x06", "binary"),
        (codecs.BOM_UTF16_LE + b"a", "broken at byte 0"),
        (codecs.BOM_UTF8 + b"\xff\xfe\xfd", "broken"),
        (b"a plain sentence of some length with \x81\x8d\x90 in it", "no encoding"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data, why):
    with pytest.raises(NotTextError, match=why) as caught:
        decode(data, "some.txt")
    assert caught.value.origin == "some.txt"


def test_newlines_are_unified_and_nothing_else_is_touched():
    assert unify_newlines("a\r\nb\rc\n\r\n d \t") == "a\nb\nc\n\n d \t"
    assert decode(b"  a \xc2\xa0\r\n\r\n\tb  ", "x") == "  a \xa0\n\n\tb  "


@given(printable)
def test_utf_8_is_kept_to_the_character(text):
    data = text.encode("utf-8")
    if not data.startswith((b"%PDF-", b"GIF8", b"{\\rtf")) and not text.startswith("\ufeff"):
        try:
            assert decode(data, "x") == text
        except NotTextError:
            assert any(c in text for c in "\ufffe\uffff")


@given(st.binary(max_size=200), st.none() | st.text(max_size=12))
def test_any_bytes_give_a_text_or_a_clear_refusal(data, declared):
    try:
        decode(data, "x", declared=declared).encode("utf-8")
    except NotTextError as error:
        assert error.reason
