"""Markdown, as GitHub shows it: CommonMark with tables and links made of bare addresses."""

import re
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from reading import Reading, Refused

# What a step may append to its summary.
LARGEST_SUMMARY = 1 << 20
# The tags that a report folds its parts with. They take no attribute.
TAGS = {"details", "summary", "br"}
# Outside of code GitHub sends a message to whoever is named so, and makes this a link.
ALIVE = re.compile(r"(?<![\w`])(?:@[A-Za-z0-9]|www\.\w)")

PARSER = MarkdownIt("commonmark", {"linkify": True}).enable(["table", "strikethrough", "linkify"])
# GitHub makes no link of a bare address without its scheme.
PARSER.linkify.set({"fuzzy_link": False})


def read(path):
    return read_text(path.read_bytes().decode("utf-8"))


def read_summary(path):
    data = path.read_bytes()
    if len(data) >= LARGEST_SUMMARY:
        raise Refused(f"{len(data)} bytes, and GitHub drops a summary of 1 MiB")
    return read_text(data.decode("utf-8"))


def read_text(text):
    """What a reader sees, and what is markup."""
    reading = Reading()
    reading.expect(text.strip(), "nothing is in it")
    html = Html(reading)
    parent = None
    for token in PARSER.parse(text):
        match token.type:
            case "inline":
                inline(reading, html, token.children)
                if parent == "heading_open":
                    reading.markup.append(token.content)
            case "fence" | "code_block":
                reading.shown.append(token.content)
                reading.markup.append(token.info)
            case "html_block":
                html.feed(token.content)
        parent = token.type
    html.finish()
    return reading


def inline(reading, html, tokens):
    shown = ""
    for token in tokens:
        match token.type:
            case "text":
                shown += token.content
                alive = ALIVE.search(token.content)
                reading.expect(not alive, f"a mention or address: {token.content[:80]!r}")
            case "code_inline":
                shown += token.content
            case "softbreak" | "hardbreak":
                shown += "\n"
            case "html_inline":
                html.feed(token.content)
            case "link_open":
                link(reading, token)
            case "image":
                reading.problems.append(f"an image: {token.attrGet('src')!r}")
    reading.shown.append(shown)


def link(reading, token):
    target = str(token.attrGet("href"))
    reading.markup.append(target)
    is_own = not token.markup and not re.match(r"[\w+.-]+:|//", target)
    reading.expect(is_own, f"a link that leads out of the repository: {target!r}")


class Html(HTMLParser):
    """The few tags that a report may have, each of which is closed."""

    def __init__(self, reading):
        super().__init__(convert_charrefs=True)
        self.reading = reading
        self.open = []

    def handle_starttag(self, tag, attributes):
        self.reading.expect(tag in TAGS and not attributes, f"HTML: {self.get_starttag_text()!r}")
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        is_open = self.open and self.open.pop() == tag
        self.reading.expect(is_open, f"HTML: </{tag}> closes nothing")

    def handle_data(self, data):
        self.reading.shown.append(data)

    def other(self, text):
        self.reading.problems.append(f"HTML that is no tag: {text[:80]!r}")

    handle_comment = handle_decl = handle_pi = unknown_decl = other

    def finish(self):
        self.close()
        self.reading.expect(not self.open, f"HTML: {self.open} stays open")
