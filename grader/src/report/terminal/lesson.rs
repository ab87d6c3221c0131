//! A lesson on the terminal: its Markdown, as far as lessons use it.

use super::Terminal;
use super::printer::{Printer, Style};
use crate::report::text;

/// What stands before an item of a list.
const ITEM: &str = "- ";

impl Terminal {
    /// A lesson, ready to be read: headings stand out, paragraphs fill the lines and code is
    /// indented.
    #[must_use]
    pub fn lesson(&self, markdown: &str) -> String {
        let mut printer = Printer::new(self);
        let mut paragraph = String::new();
        let mut in_code = false;
        for line in text::plain(markdown).lines() {
            let fence = line.trim_start().starts_with("```");
            let ends = fence || in_code || line.trim().is_empty();
            if ends || line.starts_with('#') || line.starts_with(ITEM) {
                end(&mut printer, &mut paragraph);
            }
            if fence {
                in_code = !in_code;
                printer.blank();
            } else if in_code {
                let line = printer.paint(Style::Accent, line);
                printer.line(&format!("    {line}"));
            } else if line.trim().is_empty() {
                printer.blank();
            } else if line.starts_with('#') {
                printer.blank();
                printer.text(0, Style::Strong, line.trim_start_matches('#').trim());
                printer.blank();
            } else {
                paragraph.push_str(line);
                paragraph.push(' ');
            }
        }
        end(&mut printer, &mut paragraph);
        String::from_utf8_lossy(&printer.finish()).into_owned()
    }
}

/// Prints a paragraph or an item of a list, if there is one.
fn end(printer: &mut Printer, paragraph: &mut String) {
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    // Bold type would be lost where the line breaks.
    let words = words.join(" ").replace("**", "");
    match words.strip_prefix(ITEM) {
        Some(item) => printer.hanging(0, (ITEM, Style::Plain), (item, Style::Plain)),
        None if !words.is_empty() => printer.text(0, Style::Plain, &words),
        None => {}
    }
    paragraph.clear();
}

#[cfg(test)]
mod tests {
    use crate::report::{Terminal, Verbosity};

    #[test]
    fn a_lesson_fills_the_lines_and_keeps_its_code() {
        let terminal = Terminal {
            width: 44,
            color: false,
            unicode: true,
            verbosity: Verbosity::Normal,
            reveal: false,
            partial: false,
            options: String::new(),
        };
        let markdown = "# Softmax\n\nThe sigmoid answers yes or no.\nWith more than two classes you \
             want more.\n```text\n  eˣ\n ─── # no heading\n```\n## Traps\n- Each row is a distribution \
             of its\n  own.\n- Keep `keepdims`.\n\nThe end.\u{1b}[2J\n";
        insta::assert_snapshot!(terminal.lesson(markdown), @"
        Softmax

        The sigmoid answers yes or no. With more
        than two classes you want more.

              eˣ
             ─── # no heading

        Traps

        - Each row is a distribution of its own.
        - Keep `keepdims`.

        The end.
        ");
    }
}
