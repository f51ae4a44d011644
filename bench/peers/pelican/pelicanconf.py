"""Pelican's own plain theme, with its feeds, tags, categories, authors and years."""

SITENAME = "Bench"
SITEURL = "https://bench.example"
PATH = "content"
TIMEZONE = "Europe/Copenhagen"
DEFAULT_LANG = "da"
THEME = "simple"
FEED_ALL_ATOM = "feed.xml"
CATEGORY_FEED_ATOM = "feeds/{slug}.atom.xml"
TAG_FEED_ATOM = "feeds/tag-{slug}.atom.xml"
FEED_MAX_ITEMS = 30
DEFAULT_PAGINATION = 24
SLUGIFY_SOURCE = "basename"
AUTHOR_FEED_ATOM = "feeds/author-{slug}.atom.xml"
YEAR_ARCHIVE_SAVE_AS = "archive/{date:%Y}/index.html"
# The second page of skribent-1 would else be skribent-12's.
PAGINATION_PATTERNS = [
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/side/{number}/", "{base_name}/side/{number}/index.html"),
]
