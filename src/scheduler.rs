//! What a scheduler tells its tasks in their environment: which of how many, and how many
//! processors are theirs.

use crate::shard::{Asked, Shard};

/// How many shards there are, where neither the scheduler nor the command says so.
pub const SHARDS: &str = "COMMISSIM_SHARDS";

/// Looks up a variable of the environment.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// A variable of this process.
pub fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// A task of an array, as its scheduler tells it.
struct Task {
    scheduler: &'static str,
    /// The number of the task.
    number: u64,
    /// The first, the last and the step of the array's numbers; none where it is not said.
    first: Option<u64>,
    last: Option<u64>,
    step: u64,
    /// Tasks of the array, where they are counted.
    count: Option<u64>,
    /// Whether tasks are always counted from nought.
    from_nought: bool,
    /// How an array of so many is asked for.
    asks: fn(u32) -> String,
}

/// The shard of this task.
///
/// # Errors
///
/// Says so where no scheduler is seen, more than one is, or the array's numbers do not say
/// which shard it is.
pub fn shard(asked: Asked, of: Environment<'_>) -> Result<Shard, String> {
    let typed = match asked {
        Asked::This(shard) => return Ok(shard),
        Asked::Auto(typed) => typed,
    };
    let mut tasks = tasks(of)?;
    let task = match (tasks.pop(), tasks.pop()) {
        (Some(task), None) => task,
        (None, _) => return Err("`--shard auto` finds no task of a scheduler's array here: none of SLURM_ARRAY_TASK_ID, PBS_ARRAY_INDEX, PBS_ARRAYID, SGE_TASK_ID, LSB_JOBINDEX, AWS_BATCH_JOB_ARRAY_INDEX or JOB_COMPLETION_INDEX is set\nhelp: submit it as an array, or say which shard it is, such as --shard 3/8".to_owned()),
        (Some(one), Some(other)) => return Err(format!("`--shard auto` sees a task of {} and one of {}, and cannot tell which to go by\nhelp: say which shard it is, such as --shard 3/8", other.scheduler, one.scheduler)),
    };
    let said = match (typed, of(SHARDS)) {
        (Some(typed), _) => Some(typed),
        (None, Some(text)) => match format!("auto/{text}").parse() {
            Ok(Asked::Auto(said)) => said,
            _ => {
                return Err(format!(
                    "{SHARDS} is `{text}`, which is no number of shards\nhelp: set it to a whole number, 1 or more"
                ));
            }
        },
        (None, None) => None,
    };
    match said {
        Some(said) => task.of(said),
        None => task.of_its_array(),
    }
}

impl Task {
    /// Its shard, of so many: the task's own number, so that part of an array may be
    /// submitted again.
    fn of(&self, of: u32) -> Result<Shard, String> {
        let index = self.number + u64::from(self.from_nought);
        Shard::new(index, u64::from(of)).map_err(|_| {
            format!(
                "this is task {} of {}, and there are {of} shards\nhelp: number the array {}",
                self.number,
                self.scheduler,
                (self.asks)(of)
            )
        })
    }

    /// Its shard, of as many as its array has.
    fn of_its_array(&self) -> Result<Shard, String> {
        let (scheduler, number) = (self.scheduler, self.number);
        let counted =
            |first: u64, last: u64| last.checked_sub(first).map(|span| span / self.step + 1);
        let first = self.first.unwrap_or(u64::from(!self.from_nought));
        let spanned = self.last.and_then(|last| counted(first, last));
        let Some(of) = self.count.or(spanned) else {
            return Err(format!(
                "{scheduler} says that this is task {number}, and not of how many\nhelp: say how many shards there are, such as --shard auto/8, or set {SHARDS}"
            ));
        };
        let even = number >= first && (number - first).is_multiple_of(self.step);
        let gaps = self.last.is_some() && spanned != Some(of);
        if !even || gaps {
            return Err(format!(
                "the numbers of this array of {scheduler} have gaps, as where some of its tasks are submitted again: task {number} may be any shard\nhelp: say how many shards there are, such as --shard auto/8, with arrays numbered {}",
                (self.asks)(8)
            ));
        }
        if of == 1 && number > 1 {
            return Err(format!(
                "this is the only task of its array of {scheduler}, and its number is {number}, as where one task is submitted again: it may be any shard\nhelp: say how many shards there are, such as --shard auto/8, with arrays numbered {}",
                (self.asks)(8)
            ));
        }
        Shard::new((number - first) / self.step + 1, of)
    }
}

/// The tasks that the environment tells of.
fn tasks(of: Environment<'_>) -> Result<Vec<Task>, String> {
    let number = |name: &str| match of(name) {
        None => Ok(None),
        Some(text) => match text.trim().parse::<u64>() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(format!(
                "{name} is `{text}`, which is no number\nhelp: say which shard it is, such as --shard 3/8"
            )),
        },
    };
    let mut tasks = Vec::new();
    if let Some(id) = number("SLURM_ARRAY_TASK_ID")? {
        let last = number("SLURM_ARRAY_TASK_MAX")?;
        let count = number("SLURM_ARRAY_TASK_COUNT")?;
        let first = number("SLURM_ARRAY_TASK_MIN")?;
        // Slurm says all of them; a wrapper that passes on two of them need not.
        let first = first.or_else(|| (Some(id) == count).then_some(1)).or(Some(0));
        tasks.push(Task {
            scheduler: "Slurm",
            number: id,
            first,
            last,
            step: number("SLURM_ARRAY_TASK_STEP")?.unwrap_or(1).max(1),
            count,
            from_nought: false,
            asks: |of| format!("from 1: --array=1-{of}"),
        });
    }
    // OpenPBS and PBS Professional; Torque. None of them says how many.
    let pbs = match number("PBS_ARRAY_INDEX")? {
        None => number("PBS_ARRAYID")?,
        index => index,
    };
    if let Some(id) = pbs {
        tasks.push(Task {
            scheduler: "PBS",
            number: id,
            first: None,
            last: None,
            step: 1,
            count: None,
            from_nought: false,
            asks: |of| format!("from 1: -J 1-{of}"),
        });
    }
    // Outside an array it is `undefined`.
    if of("SGE_TASK_ID").is_some_and(|id| id != "undefined")
        && let Some(id) = number("SGE_TASK_ID")?
    {
        tasks.push(Task {
            scheduler: "SGE",
            number: id,
            first: number("SGE_TASK_FIRST")?,
            last: number("SGE_TASK_LAST")?,
            step: number("SGE_TASK_STEPSIZE")?.unwrap_or(1).max(1),
            count: None,
            from_nought: false,
            asks: |of| format!("from 1: -t 1-{of}"),
        });
    }
    // Outside an array it is 0.
    if let Some(id) = number("LSB_JOBINDEX")?.filter(|id| *id > 0) {
        tasks.push(Task {
            scheduler: "LSF",
            number: id,
            first: None,
            last: number("LSB_JOBINDEX_END")?,
            step: number("LSB_JOBINDEX_STEP")?.unwrap_or(1).max(1),
            count: None,
            from_nought: false,
            asks: |of| format!("from 1: -J \"name[1-{of}]\""),
        });
    }
    if let Some(id) = number("AWS_BATCH_JOB_ARRAY_INDEX")? {
        tasks.push(Task {
            scheduler: "AWS Batch",
            number: id,
            first: None,
            last: None,
            step: 1,
            count: number("AWS_BATCH_JOB_ARRAY_SIZE")?,
            from_nought: true,
            asks: |of| format!("with an array size of {of}"),
        });
    }
    if let Some(id) = number("JOB_COMPLETION_INDEX")? {
        tasks.push(Task {
            scheduler: "Kubernetes",
            number: id,
            first: None,
            last: None,
            step: 1,
            count: None,
            from_nought: true,
            asks: |of| format!("with completions: {of}"),
        });
    }
    Ok(tasks)
}

/// How many processors a scheduler has granted this job, where it says so: without
/// control groups a task of one processor sees all of the machine's.
pub fn processors(of: Environment<'_>) -> Option<usize> {
    let number = |name: &str| of(name)?.trim().parse::<usize>().ok().filter(|number| *number > 0);
    if of("SLURM_JOB_ID").is_some() {
        // The first is there only where it was asked for; the second is of all tasks.
        let alone = number("SLURM_NTASKS").is_none_or(|tasks| tasks == 1);
        return number("SLURM_CPUS_PER_TASK")
            .or_else(|| number("SLURM_CPUS_ON_NODE").filter(|_| alone));
    }
    if of("PBS_JOBID").is_some() {
        return number("NCPUS").or_else(|| number("PBS_NP"));
    }
    if of("LSB_JOBID").is_some() {
        return number("LSB_DJOB_NUMPROC");
    }
    // No other scheduler says slots.
    number("NSLOTS")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many are typed, what the environment holds, and what comes of it.
    type Case = (Option<u32>, Vec<(&'static str, &'static str)>, &'static str);

    fn auto(of: Option<u32>, variables: &[(&str, &str)]) -> Result<String, String> {
        let value = |name: &str| {
            let found = variables.iter().find(|(variable, _)| *variable == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        shard(Asked::Auto(of), &value).map(|shard| shard.to_string())
    }

    #[test]
    fn every_scheduler_is_read() {
        let slurm = |id: &'static str, min, max, step, count| {
            vec![
                ("SLURM_ARRAY_TASK_ID", id),
                ("SLURM_ARRAY_TASK_MIN", min),
                ("SLURM_ARRAY_TASK_MAX", max),
                ("SLURM_ARRAY_TASK_STEP", step),
                ("SLURM_ARRAY_TASK_COUNT", count),
            ]
        };
        let sge = |id, first, last, step| {
            vec![
                ("SGE_TASK_ID", id),
                ("SGE_TASK_FIRST", first),
                ("SGE_TASK_LAST", last),
                ("SGE_TASK_STEPSIZE", step),
            ]
        };
        let cases: Vec<Case> = vec![
            (None, slurm("1", "1", "8", "1", "8"), "1/8"),
            (None, slurm("0", "0", "7", "1", "8"), "1/8"),
            (None, slurm("7", "0", "7", "1", "8"), "8/8"),
            (None, slurm("15", "5", "20", "5", "4"), "3/4"),
            (None, slurm("1", "1", "1", "1", "1"), "1/1"),
            (Some(8), slurm("5", "2", "5", "3", "2"), "5/8"),
            (Some(8), slurm("8", "8", "8", "1", "1"), "8/8"),
            (None, vec![("SLURM_ARRAY_TASK_ID", "2"), ("SLURM_ARRAY_TASK_COUNT", "4")], "3/4"),
            (None, vec![("SLURM_ARRAY_TASK_ID", "4"), ("SLURM_ARRAY_TASK_COUNT", "4")], "4/4"),
            (Some(8), vec![("PBS_ARRAY_INDEX", "3")], "3/8"),
            (Some(8), vec![("PBS_ARRAYID", "8")], "8/8"),
            (None, vec![("PBS_ARRAY_INDEX", "3"), (SHARDS, "8")], "3/8"),
            (Some(4), vec![("PBS_ARRAY_INDEX", "3"), (SHARDS, "8")], "3/4"),
            (None, sge("1", "1", "8", "1"), "1/8"),
            (None, sge("7", "1", "9", "3"), "3/3"),
            (None, vec![("LSB_JOBINDEX", "3"), ("LSB_JOBINDEX_END", "8")], "3/8"),
            (
                None,
                vec![("LSB_JOBINDEX", "3"), ("LSB_JOBINDEX_END", "9"), ("LSB_JOBINDEX_STEP", "2")],
                "2/5",
            ),
            (
                None,
                vec![("AWS_BATCH_JOB_ARRAY_INDEX", "0"), ("AWS_BATCH_JOB_ARRAY_SIZE", "8")],
                "1/8",
            ),
            (
                None,
                vec![("AWS_BATCH_JOB_ARRAY_INDEX", "7"), ("AWS_BATCH_JOB_ARRAY_SIZE", "8")],
                "8/8",
            ),
            (Some(8), vec![("JOB_COMPLETION_INDEX", "0")], "1/8"),
            (None, vec![("JOB_COMPLETION_INDEX", "7"), (SHARDS, "8")], "8/8"),
            // What is set outside an array is no task.
            (Some(8), vec![("JOB_COMPLETION_INDEX", "0"), ("SGE_TASK_ID", "undefined")], "1/8"),
            (Some(8), vec![("JOB_COMPLETION_INDEX", "0"), ("LSB_JOBINDEX", "0")], "1/8"),
        ];
        for (of, variables, shard) in cases {
            assert_eq!(auto(of, &variables).as_deref(), Ok(shard), "{variables:?}");
        }
    }

    #[test]
    fn what_does_not_say_which_shard_it_is_is_refused() {
        let slurm = |id, min, max, count| {
            vec![
                ("SLURM_ARRAY_TASK_ID", id),
                ("SLURM_ARRAY_TASK_MIN", min),
                ("SLURM_ARRAY_TASK_MAX", max),
                ("SLURM_ARRAY_TASK_COUNT", count),
            ]
        };
        let cases: Vec<Case> = vec![
            (
                None,
                vec![],
                "`--shard auto` finds no task of a scheduler's array here: none of SLURM_ARRAY_TASK_ID, PBS_ARRAY_INDEX, PBS_ARRAYID, SGE_TASK_ID, LSB_JOBINDEX, AWS_BATCH_JOB_ARRAY_INDEX or JOB_COMPLETION_INDEX is set\nhelp: submit it as an array, or say which shard it is, such as --shard 3/8",
            ),
            (
                None,
                vec![("SGE_TASK_ID", "undefined"), ("LSB_JOBINDEX", "0")],
                "`--shard auto` finds no task of a scheduler's array here: none of SLURM_ARRAY_TASK_ID, PBS_ARRAY_INDEX, PBS_ARRAYID, SGE_TASK_ID, LSB_JOBINDEX, AWS_BATCH_JOB_ARRAY_INDEX or JOB_COMPLETION_INDEX is set\nhelp: submit it as an array, or say which shard it is, such as --shard 3/8",
            ),
            // Tasks 2 and 5 of an array of eight, submitted again; and task 5 alone.
            (
                None,
                slurm("5", "2", "5", "2"),
                "the numbers of this array of Slurm have gaps, as where some of its tasks are submitted again: task 5 may be any shard\nhelp: say how many shards there are, such as --shard auto/8, with arrays numbered from 1: --array=1-8",
            ),
            (
                None,
                slurm("5", "5", "5", "1"),
                "this is the only task of its array of Slurm, and its number is 5, as where one task is submitted again: it may be any shard\nhelp: say how many shards there are, such as --shard auto/8, with arrays numbered from 1: --array=1-8",
            ),
            (
                Some(8),
                slurm("0", "0", "7", "8"),
                "this is task 0 of Slurm, and there are 8 shards\nhelp: number the array from 1: --array=1-8",
            ),
            (
                Some(4),
                slurm("5", "1", "8", "8"),
                "this is task 5 of Slurm, and there are 4 shards\nhelp: number the array from 1: --array=1-4",
            ),
            (
                None,
                vec![("PBS_ARRAY_INDEX", "3")],
                "PBS says that this is task 3, and not of how many\nhelp: say how many shards there are, such as --shard auto/8, or set COMMISSIM_SHARDS",
            ),
            (
                None,
                vec![("JOB_COMPLETION_INDEX", "3")],
                "Kubernetes says that this is task 3, and not of how many\nhelp: say how many shards there are, such as --shard auto/8, or set COMMISSIM_SHARDS",
            ),
            (
                Some(2),
                vec![("JOB_COMPLETION_INDEX", "3")],
                "this is task 3 of Kubernetes, and there are 2 shards\nhelp: number the array with completions: 2",
            ),
            (
                None,
                vec![("JOB_COMPLETION_INDEX", "3"), (SHARDS, "many")],
                "COMMISSIM_SHARDS is `many`, which is no number of shards\nhelp: set it to a whole number, 1 or more",
            ),
            (
                Some(8),
                vec![("SLURM_ARRAY_TASK_ID", "3"), ("SGE_TASK_ID", "3")],
                "`--shard auto` sees a task of Slurm and one of SGE, and cannot tell which to go by\nhelp: say which shard it is, such as --shard 3/8",
            ),
            (
                None,
                vec![("SLURM_ARRAY_TASK_ID", "three")],
                "SLURM_ARRAY_TASK_ID is `three`, which is no number\nhelp: say which shard it is, such as --shard 3/8",
            ),
        ];
        for (of, variables, said) in cases {
            assert_eq!(auto(of, &variables), Err(said.to_owned()), "{variables:?}");
        }
        // What is typed is not looked for in the environment.
        let none = |_: &str| None;
        assert_eq!(shard("3/8".parse().expect("a shard"), &none), Ok(Shard { index: 3, of: 8 }));
    }

    #[test]
    fn processors_are_those_that_a_scheduler_grants() {
        let granted = |variables: &[(&str, &str)]| {
            processors(&|name| {
                let found = variables.iter().find(|(variable, _)| *variable == name);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        let slurm = ("SLURM_JOB_ID", "1");
        assert_eq!(
            granted(&[slurm, ("SLURM_CPUS_PER_TASK", "3"), ("SLURM_CPUS_ON_NODE", "6")]),
            Some(3)
        );
        assert_eq!(granted(&[slurm, ("SLURM_CPUS_ON_NODE", "1")]), Some(1));
        assert_eq!(granted(&[slurm, ("SLURM_CPUS_ON_NODE", "6"), ("SLURM_NTASKS", "6")]), None);
        assert_eq!(granted(&[("NSLOTS", "4")]), Some(4));
        assert_eq!(granted(&[("PBS_JOBID", "1"), ("NCPUS", "5")]), Some(5));
        assert_eq!(granted(&[("LSB_JOBID", "1"), ("LSB_DJOB_NUMPROC", "2")]), Some(2));
        for nothing in [
            &[][..],
            &[("SLURM_CPUS_PER_TASK", "3")],
            &[("NCPUS", "5")],
            &[slurm, ("SLURM_CPUS_PER_TASK", "0")],
        ] {
            assert_eq!(granted(nothing), None, "{nothing:?}");
        }
    }
}
