use super::*;
use crate::diagnostic::Diagnostics;
use crate::report::sample;

fn html(reveal: bool, report: &Report) -> String {
    let bytes = Html { reveal }.export(report).expect("every report can be written");
    String::from_utf8(bytes).expect("a page is UTF-8")
}

/// Without its style, which holds no text of anybody's.
fn body(page: &str) -> &str {
    page.split_once("</style>").expect("a page has a style").1
}

/// How often a part stands in the page.
fn count(page: &str, part: &str) -> usize {
    page.matches(part).count()
}

#[test]
fn every_exercise_has_its_score_and_its_cases() {
    let page = html(false, &sample::half_done());
    assert!(page.contains("<title>39.5/140, exercises: Python Basics with NumPy, in Rust</title>"));
    assert!(page.contains("<strong>39.5</strong> of 140 points"));
    assert!(page.contains("28.21 %"));
    assert!(page.contains("3 of 14 exercises passed"));
    assert_eq!(count(&page, "<article "), 14);
    for part in [
        "graded on the reference sigmoid, since yours does not compile",
        "error[E0308]: mismatched types",
        "shape (18, 1)",
        "norms = [5, 7.483314773547883]",
        "Left out: my softmax.rs (its name is not that of a module).",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn a_page_needs_nothing_else() {
    let page = html(true, &sample::half_done());
    for part in ["<script", "<link", "<img", "<iframe", "http://", "https://", "url(", "@import"] {
        assert!(!page.contains(part), "{part}");
    }
    assert!(page.contains("default-src 'none'; style-src 'unsafe-inline'"));
}

#[test]
fn the_same_report_is_the_same_page() {
    assert_eq!(html(false, &sample::half_done()), html(false, &sample::half_done()));
}

#[test]
fn wrong_elements_are_marked_by_the_size_of_their_error() {
    let page = html(false, &sample::only([sample::softmax()]));
    assert!(page.contains("<td class=\"wrong largest\">1.15326632e-01</td>"), "{page}");
    assert!(page.contains("<td class=\"wrong slight\">"));
    assert!(page.contains("<td class=\"wrong endless\">nan</td>"));
}

#[test]
fn a_large_matrix_is_a_heat_map_and_a_window() {
    let page = html(false, &sample::only([sample::large_outer()]));
    assert_eq!(count(&page, "Heat map of the error"), 1);
    assert!(page.contains("of 240 elements of a matrix of 12 rows and 20 columns are wrong."));
    assert!(page.contains("<th scope=\"col\">…</th>"));
}

#[test]
fn hidden_cases_are_only_counted() {
    let page = html(false, &sample::with_hidden_cases());
    assert!(!page.contains("secret"));
    assert!(page.contains("1 of 2 hidden cases passed"));
    assert!(page.contains("6.67/10"));
}

#[test]
fn hidden_cases_are_like_others_when_revealed() {
    let page = html(true, &sample::with_hidden_cases());
    for name in ["the secret row", "the secret column", "secret sum = 4"] {
        assert!(page.contains(name), "{name}");
    }
    assert!(!page.contains("hidden cases passed"));
}

#[test]
fn text_of_others_stays_text() {
    let markup = "</pre></style><script>alert(1)</script><b onclick='x'>\"&amp;{{ 7 * 7 }}";
    let mut report = sample::hostile();
    report.course.title = markup.into();
    report.submission.title = markup.into();
    report.left_out.push((markup.into(), markup.into()));
    report.sections[0].title = markup.into();
    for exercise in &mut report.sections[0].exercises {
        exercise.title = markup.into();
        exercise.path = markup.into();
        exercise.diagnostics = Diagnostics::nowhere(markup);
        for case in &mut exercise.cases {
            case.name = markup.into();
            case.message = markup.into();
            case.output = markup.into();
            case.feedback = Some(markup.into());
            case.source = Some(markup.into());
        }
    }
    let page = html(true, &report);
    assert_eq!(text::plain(&page), page);
    assert_eq!(count(&page, "<script") + count(&page, "<b "), 0);
    assert_eq!(count(&page, "</style>"), 1);
    assert!(body(&page).contains("&lt;script&gt;alert(1)"));
    assert!(body(&page).contains("&amp;amp;{{ 7 * 7 }}"));
}
