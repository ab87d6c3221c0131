"""The HTML page, without a browser: `grader/tests/html/check.mjs` opens it in one."""

from html.parser import HTMLParser

from reading import Reading


def read(path):
    page = Page()
    page.feed(path.read_bytes().decode("utf-8"))
    page.close()
    return page.reading


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.reading = Reading()

    def handle_starttag(self, tag, attributes):
        self.reading.expect(tag not in ("script", "img", "iframe", "link"), f"a tag <{tag}>")
        for name, value in attributes:
            self.reading.expect(not name.startswith("on"), f"an attribute {name}")
            self.reading.markup += [name, value or ""]

    def handle_data(self, data):
        self.reading.shown.append(data)
