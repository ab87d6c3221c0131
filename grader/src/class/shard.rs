//! Parts of a class that are graded apart from each other, as by the tasks of a job array.

use std::fmt;
use std::str::FromStr;

use crate::digest::Digest;

/// One of several parts of a class: number `index` of `count`, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    index: u32,
    count: u32,
}

/// Which part of a class is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// This one.
    Shard(Shard),
    /// That of the task of a job array that this is; how many there are where the scheduler does not
    /// tell.
    Auto(Option<u32>),
}

/// How a scheduler tells a task of an array which one it is, in the environment.
struct Scheduler {
    index: &'static str,
    /// The first index, where it is not always the same.
    first: First,
    /// How many tasks there are, or the last index.
    count: Count,
}

enum First {
    Always(u32),
    In(&'static str),
}

enum Count {
    In(&'static str),
    Last { last: &'static str, step: &'static str },
    Untold,
}

/// Slurm, AWS Batch, Grid Engine, Kubernetes' Indexed Jobs and PBS.
const SCHEDULERS: [Scheduler; 5] = [
    Scheduler {
        index: "SLURM_ARRAY_TASK_ID",
        first: First::In("SLURM_ARRAY_TASK_MIN"),
        count: Count::In("SLURM_ARRAY_TASK_COUNT"),
    },
    Scheduler {
        index: "AWS_BATCH_JOB_ARRAY_INDEX",
        first: First::Always(0),
        count: Count::In("AWS_BATCH_JOB_ARRAY_SIZE"),
    },
    Scheduler {
        index: "SGE_TASK_ID",
        first: First::In("SGE_TASK_FIRST"),
        count: Count::Last { last: "SGE_TASK_LAST", step: "SGE_TASK_STEPSIZE" },
    },
    Scheduler { index: "JOB_COMPLETION_INDEX", first: First::Always(0), count: Count::Untold },
    Scheduler { index: "PBS_ARRAY_INDEX", first: First::Always(1), count: Count::Untold },
];

impl Shard {
    /// The whole class.
    pub const WHOLE: Self = Self { index: 1, count: 1 };

    /// Number `index` of `count`, from 1.
    pub fn new(index: u32, count: u32) -> Option<Self> {
        (1..=count).contains(&index).then_some(Self { index, count })
    }

    /// Which one it is, from 1.
    #[must_use]
    pub fn index(self) -> u32 {
        self.index
    }

    /// How many there are.
    #[must_use]
    pub fn count(self) -> u32 {
        self.count
    }

    /// Whether a submission is in it. That depends on its name alone, so that each is in one shard,
    /// whatever else there is.
    #[must_use]
    pub fn contains(self, id: &str) -> bool {
        let mut digest = Digest::default();
        digest.add(id);
        let [a, b, c, d, ..] = digest.bytes();
        u32::from_le_bytes([a, b, c, d]) % self.count == self.index - 1
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}

impl FromStr for Wanted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "{text:?} is no shard: give I/N with I from 1 to N, as in 3/8, or auto, or auto/N"
            )
        };
        let number = |text: &str| text.parse::<u32>().ok().filter(|number| *number > 0);
        match text.split_once('/') {
            None if text == "auto" => Ok(Self::Auto(None)),
            Some(("auto", count)) => Ok(Self::Auto(Some(number(count).ok_or_else(wrong)?))),
            Some((index, count)) => number(index)
                .zip(number(count))
                .and_then(|(index, count)| Shard::new(index, count))
                .map(Self::Shard)
                .ok_or_else(wrong),
            None => Err(wrong()),
        }
    }
}

impl Wanted {
    /// Which shard that is, given the environment.
    ///
    /// # Errors
    ///
    /// If the environment does not tell, or tells nonsense.
    pub fn shard(self, variable: impl Fn(&str) -> Option<String>) -> Result<Shard, String> {
        let given = match self {
            Self::Shard(shard) => return Ok(shard),
            Self::Auto(given) => given,
        };
        let number = |name: &str| {
            let value = variable(name).ok_or_else(|| format!("{name} is not set"))?;
            value.parse::<u32>().map_err(|_| format!("{name} is {value:?}, which is no number"))
        };
        // Grid Engine sets its variable to this where the job is no array.
        let is_set =
            |name| variable(name).is_some_and(|value| !value.is_empty() && value != "undefined");
        let Some(scheduler) = SCHEDULERS.iter().find(|it| is_set(it.index)) else {
            let names: Vec<_> = SCHEDULERS.iter().map(|it| it.index).collect();
            return Err(format!(
                "--shard auto found no job array: none of {} is set",
                names.join(", ")
            ));
        };
        let index = number(scheduler.index)?;
        let first = match scheduler.first {
            First::Always(first) => first,
            First::In(name) => number(name)?,
        };
        let (mut step, told) = match scheduler.count {
            Count::In(name) => (1, Some(number(name)?)),
            Count::Last { last, step } => {
                let (last, step) = (number(last)?, number(step)?.max(1));
                (step, Some(last.saturating_sub(first) / step + 1))
            }
            Count::Untold => (1, None),
        };
        // Slurm does not tell the step of an array such as 0-6:2, but the last index.
        if let (Ok(last), Some(count @ 2..)) = (number("SLURM_ARRAY_TASK_MAX"), told)
            && scheduler.index.starts_with("SLURM")
        {
            step = (last.saturating_sub(first) / (count - 1)).max(1);
        }
        let count = given.or(told).ok_or_else(|| {
            format!("{} does not tell how many there are: give --shard auto/N", scheduler.index)
        })?;
        let place = index.checked_sub(first).map(|offset| offset / step);
        place.and_then(|place| Shard::new(place.checked_add(1)?, count)).ok_or_else(|| {
            format!("{} is {index}, which is none of {count} from {first}", scheduler.index)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shard_is_one_of_several() {
        assert_eq!("3/8".parse(), Ok(Wanted::Shard(Shard { index: 3, count: 8 })));
        assert_eq!("auto".parse(), Ok(Wanted::Auto(None)));
        assert_eq!("auto/8".parse(), Ok(Wanted::Auto(Some(8))));
        for wrong in ["0/8", "9/8", "3", "3/", "/8", "-1/8", "1/0", "auto/0", "auto/x", "", "1/2/3"]
        {
            assert!(wrong.parse::<Wanted>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn each_submission_is_in_one_shard_and_none_is_empty() {
        for count in [1, 2, 7] {
            let mut sizes = vec![0; count as usize];
            for number in 0..500 {
                let id = format!("student_{number}");
                let shards = (1..=count).map(|index| Shard::new(index, count).unwrap());
                let theirs: Vec<Shard> = shards.filter(|shard| shard.contains(&id)).collect();
                assert_eq!(theirs.len(), 1, "{id} of {count}");
                sizes[theirs[0].index as usize - 1] += 1;
            }
            assert!(sizes.iter().all(|size| *size > 500 / count / 2), "{sizes:?}");
        }
    }

    #[test]
    fn schedulers_tell_which_task_it_is() {
        let shard = |wanted: &str, variables: &[(&str, &str)]| {
            let variable = |name: &str| {
                let found = variables.iter().find(|(other, _)| *other == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            wanted.parse::<Wanted>().unwrap().shard(variable).map(|shard| shard.to_string())
        };
        let slurm = |index, first, last, count| {
            [
                ("SLURM_ARRAY_TASK_ID", index),
                ("SLURM_ARRAY_TASK_MIN", first),
                ("SLURM_ARRAY_TASK_MAX", last),
                ("SLURM_ARRAY_TASK_COUNT", count),
            ]
        };
        let told = |text: &str| Ok(text.to_owned());
        assert_eq!(shard("2/3", &[]), told("2/3"));
        assert_eq!(shard("auto", &slurm("3", "1", "8", "8")), told("3/8"));
        assert_eq!(shard("auto", &slurm("0", "0", "3", "4")), told("1/4"));
        assert_eq!(shard("auto", &slurm("6", "0", "6", "4")), told("4/4"));
        assert_eq!(shard("auto", &slurm("5", "5", "5", "1")), told("1/1"));
        let aws = [("AWS_BATCH_JOB_ARRAY_INDEX", "7"), ("AWS_BATCH_JOB_ARRAY_SIZE", "8")];
        assert_eq!(shard("auto", &aws), told("8/8"));
        let sge = [
            ("SGE_TASK_ID", "5"),
            ("SGE_TASK_FIRST", "1"),
            ("SGE_TASK_LAST", "8"),
            ("SGE_TASK_STEPSIZE", "2"),
        ];
        assert_eq!(shard("auto", &sge), told("3/4"));
        assert_eq!(shard("auto/4", &[("JOB_COMPLETION_INDEX", "0")]), told("1/4"));
        assert_eq!(shard("auto/4", &[("PBS_ARRAY_INDEX", "4")]), told("4/4"));
        for (wanted, variables, why) in [
            ("auto", &[][..], "found no job array"),
            ("auto", &[("SGE_TASK_ID", "undefined")], "found no job array"),
            ("auto", &[("JOB_COMPLETION_INDEX", "0")], "give --shard auto/N"),
            ("auto/4", &[("JOB_COMPLETION_INDEX", "4")], "is 4, which is none of 4 from 0"),
            ("auto/4", &[("PBS_ARRAY_INDEX", "0")], "is 0, which is none of 4 from 1"),
            ("auto/4", &[("PBS_ARRAY_INDEX", "x")], "is \"x\", which is no number"),
            ("auto", &[("SLURM_ARRAY_TASK_ID", "1")], "SLURM_ARRAY_TASK_MIN is not set"),
        ] {
            let error = shard(wanted, variables).unwrap_err();
            assert!(error.contains(why), "{error}");
        }
    }
}
