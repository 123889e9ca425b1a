"""Documents made into articles: clean text, and where headline, paragraphs, sentences and furniture lie in it."""

from onrecord.articles.building import READ_LANGUAGE, build_article, reconsidered

__all__ = ["READ_LANGUAGE", "build_article", "reconsidered"]
