//! Whose result it is, where a platform says so in the environment.

use std::env;
use std::time::{Duration, SystemTime};

use anyhow::{Result, bail, ensure};

use crate::report::Identity;

/// What Classroom 50's runner sets for the autograder that it starts.
///
/// The date is that of `SOURCE_DATE_EPOCH`, or else now: the runner puts the commit's in its place.
///
/// # Errors
///
/// If a variable is missing, or is not what it must be.
pub fn classroom50() -> Result<Identity> {
    identity(|name| env::var(name).ok().filter(|value| !value.is_empty()))
}

fn identity(variable: impl Fn(&str) -> Option<String>) -> Result<Identity> {
    let need = |name: &str| match variable(name) {
        Some(value) => Ok(value),
        None => {
            bail!("--format classroom50 needs {name} in the environment, as its runner sets it")
        }
    };
    let commit = need("COMMIT_URL")?;
    let submission = need("SUBMISSION_TAG")?;
    ensure!(
        submission.starts_with("submit/"),
        "SUBMISSION_TAG is {submission:?}, which does not begin with submit/"
    );
    Ok(Identity {
        classroom: need("CLASSROOM")?,
        assignment: need("ASSIGNMENT")?,
        assignment_type: variable("ASSIGNMENT_TYPE").unwrap_or_else(|| "individual".into()),
        owner: variable("OWNER").map_or_else(|| need("USERNAME"), Ok)?,
        submission,
        release: need("RELEASE_URL")?,
        // Older runners set none.
        review: variable("REVIEW_URL").unwrap_or_else(|| commit.clone()),
        commit,
        datetime: date(variable("SOURCE_DATE_EPOCH").as_deref())?,
    })
}

/// A date from the seconds since 1970, as in `2026-11-22T09:30:00Z`.
fn date(seconds: Option<&str>) -> Result<String> {
    let date = match seconds {
        None => SystemTime::now(),
        Some(seconds) => {
            let since = seconds.parse().ok().map(Duration::from_secs);
            // What comes after the year 9999 has no such form.
            let last = Duration::from_secs(253_402_300_799);
            match since.filter(|since| *since <= last) {
                Some(since) => SystemTime::UNIX_EPOCH + since,
                None => bail!("SOURCE_DATE_EPOCH is {seconds:?}, not a number of seconds"),
            }
        }
    };
    Ok(humantime::format_rfc3339_seconds(date).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(name: &str) -> Option<String> {
        let value = match name {
            "CLASSROOM" => "numpy",
            "ASSIGNMENT" => "basics",
            "SUBMISSION_TAG" => "submit/1",
            "USERNAME" => "alice",
            "COMMIT_URL" => "https://a.b/commit/1",
            "RELEASE_URL" => "https://a.b/release/1",
            "SOURCE_DATE_EPOCH" => "1700000000",
            _ => return None,
        };
        Some(value.into())
    }

    #[test]
    fn the_environment_says_whose_it_is() {
        let identity = identity(variable).unwrap();
        let Identity { owner, review, assignment_type, datetime, .. } = identity;
        assert_eq!(
            [owner, review, assignment_type, datetime],
            ["alice", "https://a.b/commit/1", "individual", "2023-11-14T22:13:20Z"]
        );
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        for (name, value) in [
            ("CLASSROOM", None),
            ("USERNAME", None),
            ("SUBMISSION_TAG", Some("v1")),
            ("SOURCE_DATE_EPOCH", Some("yesterday")),
            ("SOURCE_DATE_EPOCH", Some("253402300800")),
        ] {
            let changed =
                |it: &str| if it == name { value.map(str::to_owned) } else { variable(it) };
            let error = identity(changed).unwrap_err().to_string();
            assert!(error.contains(name), "{error}");
        }
    }
}
