"""The table of small words, at which rules stop or which they pass over: prepositions, pronouns, auxiliaries and the like."""

from onrecord.codebook.reading import in_columns


def small_words(*columns: str) -> frozenset[str]:
    """The words in any of the columns that small.toml explains. Raises KeyError for another column."""
    return in_columns("small", columns)
