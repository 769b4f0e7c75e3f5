//! What describes a provider, on one scale, and where it can be found.

use super::ties;
use super::world::{Provider, ProviderKind, ProviderRow, TERMS, World};
use crate::draws::{Luck, Stream};
use crate::levers::Levers;
use crate::parameters::Parameters;

impl World {
    /// Scales providers' raw terms to mean 0 and sd 1 over the place's providers.
    pub fn scale_terms(&mut self, p: &Parameters, levers: &Levers) {
        let raw: Vec<_> = self
            .providers
            .iter()
            .filter(|provider| provider.open && provider.kind != ProviderKind::Assistant)
            .map(|provider| raw_terms(provider, levers, p))
            .collect();
        let n = raw.len() as f64;
        if n >= 2.0 {
            for term in 0..TERMS {
                let mean = raw.iter().map(|r| r[term]).sum::<f64>() / n;
                let squares = raw.iter().map(|r| (r[term] - mean) * (r[term] - mean)).sum::<f64>();
                self.centres.term_means[term] = mean;
                self.centres.term_sds[term] = (squares / n).sqrt().max(p.least_term_sd);
            }
        }
        self.refresh_terms(p, levers);
    }

    /// Gives every provider its terms on the scale in force.
    pub fn refresh_terms(&mut self, p: &Parameters, levers: &Levers) {
        for row in 0..self.providers.len() {
            if self.providers[row].open && self.providers[row].kind != ProviderKind::Assistant {
                let raw = raw_terms(&self.providers[row], levers, p);
                self.providers[row].terms = self.scaled(&raw, p);
            }
        }
    }

    /// Puts every provider on the rings of the neighbourhoods it reaches, anew.
    pub fn rebuild_rings(&mut self, month: i32) {
        let luck = self.facts.draws.of(Stream::Ring, super::month::quarter(month));
        for here in 0..self.neighbourhoods.len() {
            let mut ring = std::mem::take(&mut self.neighbourhoods[here].ring);
            ring.clear();
            for (row, provider) in self.providers.iter().enumerate() {
                if self.reaches(provider, here as u16) {
                    let [word, _] = luck.words(provider.key, here as u64);
                    ring.push(((word >> 32) as u32, row as u32));
                }
            }
            let key = |row: ProviderRow| self.providers[row as usize].key;
            ring.sort_unstable_by(|(at, a), (other, b)| {
                at.cmp(other).then_with(|| key(*a).cmp(&key(*b)))
            });
            self.neighbourhoods[here].ring = ring;
        }
    }

    /// Puts one provider on the ring of a neighbourhood, where it reaches it.
    pub fn join_ring(&mut self, row: ProviderRow, neighbourhood: u16, luck: Luck) {
        let provider = &self.providers[row as usize];
        if !self.reaches(provider, neighbourhood) {
            return;
        }
        let [word, _] = luck.words(provider.key, u64::from(neighbourhood));
        let at = (word >> 32) as u32;
        let ring = &mut self.neighbourhoods[neighbourhood as usize].ring;
        let place = ring.partition_point(|(other, _)| *other < at);
        ring.insert(place, (at, row));
    }

    /// Whether a provider would come to a neighbourhood, and can be found there.
    pub fn reaches(&self, provider: &Provider, neighbourhood: u16) -> bool {
        let within = |reach: f32| self.facts.between(provider.home, neighbourhood) <= reach;
        provider.open
            && match provider.kind {
                ProviderKind::LargeAgency => true,
                ProviderKind::SmallAgency => within(self.small_reach),
                ProviderKind::MicroEnterprise | ProviderKind::Venture => {
                    within(self.enterprise_reach)
                }
                ProviderKind::InHouse | ProviderKind::Assistant => false,
            }
    }
}

/// What describes a provider, before scaling: flexible, local, continuity, assurance, reputation.
pub fn raw_terms(provider: &Provider, levers: &Levers, p: &Parameters) -> [f64; TERMS] {
    let specified = if provider.lots != 0 { levers.standardisation } else { 0.0 };
    let assured = if provider.regulated {
        1.0
    } else if provider.accredited {
        p.assurance_accredited
    } else {
        0.0
    };
    [
        provider.flexibility * (1.0 - specified),
        provider.rooted,
        -provider.turnover,
        assured + p.assurance_quality * provider.quality + p.assurance_specified * specified,
        provider.quality,
    ]
}

/// A supporter's key as people remember it a year on.
pub fn remembered(provider: &Provider) -> u32 {
    ties::fold(provider.key)
}
