//! Chance that comes out the same each time: ids, names, ID cards and numbers from one seeded source. Everything invented
//! here passes the checks of `domain`, and no number is meant to be anybody's.

use super::place::Province;
use crate::error::ServiceError;
use domain::{CreditCode, Day, IdCard, Moment, PersonName, Phone};
use rand::rngs::StdRng;
use rand::{Rng, RngCore, SeedableRng};
use std::collections::BTreeSet;
use uuid::Uuid;

const SEED: u64 = 0x6a69_616e_7869;

const GIVEN: [&str; 48] = [
    "子涵", "雨桐", "浩宇", "欣怡", "梓轩", "佳琪", "俊杰", "思远", "雅婷", "志远", "晓峰", "美玲", "文静", "建华",
    "丽娟", "嘉豪", "静怡", "天宇", "雪梅", "明轩", "诗涵", "立群", "春燕", "海涛", "玉兰", "小龙", "秋月", "国栋",
    "倩", "磊", "婷", "洋", "薇", "鑫", "娜", "凯", "璐", "超", "蕾", "鹏", "云", "波", "丹", "锐", "莹", "航", "颖",
    "川",
];

/// The source of everything invented.
pub(super) struct Chance {
    rng: StdRng,
    names: BTreeSet<String>,
    phones: u32,
    cards: u32,
    hosts: u32,
}

impl Chance {
    pub(super) fn new() -> Self {
        Self {
            rng: StdRng::seed_from_u64(SEED),
            names: BTreeSet::new(),
            phones: 0,
            cards: 0,
            hosts: 0,
        }
    }

    /// A UUIDv7 of a moment.
    pub(super) fn id(&mut self, at: Moment) -> Uuid {
        let mut bytes = [0_u8; 10];
        self.rng.fill_bytes(&mut bytes);
        uuid::Builder::from_unix_timestamp_millis(u64::try_from(at.millis()).unwrap_or(0), &bytes).into_uuid()
    }

    /// True so many times in a hundred.
    pub(super) fn percent(&mut self, times: u32) -> bool {
        self.rng.random_ratio(times.min(100), 100)
    }

    /// A whole number from `from` to `to`.
    pub(super) fn between(&mut self, from: i32, to: i32) -> i32 {
        self.rng.random_range(from..=to.max(from))
    }

    /// A number between two.
    pub(super) fn within(&mut self, from: f64, to: f64) -> f64 {
        self.rng.random_range(from..to)
    }

    /// One of several.
    pub(super) fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        if all.is_empty() {
            None
        } else {
            all.get(self.rng.random_range(0..all.len())).copied()
        }
    }

    /// Bytes for a second-factor secret of a demo account.
    pub(super) fn secret(&mut self) -> Vec<u8> {
        let mut bytes = vec![0_u8; 20];
        self.rng.fill_bytes(&mut bytes);
        bytes
    }

    /// A given name, or one that nobody in the demo has yet.
    pub(super) fn name(&mut self, given: Option<&str>, province: &Province) -> Result<PersonName, ServiceError> {
        if let Some(given) = given {
            self.names.insert(given.to_owned());
            return PersonName::parse(given).map_err(ServiceError::fault);
        }
        for _ in 0..1000 {
            let family = self.one_of(province.surnames).unwrap_or("王");
            let name = format!("{family}{}", self.one_of(&GIVEN).unwrap_or("明"));
            if self.names.insert(name.clone()) {
                return PersonName::parse(&name).map_err(ServiceError::fault);
            }
        }
        Err(ServiceError::fault("the demo has run out of names"))
    }

    /// The next mobile number, 130 0000 0001 and on.
    pub(super) fn phone(&mut self) -> Result<Phone, ServiceError> {
        self.phones += 1;
        Phone::parse(&format!("1300000{:04}", self.phones)).map_err(ServiceError::fault)
    }

    /// An ID number whose last character fits.
    pub(super) fn id_card(&mut self, province: &Province, birth: Day) -> Result<IdCard, ServiceError> {
        self.cards += 1;
        let prefix = self.one_of(province.card_prefixes).unwrap_or("110105");
        let birth = birth.to_string().replace('-', "");
        let body = format!("{prefix}{birth}{:03}", self.cards % 1000);
        let found = "0123456789X"
            .chars()
            .find_map(|check| IdCard::parse(&format!("{body}{check}")).ok());
        found.ok_or_else(|| ServiceError::fault("demo ID card"))
    }

    /// A social credit code whose last character fits.
    pub(super) fn credit_code(&mut self, division: &str) -> Result<CreditCode, ServiceError> {
        self.hosts += 1;
        let body = format!("91{division}MA00000{:02}", self.hosts);
        let checks = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        let found = checks
            .chars()
            .find_map(|check| CreditCode::parse(&format!("{body}{check}")).ok());
        found.ok_or_else(|| ServiceError::fault("demo credit code"))
    }
}
