use std::fs;

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::class::record::{self, Outcome, Record};
use crate::report::json::Document;
use crate::report::{Json, sample};

/// A folder of results.
struct Results(TempDir);

impl Results {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Adds what became of a submission.
    fn with(self, id: &str, outcome: Outcome) -> Self {
        self.attempt(id, id, None, outcome)
    }

    fn attempt(self, id: &str, student: &str, attempt: Option<&str>, outcome: Outcome) -> Self {
        let record = Record {
            version: record::VERSION,
            key: "0".into(),
            id: id.into(),
            student: student.into(),
            name: None,
            attempt: attempt.map(str::to_owned),
            outcome,
        };
        record.write(self.0.path()).unwrap();
        self
    }

    /// Says what a shard was to do.
    fn shard(self, shard: u32, of: u32, submissions: &[&str]) -> Self {
        let folder = self.0.path().join("shards");
        fs::create_dir_all(&folder).unwrap();
        let manifest = serde_json::json!({
            "version": 1, "shard": shard, "of": of, "grading": "0",
            "submissions": submissions, "left_out": [], "done": true,
        });
        fs::write(folder.join(format!("{shard}-of-{of}.json")), manifest.to_string()).unwrap();
        self
    }

    fn gradebook(&self, roster: &str, attempts: Attempts) -> Gradebook {
        let class = collect(self.0.path()).unwrap();
        let file = self.0.path().join("roster.csv");
        fs::write(&file, roster).unwrap();
        let roster = (!roster.is_empty()).then(|| Roster::read(&file).unwrap());
        Gradebook::of(class, roster.as_ref(), attempts)
    }
}

/// A report in which each exercise has this part of its points.
fn scored(part: f64) -> Outcome {
    Outcome::Graded(Box::new(document(part)))
}

fn document(part: f64) -> Document {
    let mut document = Json::default().document(&sample::few());
    let times = |points: Number| Number((points.0 * part * 100.0).round() / 100.0);
    document.score = times(document.points);
    document.percent = times(Number(100.0));
    for exercise in &mut document.exercises {
        exercise.score = times(exercise.points);
    }
    document
}

/// The cells of CSV as another program reads them.
fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
    rows.collect()
}

fn names_and_scores(gradebook: &Gradebook) -> Vec<String> {
    let line = |it: &Student| {
        let score = it.score.map_or("-".into(), |score| score.0.to_string());
        format!("{} {} {score}", it.name, it.status.words())
    };
    gradebook.students.iter().map(line).collect()
}

fn class() -> Results {
    Results::new()
        .with("alice", scored(1.0))
        .with("bob", scored(0.25))
        .with("carol", Outcome::Unreadable("it is no archive".into()))
        .with("dave", Outcome::GraderError("no space left".into()))
}

const ROSTER: &str = "submission,id,name,email,section\n\
    alice,11,\"Doe, Alice\",alice@x.org,A\nbob,12,Bob Roe,bob@x.org,A\n\
    carol,13,Carol Poe,carol@x.org,B\ndave,14,Dave Loe,dave@x.org,B\nerin,15,Erin Moe,erin@x.org,B\n";

#[test]
fn a_row_of_csv_is_a_student() {
    let gradebook = class().gradebook(ROSTER, Attempts::Best);
    let written = String::from_utf8(csv(&gradebook).unwrap()).unwrap();
    insta::assert_snapshot!(written.replace('\r', ""), @r#"
    "submission","student","name","id","email","section","attempt","status","score","points","percent","sigmoid","vector_ops","softmax","basic_sigmoid","note"
    "bob","bob","Bob Roe",12,"bob@x.org","A","","graded",10,40,25,2.5,2.5,2.5,2.5,""
    "carol","carol","Carol Poe",13,"carol@x.org","B","","unreadable",0,40,0,"","","","","it is no archive"
    "dave","dave","Dave Loe",14,"dave@x.org","B","","grader error","",40,"","","","","","no space left"
    "alice","alice","Doe, Alice",11,"alice@x.org","A","","graded",40,40,100,10,10,10,10,""
    "","","Erin Moe",15,"erin@x.org","B","","missing","",40,"","","","","",""
    "#);
}

#[test]
fn who_handed_in_nothing_has_no_score_and_what_is_nobodys_is_said() {
    let results = class().with("zoe", scored(0.5)).with("ALICE", scored(0.0));
    let gradebook = results.gradebook(ROSTER, Attempts::Best);
    assert_eq!(
        names_and_scores(&gradebook),
        [
            "Bob Roe graded 10",
            "Carol Poe unreadable 0",
            "Dave Loe grader error -",
            "Doe, Alice graded 40",
            "Erin Moe missing -",
            "zoe graded 20"
        ]
    );
    let unmatched: Vec<_> = gradebook.unmatched.iter().map(|it| it.submission.as_str()).collect();
    assert_eq!(unmatched, ["zoe"]);
}

#[test]
fn submissions_find_their_students() {
    let roster = "id,name,email,identifier\n\
        101,\"Smith, John\",js@x.org,Participant 7\n102,Jane Smith,jane@x.org,Participant 8\n\
        103,Max Mustermann,mm@x.org,\n104,Max Mustermann,mm2@x.org,\n";
    for (student, id) in [
        ("101", Some("101")),
        ("7", Some("101")),
        ("JS@X.org", Some("101")),
        ("smithjohn", Some("101")),
        ("smithjane", Some("102")),
        ("Jane Smith", Some("102")),
        ("Max Mustermann", None),
        ("smith", None),
    ] {
        let results = Results::new().attempt("s", student, None, scored(1.0));
        let gradebook = results.gradebook(roster, Attempts::Best);
        let found = gradebook.students.iter().find(|it| it.submission.is_some()).unwrap();
        assert_eq!(found.roster.get(&Column::Id).map(String::as_str), id, "{student}");
        assert_eq!(gradebook.unmatched.len(), usize::from(id.is_none()));
    }
}

#[test]
fn of_several_attempts_the_best_the_last_or_all_are_shown() {
    let results = Results::new()
        .attempt("a1", "alice", Some("001"), scored(0.5))
        .attempt("a2", "alice", Some("002"), scored(0.75))
        .attempt("a3", "alice", Some("003"), scored(0.25))
        .attempt("b1", "bob", Some("004"), scored(0.25))
        .attempt("b2", "bob", Some("005"), Outcome::GraderError("disk full".into()))
        .attempt("c1", "carol", Some("006"), scored(1.0))
        .attempt("c2", "carol", Some("007"), Outcome::GraderError("disk full".into()));
    let shown = |attempts| {
        let gradebook = results.gradebook("", attempts);
        let shown = gradebook.students.iter().map(|it| it.submission.clone().unwrap());
        shown.collect::<Vec<_>>().join(" ")
    };
    // What the grader failed on may have been better than what is known, but not than everything.
    assert_eq!(shown(Attempts::Best), "a2 b2 c1");
    assert_eq!(shown(Attempts::Last), "a3 b2 c2");
    assert_eq!(shown(Attempts::Every), "a1 a2 a3 b1 b2 c1 c2");
}

#[test]
fn what_is_missing_is_known() {
    let gaps = |results: Results| collect(results.0.path()).unwrap().gaps;
    assert!(gaps(class()).no_manifest);
    let whole = class().shard(1, 2, &["alice", "bob"]).shard(2, 2, &["carol", "dave"]);
    assert!(gaps(whole).is_empty());
    let moved = class().shard(1, 1, &["alice"]);
    let moved = collect(moved.0.path()).unwrap();
    assert_eq!((moved.students.len(), moved.gone.join(" ")), (1, "bob carol dave".into()));
    let lacking = class().shard(1, 3, &["alice", "bob", "erin"]).shard(2, 3, &["carol"]);
    let gaps = gaps(lacking);
    assert_eq!((gaps.shards, gaps.missing), (vec!["3 of 3".into()], vec!["erin".into()]));
}

#[test]
fn results_of_two_courses_are_no_class() {
    let mut other = document(1.0);
    other.course.hash = "other".into();
    let mut shorter = other.clone();
    shorter.exercises.pop();
    let mut absurd = document(1.0);
    absurd.percent = Number(1000.0);
    let results = Results::new()
        .with("a", scored(1.0))
        .with("b", Outcome::Graded(Box::new(other)))
        .with("c", Outcome::Graded(Box::new(shorter)))
        .with("d", Outcome::Graded(Box::new(absurd)));
    let class = collect(results.0.path()).unwrap();
    assert_eq!(class.gaps.stale, ["b", "c"]);
    let reasons = class.students.iter().map(|it| it.reason.clone().unwrap_or_default());
    assert_eq!(
        reasons.collect::<Vec<_>>(),
        ["", "", "it was graded on other exercises", "the record is damaged: its score is none"]
    );
}

#[test]
fn mistakes_are_counted_once_a_submission() {
    let gradebook =
        Results::new().with("a", scored(0.5)).with("b", scored(0.5)).gradebook("", Attempts::Best);
    let mistakes: Vec<_> = gradebook
        .mistakes
        .iter()
        .map(|it| format!("{} {} {}", it.count, it.exercise, it.mistake))
        .collect();
    assert_eq!(mistakes, ["2 softmax whole_matrix"]);
}

#[test]
fn platforms_need_to_know_who_it_is() {
    let refused = |made: anyhow::Result<Vec<u8>>, said: &str| {
        let error = made.unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    };
    let results = Results::new().with("alice", scored(1.0)).with("bob", scored(0.5));
    let none = results.gradebook("", Attempts::Best);
    refused(canvas(&none, "Basics"), "Canvas needs a roster");
    refused(moodle(&none, "Basics"), "Moodle needs a roster");
    let every = results.gradebook("submission,id\nalice,1\nbob,2\n", Attempts::Every);
    refused(canvas(&every, "Basics"), "one grade a student");
    let named = results.gradebook("submission,name\nalice,Alice\nbob,Bob\n", Attempts::Best);
    refused(canvas(&named, "Basics"), "no id, sis_user_id or sis_login_id for `Alice`");
    refused(moodle(&named, "Basics"), "by the same column");
    let zero = results.gradebook("submission,id\nalice,0\nbob,2\n", Attempts::Best);
    refused(moodle(&zero, "Basics"), "by the same column");
    let formula = results.gradebook("submission,id\nalice,=1\nbob,2\n", Attempts::Best);
    refused(canvas(&formula, "Basics"), "for a formula");
    refused(canvas(&zero, "Final Score"), "--assignment");
}

/// Reads a gradebook as Canvas's importer does: from id to grade.
fn as_canvas(bytes: &[u8], assignment: &str) -> BTreeMap<String, String> {
    let text = std::str::from_utf8(bytes).unwrap();
    // With `;` the first two lines are malformed: the separator is the comma. (A student may be called
    // `0`, which needs no quotes.)
    assert!(text.lines().take(2).all(|line| line.starts_with('"') && line.contains("\",")));
    let rows = cells(bytes);
    let header = &rows[0];
    assert!(header[0].contains("Student") && header[1].contains("ID"));
    assert_eq!((header[2].as_str(), header[3].as_str()), ("SIS User ID", "SIS Login ID"));
    assert!(header[4].contains("Section"));
    assert_eq!(header[5..], [assignment]);
    let is_points = |row: &&Vec<String>| row[0].contains("Points Possible");
    assert_eq!(rows[1..].iter().filter(is_points).count(), 1);
    let students = rows[1..].iter().filter(|row| !is_points(row));
    students
        .map(|row| {
            let grade = row[5].as_str();
            assert!(grade.is_empty() || grade.parse::<f64>().is_ok());
            // A second separator would be taken for one of thousands.
            assert!(grade.matches(['.', ',']).count() <= 1);
            (row[1].clone(), grade.to_owned())
        })
        .collect()
}

/// Reads a gradebook as Moodle's importer does: from user to grade; `None` if it is refused.
fn as_moodle(bytes: &[u8], users: &[String]) -> Option<BTreeMap<String, f64>> {
    let rows = cells(bytes);
    let mut grades = BTreeMap::new();
    for row in &rows[1..] {
        let [user, _, grade, _] = row.as_slice() else { return None };
        if !users.contains(user) {
            return None;
        }
        let grade = grade.trim().parse().ok().filter(|grade| *grade <= 100.0)?;
        grades.insert(user.clone(), grade);
    }
    Some(grades)
}

/// Whether a spreadsheet would calculate a cell.
fn is_calculated(cell: &str) -> bool {
    cell.parse::<f64>().is_err() && cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r'])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn platforms_read_what_is_written(
        students in prop::collection::vec(
            ("([=+@;,\"' \\-]|\\PC|Points Possible|\n){0,12}", 0_u32..=1000, any::<bool>()),
            1..6,
        ),
    ) {
        let mut results = Results::new();
        let mut roster = ::csv::Writer::from_writer(Vec::new());
        roster.write_record(["submission", "id", "name", "email"]).unwrap();
        let mut expected = BTreeMap::new();
        for (number, (name, percent, is_there)) in students.iter().enumerate() {
            let id = format!("s{number}");
            let email = format!("s{number}@example.org");
            let part = f64::from(*percent) / 1000.0;
            if *is_there || number == 0 {
                results = results.with(&id, scored(part));
                expected.insert(email.clone(), (format!("1{number}"), Some(document(part))));
            } else {
                expected.insert(email.clone(), (format!("1{number}"), None));
            }
            roster.write_record([&id, &format!("1{number}"), name, &email]).unwrap();
        }
        let roster = String::from_utf8(roster.into_inner().unwrap()).unwrap();
        let gradebook = results.gradebook(&roster, Attempts::Best);

        let grades = as_canvas(&canvas(&gradebook, "Basics (7)").unwrap(), "Basics (7)");
        prop_assert_eq!(grades.len(), students.len());
        for (id, document) in expected.values() {
            let score = document.as_ref().map(|it| it.score.0.to_string());
            prop_assert_eq!(&grades[id], &score.unwrap_or_default());
        }

        let users: Vec<String> = expected.keys().cloned().collect();
        let grades = as_moodle(&moodle(&gradebook, "Basics").unwrap(), &users).unwrap();
        for (user, (_, document)) in &expected {
            let percent = document.as_ref().map(|it| it.percent.0);
            prop_assert_eq!(grades.get(user).copied(), percent);
        }

        for written in [csv(&gradebook), canvas(&gradebook, "Basics"), moodle(&gradebook, "Basics")] {
            let rows = cells(&written.unwrap());
            for cell in rows.iter().flatten() {
                prop_assert!(!is_calculated(cell), "{:?}", cell);
            }
            prop_assert!(rows.iter().all(|row| row.len() == rows[0].len()));
        }
    }
}

#[test]
fn the_page_shows_text_as_text_and_needs_nothing_else() {
    let markup = "</style><script>alert(1)</script><b>{{ 7 * 7 }}";
    let mut hostile = document(0.5);
    hostile.exercises[0].title = markup.into();
    hostile.exercises[0].cases[0].verdict = "crashed".into();
    hostile.exercises[0].cases[0].name = markup.into();
    let results = Results::new()
        .attempt("a", markup, Some(markup), Outcome::Graded(Box::new(hostile)))
        .attempt("b", "\u{1b}[2J\u{202e}bob", None, Outcome::Unreadable(markup.into()));
    let mut gradebook = results.gradebook("id,name\n1,Erin\n", Attempts::Best);
    gradebook.gaps.push(markup.into());
    let page = String::from_utf8(html(&gradebook).unwrap()).unwrap();
    for part in ["<script", "<b>", "<link", "<img", "http:", "https:", "url(", "\u{1b}", "\u{202e}"]
    {
        assert!(!page.contains(part), "{part}");
    }
    assert_eq!(page.matches("</style>").count(), 1);
    assert!(page.contains("&lt;script&gt;alert(1)"));
    assert!(page.contains("default-src 'none'; style-src 'unsafe-inline'"));
}

#[test]
fn the_page_of_a_large_class_is_bounded() {
    let one = Results::new().with("alice", scored(0.5)).gradebook("", Attempts::Best);
    let size = |count: usize| {
        let mut gradebook = one.clone();
        gradebook.students = vec![one.students[0].clone(); count];
        html(&gradebook).unwrap().len()
    };
    let [small, large, larger] = [1, 2_000, 20_000].map(size);
    assert!(small < 30_000, "{small}");
    assert!(large < 1_000_000 && larger < large + 1000, "{large}, {larger}");
}

#[test]
fn the_class_at_a_glance() {
    let gradebook = class().gradebook(ROSTER, Attempts::Best);
    insta::assert_snapshot!(terminal(&gradebook, 80), @"
    Python Basics with NumPy, in Rust

    Not complete: The results do not say which submissions the class has.
    2 graded, 1 unreadable, 1 grader error, 1 missing
    median 25 %, mean 41.67 %

    exercise       passed  mean points
    sigmoid           0 %  6.25 of 10
    vector_ops        0 %  6.25 of 10
    softmax           0 %  6.25 of 10
    basic_sigmoid   100 %  6.25 of 10

    mistake
        2  softmax: whole_matrix
    ");
}
