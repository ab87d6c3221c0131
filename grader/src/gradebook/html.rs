//! The gradebook as one page for the instructor's browser: nothing is fetched, nothing is run.

use serde::Serialize;

use super::tally::{mean, median, percents};
use super::{Gradebook, Status, Student};
use crate::report::json::Number;
use crate::report::{lay_out, plural};
use crate::similar::{GUARANTEED, Pair, Similar};

/// How many students the heat map shows; a browser has trouble with many more.
const ROWS: usize = 1000;

/// How many of the slowest submissions, of mistakes, of submissions that died or are not graded are
/// listed.
const SLOWEST: usize = 10;
const LISTED: usize = 200;

/// How many regions of a similar pair are shown.
const REGIONS: usize = 10;

/// The templates of this page.
const TEMPLATES: [(&str, &str); 4] = [
    ("gradebook", include_str!("html/gradebook.html")),
    ("person", include_str!("html/person.html")),
    ("similar", include_str!("html/similar.html")),
    ("gradebook_style", include_str!("html/gradebook.css")),
];

/// The gradebook as one self-contained page. It is meant to lie in the folder of results: it links
/// the students' pages there.
///
/// # Errors
///
/// If a template is wrong.
pub fn html(gradebook: &Gradebook) -> anyhow::Result<Vec<u8>> {
    lay_out(&TEMPLATES, "gradebook", Page::of(gradebook))
}

/// All that stands on the page.
#[derive(Serialize)]
struct Page<'a> {
    title: &'a str,
    points: Number,
    counts: Vec<String>,
    mean: Option<Number>,
    median: Option<Number>,
    gaps: &'a [String],
    bins: Vec<Bin>,
    exercises: Vec<Exercise<'a>>,
    mistakes: Vec<&'a super::Mistake>,
    mistakes_left: Option<String>,
    slowest: Vec<Slow<'a>>,
    deaths: Vec<Dead<'a>>,
    deaths_left: Option<String>,
    rows: Vec<Row<'a>>,
    rows_left: Option<String>,
    ungraded: Vec<Ungraded<'a>>,
    ungraded_left: Option<String>,
    unmatched: &'a [super::Unmatched],
    similar: Option<Alike<'a>>,
}

/// Scores that are near each other.
#[derive(Serialize)]
struct Bin {
    range: String,
    count: usize,
    share: String,
}

/// An exercise, and how the class fared with it.
#[derive(Serialize)]
struct Exercise<'a> {
    name: &'a str,
    title: &'a str,
    points: Number,
    passed: usize,
    graded: usize,
    share: String,
    mean: Option<Number>,
}

/// Who it is, with the page if there is one.
#[derive(Serialize)]
struct Who<'a> {
    name: &'a str,
    submission: Option<&'a str>,
    link: Option<String>,
}

/// A submission that took long.
#[derive(Serialize)]
struct Slow<'a> {
    who: Who<'a>,
    seconds: String,
}

/// Exercises of a submission that ended before their time.
#[derive(Serialize)]
struct Dead<'a> {
    who: Who<'a>,
    death: &'a super::Death,
}

/// A student in the heat map.
#[derive(Serialize)]
struct Row<'a> {
    who: Who<'a>,
    score: Option<Number>,
    percent: Option<Number>,
    status: &'static str,
    cells: Vec<Cell>,
}

/// An exercise of a student in the heat map.
#[derive(Serialize)]
struct Cell {
    score: Number,
    /// How much of the points it is, from 0 to 4.
    level: u8,
    /// What stands beside the score, and what it means.
    sign: Option<(&'static str, &'static str)>,
}

/// A student without a score of the grader's.
#[derive(Serialize)]
struct Ungraded<'a> {
    who: Who<'a>,
    status: &'static str,
    reason: Option<&'a str>,
}

/// The similar submissions.
#[derive(Serialize)]
struct Alike<'a> {
    compared: String,
    found: String,
    listed: Option<String>,
    guaranteed: usize,
    left_out: &'a [crate::similar::LeftOut],
    pairs: Vec<Both<'a>>,
}

/// Two similar submissions.
#[derive(Serialize)]
struct Both<'a> {
    one: Who<'a>,
    other: Who<'a>,
    percent: Number,
    tokens: usize,
    regions: &'a [crate::similar::Region],
    regions_left: Option<String>,
}

impl<'a> Page<'a> {
    fn of(gradebook: &'a Gradebook) -> Self {
        let students = &gradebook.students;
        let percents = percents(students);
        let graded = gradebook.with_status(Status::Graded).count();
        let dead: Vec<Dead<'_>> = students
            .iter()
            .flat_map(|it| it.deaths.iter().map(|death| Dead { who: Who::of(it), death }))
            .collect();
        let not_graded = students.iter().filter(|it| it.status != Status::Graded);
        let ungraded: Vec<Ungraded<'_>> = not_graded
            .map(|student| Ungraded {
                who: Who::of(student),
                status: student.status.words(),
                reason: student.reason.as_deref(),
            })
            .collect();
        Self {
            title: &gradebook.course.title,
            points: gradebook.points,
            counts: counts(gradebook),
            mean: mean(percents.iter().copied().map(Number)),
            median: median(&percents),
            gaps: &gradebook.gaps,
            bins: bins(&percents),
            exercises: gradebook
                .exercises
                .iter()
                .map(|exercise| Exercise {
                    name: &exercise.name,
                    title: &exercise.title,
                    points: exercise.points,
                    passed: exercise.passed,
                    graded,
                    share: share(exercise.passed, graded),
                    mean: exercise.mean,
                })
                .collect(),
            mistakes_left: left(gradebook.mistakes.len(), LISTED, "mistake"),
            mistakes: gradebook.mistakes.iter().take(LISTED).collect(),
            slowest: slowest(students),
            deaths_left: left(dead.len(), LISTED, "exercise"),
            deaths: dead.into_iter().take(LISTED).collect(),
            rows_left: left(students.len(), ROWS, "row"),
            rows: students.iter().take(ROWS).map(|student| Row::of(student, gradebook)).collect(),
            ungraded_left: left(ungraded.len(), LISTED, "student"),
            ungraded: ungraded.into_iter().take(LISTED).collect(),
            unmatched: &gradebook.unmatched,
            similar: gradebook.similar.as_ref().map(|similar| Alike::of(similar, students)),
        }
    }
}

impl<'a> Who<'a> {
    fn of(student: &'a Student) -> Self {
        Self {
            name: &student.name,
            submission: student.submission.as_deref().filter(|it| *it != student.name),
            link: student.page.as_deref().map(address),
        }
    }
}

impl<'a> Row<'a> {
    fn of(student: &'a Student, gradebook: &Gradebook) -> Self {
        let marks = student.exercises.iter().zip(&gradebook.exercises);
        let cells = marks.map(|(mark, exercise)| Cell {
            score: mark.score,
            level: match mark.score.0 / exercise.points.0 {
                1.0.. => 4,
                0.5.. => 3,
                0.25.. => 2,
                share if share > 0.0 => 1,
                _ => 0,
            },
            sign: match mark.verdict.as_str() {
                "passed" => Some(("✓", "passed")),
                "not implemented" => Some(("○", "not implemented")),
                "did not compile" => Some(("✗", "did not compile")),
                "blocked" => Some(("✗", "blocked")),
                _ => None,
            },
        });
        Self {
            who: Who::of(student),
            score: student.score,
            percent: student.percent,
            status: student.status.words(),
            cells: cells.collect(),
        }
    }
}

impl<'a> Alike<'a> {
    fn of(similar: &'a Similar, students: &'a [Student]) -> Self {
        let who = |id: &'a str| {
            let student = students.iter().find(|it| it.submission.as_deref() == Some(id));
            student.map_or(Who { name: id, submission: None, link: None }, Who::of)
        };
        let both = |pair: &'a Pair| Both {
            one: who(&pair.one),
            other: who(&pair.other),
            percent: pair.percent,
            tokens: pair.tokens,
            regions: &pair.regions[..pair.regions.len().min(REGIONS)],
            regions_left: left(pair.regions.len(), REGIONS, "region"),
        };
        Self {
            compared: plural(similar.compared, "submission"),
            found: plural(similar.found, "pair"),
            listed: left(similar.found, similar.pairs.len(), "pair"),
            guaranteed: GUARANTEED,
            left_out: &similar.left_out,
            pairs: similar.pairs.iter().map(both).collect(),
        }
    }
}

/// How many students there are of each kind, in words.
fn counts(gradebook: &Gradebook) -> Vec<String> {
    let count = |status| gradebook.with_status(status).count();
    let all = [Status::Graded, Status::Unreadable, Status::GraderError, Status::Missing];
    let counts = all.map(|status| (count(status), status));
    let told = counts.into_iter().filter(|(count, status)| *count > 0 || *status == Status::Graded);
    told.map(|(count, status)| match status {
        Status::GraderError => plural(count, "grader error"),
        _ => format!("{count} {}", status.words()),
    })
    .collect()
}

/// How many scores there are in each tenth.
fn bins(percents: &[f64]) -> Vec<Bin> {
    let mut counts = [0_usize; 10];
    for percent in percents {
        counts[((percent / 10.0) as usize).min(9)] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    let bins = counts.into_iter().enumerate().map(|(tenth, count)| Bin {
        range: match tenth {
            9 => "90 to 100 %".into(),
            _ => format!("{} to {}.99 %", tenth * 10, tenth * 10 + 9),
        },
        count,
        share: share(count, most),
    });
    bins.collect()
}

/// The submissions whose grading took longest.
fn slowest(students: &[Student]) -> Vec<Slow<'_>> {
    let mut timed: Vec<(u64, &Student)> =
        students.iter().filter_map(|it| Some((it.duration_ms?, it))).collect();
    timed.sort_by_key(|(duration, _)| std::cmp::Reverse(*duration));
    let slowest = timed.into_iter().take(SLOWEST);
    slowest
        .map(|(duration, student)| Slow {
            who: Who::of(student),
            seconds: format!("{:.2}", duration as f64 / 1000.0),
        })
        .collect()
}

/// A part of a whole in percent, for a bar.
fn share(part: usize, whole: usize) -> String {
    if whole == 0 { "0".into() } else { format!("{:.1}", 100.0 * part as f64 / whole as f64) }
}

/// How many there are more than are shown, if any.
fn left(all: usize, shown: usize, of: &str) -> Option<String> {
    (all > shown).then(|| plural(all - shown, &format!("more {of}")))
}

/// A path as the address of a link.
fn address(path: &str) -> String {
    let mut address = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_any_name_has_an_address() {
        assert_eq!(address("pages/a b#c?.html"), "pages/a%20b%23c%3F.html");
        assert_eq!(address("pages/smith_1-2.html"), "pages/smith_1-2.html");
        assert_eq!(address("pages/é.html"), "pages/%C3%A9.html");
    }

    #[test]
    fn every_score_is_in_one_bin() {
        let bins = bins(&[0.0, 9.99, 10.0, 89.99, 90.0, 100.0]);
        let counts: Vec<usize> = bins.iter().map(|bin| bin.count).collect();
        assert_eq!(counts, [2, 1, 0, 0, 0, 0, 0, 0, 1, 2]);
    }
}
