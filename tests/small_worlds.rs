//! Worlds small enough to run many of, and short ways to say what they are.

use commissim::cell;
use commissim::declare::{Lever, LeverKind, Setting};
use commissim::draws::{Draws, birth, philox};
use commissim::experiment::{Blow, Change, Experiment, Regime};
use commissim::levers::{LEVERS, Levers};
use commissim::model::world::{Award, Centres, Means, Person, Provider, Stage};
use commissim::model::{self, Month, Settings, World, build};
use commissim::outcomes::{Outcomes, Reads};
use commissim::parameters::{PARAMETERS, Parameters};
use commissim::place::Place;
use commissim::structures::{STRUCTURES, Structures};
use commissim::trace::{Life, Recorder};
use proptest::test_runner::Config as ProptestConfig;
use std::ops::RangeInclusive;

/// A number, as a lever is set to it.
pub fn number(x: f64) -> Setting {
    Setting::Number(x)
}

/// A word, as a lever is set to it.
pub fn word(word: &str) -> Setting {
    Setting::Word(word.to_owned())
}

/// Words, as a lever is set to them.
pub fn words(words: &[&str]) -> Setting {
    Setting::Words(words.iter().map(|word| (*word).to_owned()).collect())
}

/// Shares by word, as a lever is set to them.
pub fn shares(rows: &[(&str, f64)]) -> Setting {
    Setting::Table(rows.iter().map(|(word, share)| ((*word).to_owned(), *share)).collect())
}

/// A regime that announces some settings in a month.
pub fn announces(month: i32, settings: &[(&str, Setting)]) -> Regime {
    let settings: Vec<(String, Setting)> =
        settings.iter().map(|(lever, setting)| ((*lever).to_owned(), setting.clone())).collect();
    let changes = if settings.is_empty() { vec![] } else { vec![Change { month, settings }] };
    Regime {
        id: "told".to_owned(),
        name: "As told".to_owned(),
        question: String::new(),
        source: "a test".to_owned(),
        changes,
    }
}

/// A regime that changes nothing.
pub fn status_quo() -> Regime {
    announces(1, &[])
}

/// The source's whole package and more: every lever it moves, and far.
pub fn all_at_once() -> Vec<(&'static str, Setting)> {
    vec![
        ("default_mechanism", word("isf")),
        ("option_awareness", shares(&[("isf", 0.9), ("direct_payment", 0.9), ("mixed", 0.6)])),
        ("micro_awareness", number(0.7)),
        ("procurement", word("flexible_contract")),
        ("entry_gate", word("community_accreditation")),
        ("isf_holders", word("open")),
        ("plan_rigidity", number(0.2)),
        ("audit_intensity", number(0.25)),
        ("centralisation", number(0.3)),
        ("community_investment", number(50.0)),
        ("catalysts", number(1.0)),
        ("hosting", number(0.5)),
        ("digital_infrastructure", number(0.7)),
    ]
}

/// An experiment in the made-up town: two years after two years of burn-in.
pub fn town(regimes: Vec<Regime>) -> Experiment {
    Experiment {
        id: "town".to_owned(),
        name: "The made-up town".to_owned(),
        places: vec![Place::town()],
        comparator: status_quo(),
        regimes,
        start: (2015, 4),
        years: 2,
        burn_in_years: 2,
        replicates: 2,
        seed: 2026,
        learning: false,
        parameters: Parameters::default(),
        uncertainty: None,
        structures: Structures::default(),
        stresses: Vec::new(),
        precision: None,
        economics: Default::default(),
        reads: Reads::ALL,
    }
}

/// The luck of a replicate.
pub fn luck_of(seed: u64, replicate: u32) -> Draws {
    Draws { seed, draw: 0, replicate }
}

/// The luck of a replicate of an experiment.
pub fn luck(experiment: &Experiment, replicate: u32) -> Draws {
    luck_of(experiment.seed, replicate)
}

/// The world of an experiment's first place at the fork, with nothing counted yet.
pub fn at_fork(experiment: &Experiment) -> World {
    let mut world = cell::burn_in(experiment, &experiment.places[0], luck(experiment, 0));
    world.outcomes = Outcomes::new(experiment.years);
    world
}

/// Lives a world on under a regime, and looks at it between any two processes.
pub fn watched(
    experiment: &Experiment,
    world: &mut World,
    regime: &Regime,
    months: RangeInclusive<i32>,
    look: &mut dyn FnMut(&str, &World, &Month<'_>),
) {
    let stages = regime.stages(world.status_quo());
    let years = if *months.start() > 0 { experiment.years } else { 0 };
    let settings = Settings {
        parameters: &experiment.parameters,
        structures: &experiment.structures,
        stages: &stages,
        years,
        blows: &[],
        reads: Reads::ALL,
    };
    for number in months {
        world.month = number;
        let month = Month::of(world, &settings);
        look("month", world, &month);
        for (name, process) in model::PROCESSES {
            process(world, &month);
            look(name, world, &month);
        }
    }
}

/// Lives a world on under a regime.
pub fn lives(
    experiment: &Experiment,
    world: &mut World,
    regime: &Regime,
    months: RangeInclusive<i32>,
) {
    watched(experiment, world, regime, months, &mut |_, _, _| {});
}

/// Everything in a world that a regime could change, to be held against another's.
pub fn all_of(world: &World) -> String {
    let mut world = world.clone();
    // What has been announced differs by definition; whether any of it has arrived must not.
    world.commissioner.arrived.retain(|arrived| *arrived > 0.0);
    // How it was found out what strikes people is no part of their lives.
    (world.almanac, world.roll) = Default::default();
    world.people.iter_mut().for_each(|person| person.row = 0);
    let facts = format!("{:?}", world.facts);
    format!("{world:?}").replace(&facts, "")
}

/// A number in [0, 1) that looks like chance and is a function of its key.
pub fn noise(seed: u64, key: u64) -> f64 {
    (philox([seed, key], 0x7E57)[0] >> 11) as f64 / (1_u64 << 53) as f64
}

/// Parameters from anywhere in the ledger's ranges: `far` 0 gives the defaults.
pub fn drawn(seed: u64, far: f64) -> Parameters {
    let mut parameters = Parameters::default();
    for (row, p) in PARAMETERS.iter().enumerate() {
        let anywhere = p.low + noise(seed, row as u64) * (p.high - p.low);
        *parameters.get_mut(p.name).expect("declared") = p.default + far * (anywhere - p.default);
    }
    parameters
}

/// Named causal links, one in five switched off.
pub fn any_structures(seed: u64) -> Structures {
    let mut structures = Structures::default();
    for (row, (id, _)) in STRUCTURES.iter().enumerate() {
        *structures.get_mut(id).expect("declared") = noise(seed, row as u64 + 5000) > 0.2;
    }
    structures
}

/// So many cases of a property, or as many as `PROPTEST_CASES` says.
pub fn cases(usual: u32) -> ProptestConfig {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let told = std::env::var_os("PROPTEST_CASES").is_some();
    ProptestConfig { cases: if told { config.cases } else { usual }, ..config }
}

/// Settings a lever could have instead of the one it has.
pub fn others(lever: &Lever, now: &Levers) -> Vec<Setting> {
    let own = now.get(lever.name).expect("declared");
    let all = match lever.kind {
        LeverKind::Number { low, high, .. } => vec![number(high), number(low)],
        LeverKind::Choice(list) => list.iter().map(|choice| word(choice)).collect(),
        // A direct payment on request is law.
        LeverKind::Set(_) => vec![words(&["managed", "direct_payment"])],
        LeverKind::Table { keys, low, high } => [high, low]
            .into_iter()
            .map(|share| shares(&keys.iter().map(|key| (*key, share)).collect::<Vec<_>>()))
            .collect(),
    };
    all.into_iter().filter(|setting| *setting != own).collect()
}

/// Some setting of every lever, from anywhere in its range; one in three stays as it is.
pub fn any_levers(seed: u64) -> Vec<(&'static str, Setting)> {
    let mut settings = Vec::new();
    for (row, lever) in LEVERS.iter().enumerate() {
        let (u, v) = (noise(seed, row as u64), noise(seed, row as u64 + 1000));
        if u < 1.0 / 3.0 {
            continue;
        }
        let setting = match lever.kind {
            LeverKind::Number { low, high, whole } => {
                let x = low + v * (high - low);
                number(if whole { x.floor() } else { x })
            }
            LeverKind::Choice(list) => word(list[(v * list.len() as f64) as usize]),
            LeverKind::Set(_) if v < 0.5 => words(&["managed", "direct_payment", "isf"]),
            LeverKind::Set(_) => words(&["managed", "direct_payment", "isf", "mixed"]),
            LeverKind::Table { keys, low, high } => {
                let share = |k: usize| low + noise(seed, (row * 10 + k) as u64) * (high - low);
                shares(
                    &keys.iter().enumerate().map(|(k, key)| (*key, share(k))).collect::<Vec<_>>(),
                )
            }
        };
        settings.push((lever.name, setting));
    }
    settings
}

/// A place of one neighbourhood where nothing happens but what a test brings about:
/// nobody arrives, dies, falls ill or is reviewed, and no agency starts or closes by chance.
pub struct Hamlet {
    /// Parameters, to be set before the months they are to hold in.
    pub p: Parameters,
    /// The world.
    pub world: World,
    /// A process left out, to see whether it is missed.
    pub without: Option<&'static str>,
    /// Blows it is dealt.
    pub blows: Vec<Blow>,
    structures: Structures,
    stages: Vec<(i32, Levers)>,
    born: u32,
}

impl Hamlet {
    /// With nobody in it, at the fork.
    pub fn new(without: Option<&'static str>) -> Self {
        Self::under(without, &[])
    }

    /// With nobody in it, under some rules of its own.
    pub fn under(without: Option<&'static str>, rules: &[(&str, Setting)]) -> Self {
        let mut p = Parameters::default();
        for quiet in [
            "dying_older",
            "dying_working_age",
            "leaving_older",
            "leaving_working_age",
            "need_change",
            "admissions_older",
            "admissions_working_age",
            "care_home_older",
            "care_home_working_age",
            "wish_to_leave",
            "savings_run_out",
            "incidents",
            "reviewed",
            "closing",
            "chain_fails",
            "starting",
            "enterprise_closing",
            "assistant_turnover",
            "bid_spread",
            "woodwork",
            "sole_trader_absence",
            "different_answers",
            "match_weight",
            "drawings",
        ] {
            *p.get_mut(quiet).expect(quiet) = 0.0;
        }
        p.bids = 1.0;
        let mut place = Place { neighbourhoods: 1, clients: [4.0; 4], ..Place::town() };
        // Nobody is offered a budget, unless a test says so.
        let plain = [("offered", words(&["managed"]))];
        for (lever, setting) in plain.iter().chain(rules) {
            assert!(place.status_quo.set(lever, setting), "{lever}");
        }
        let luck = luck_of(1, 0);
        let mut world = build::world(&place, &p, luck, 1);
        for list in [&mut world.free_further, &mut world.free_providers] {
            list.clear();
        }
        while !world.people.is_empty() {
            world.parts_with(0);
        }
        world.further.clear();
        world.providers.clear();
        world.arrivals = [0.0; build::Class::COUNT];
        world.centres = Centres { term_sds: [1.0; 5], ..Centres::default() };
        world.labour.looking = 1000.0;
        world.labour.usual = 1000.0;
        world.commissioner.assessment_capacity = 1000.0;
        let here = &mut world.neighbourhoods[0];
        here.ring.clear();
        here.awards.clear();
        here.ends = i32::MAX;
        world.outcomes = Outcomes::new(5);
        let structures = Structures::default();
        Self { p, world, without, blows: Vec::new(), structures, stages: Vec::new(), born: 0 }
    }

    /// An older person who asks the council for some hours a week of personal care.
    pub fn person(&mut self, hours: f32, change: impl FnOnce(&mut Person)) -> u64 {
        self.born += 1;
        let facts = std::sync::Arc::clone(&self.world.facts);
        let key = birth::key(birth::Origin::Row, facts.place.code, 0, 0, self.born);
        let class = build::Class::Older;
        let made = build::person(&facts, &self.p, key, class, 0, &self.world);
        let mut person = Person {
            need: [hours, 0.0, 0.0],
            plan: [hours, 0.0, 0.0],
            wants: [0.0; 5],
            control_taste: 0.0,
            capacity: 1.0,
            connected: 0.5,
            connected_base: 0.5,
            severity: 0.0,
            urgent: false,
            employs: false,
            on_panel: true,
            stage: Stage::Asked,
            means: Means::PaysNothing,
            ..made
        };
        change(&mut person);
        self.world.adds(person, &self.p);
        key
    }

    /// Sets parameters while people live: what may strike them is looked for anew.
    pub fn sets(&mut self, change: impl FnOnce(&mut Parameters)) {
        change(&mut self.p);
        self.world.begins_anew(&self.p);
    }

    /// An agency with staff for some hours a week, of average quality, and with money.
    pub fn agency(&mut self, hours: f64, change: impl FnOnce(&mut Provider)) -> u64 {
        self.born += 1;
        let key = birth::key(birth::Origin::Provider, 0, 0, 0, self.born);
        let made = build::agency(&self.world, &self.p, key, 0, hours, false);
        let mut provider = Provider {
            quality: 0.0,
            own_quality: 0.0,
            flexibility: 0.0,
            own_flexibility: 0.0,
            pay: 1.0,
            own_pay: 0.0,
            reserves: 1e6,
            wants_growth: false,
            private_price: self.world.facts.place.contracted_hour * 1.2,
            terms: [0.0; 5],
            ..made
        };
        change(&mut provider);
        let row = self.world.admit(provider);
        let provider = &self.world.providers[row as usize];
        if provider.contract_price > 0.0 {
            let award =
                Award { provider: row, key, price: provider.contract_price, guaranteed: 0.0 };
            self.world.neighbourhoods[0].awards.push(award);
            self.world.providers[row as usize].lots = 1;
        }
        self.world.rebuild_rings(self.world.month);
        key
    }

    /// Some lever settings are announced, and reach everybody at once.
    pub fn announce(&mut self, settings: &[(&str, Setting)]) {
        self.p.arrival_start = 1.0;
        let next = self.world.month.max(1);
        self.stages = announces(next, settings).stages(self.world.status_quo());
    }

    /// Lives on for some months, and looks at the world after each.
    pub fn lives(&mut self, months: i32, look: &mut dyn FnMut(&World)) {
        for _ in 0..months {
            let settings = Settings {
                parameters: &self.p,
                structures: &self.structures,
                stages: &self.stages,
                years: 5,
                blows: &self.blows,
                reads: Reads::ALL,
            };
            let month = Month::of(&self.world, &settings);
            for (name, process) in model::PROCESSES {
                if self.without != Some(*name) {
                    process(&mut self.world, &month);
                }
            }
            look(&self.world);
            self.world.month += 1;
        }
    }

    /// Lives on for some months, and tells one person's life.
    pub fn tells(&mut self, key: u64, months: i32) -> Life {
        let mut recorder = Recorder::new(key, (2015, 4));
        recorder.follows(&mut self.world);
        recorder.begins(&self.world);
        for _ in 0..months {
            let settings = Settings {
                parameters: &self.p,
                structures: &self.structures,
                stages: &self.stages,
                years: 5,
                blows: &self.blows,
                reads: Reads::ALL,
            };
            let number = self.world.month;
            recorder.lives(&mut self.world, &settings, number);
            self.world.month += 1;
        }
        recorder.ends(&self.world, "told")
    }

    /// One person; none once they are gone.
    pub fn who(&self, key: u64) -> Option<&Person> {
        self.world.people.iter().find(|person| person.key == key)
    }

    /// One provider.
    pub fn firm(&self, key: u64) -> &Provider {
        self.world.providers.iter().find(|provider| provider.key == key).expect("it was admitted")
    }

    /// The birth key of a person's main supporter.
    pub fn supporter(&self, key: u64) -> Option<u64> {
        let main = self.who(key)?.main;
        main.exists().then(|| self.world.providers[main.provider as usize].key)
    }
}
