//! Rule packs (`domain.md` §7): every number comes from a document, provinces hold only what differs.

use crate::national;
use domain::review::StagePurpose;
use domain::rulepack::{NATIONAL_TOML, PROVINCES, RulePack};

pub(crate) fn province(code: &str) -> RulePack {
    let (_, document) = PROVINCES.into_iter().find(|(region, _)| *region == code).unwrap();
    let mut merged: toml::Table = toml::from_str(NATIONAL_TOML).unwrap();
    merged.extend(toml::from_str::<toml::Table>(document).unwrap());
    merged.try_into().unwrap()
}

#[test]
fn the_national_defaults_are_the_numbers_of_the_domain_page() {
    let rules = national();
    assert_eq!(
        (rules.youth_age_min, rules.youth_age_max, rules.graduate_window_years),
        (16, 24, 2)
    );
    assert_eq!(
        (rules.agency_decision_workdays, rules.host_confirmation_workdays),
        (10, 7)
    );
    assert_eq!((rules.complaint_opened_workdays, rules.inspection_workdays), (3, 15));
    assert_eq!((rules.check_ins_per_week, rules.missed_run_threshold), (2, 3));
    assert_eq!((rules.open_applications, rules.seats_percent_of_insured), (1, 100));
    assert_eq!(
        (
            rules.internship_months_min,
            rules.internship_months_max,
            rules.claim_after_months
        ),
        (3, 12, 3)
    );
    assert_eq!(
        (
            rules.retention_bonus_percent,
            rules.mentoring_subsidy.fen(),
            rules.mentoring_contract_years
        ),
        (50, 200_000, 1)
    );
    assert_eq!((rules.low_retention_percent, rules.low_retention_years), (20, 2));
    assert_eq!((rules.idle_years, rules.ban_years, rules.keep_years), (1, 3, 5));
    assert_eq!((rules.people_per_mentor_max, rules.rectification_days_max), (10, 180));
    assert_eq!(
        (
            rules.fence_radius_default_m,
            rules.late_upload_hours,
            rules.correction_weeks
        ),
        (300, 72, 2)
    );
    assert_eq!((rules.position_purge_days, rules.complaint_reopen_days), (180, 15));
}

#[test]
fn a_province_document_holds_only_what_differs() {
    let national: toml::Table = toml::from_str(NATIONAL_TOML).unwrap();
    for (code, document) in PROVINCES {
        let own: toml::Table = toml::from_str(document).unwrap();
        assert_eq!(own["region"].as_str(), Some(code));
        for (key, value) in &own {
            let names_the_document = ["region", "name", "version", "valid_from"].contains(&key.as_str());
            assert!(
                names_the_document || national.get(key) != Some(value),
                "{code} repeats {key}"
            );
        }
    }
}

#[test]
fn the_provinces_differ_as_their_documents_say() {
    use StagePurpose::{CityReview, CountyInspection, CountyReview, ProvincialFiling};
    let (gz, sd, jl, cq) = (
        province("520000"),
        province("370000"),
        province("220000"),
        province("500000"),
    );
    assert_eq!(sd.certification_chain, [CountyReview, CityReview, ProvincialFiling]);
    assert_eq!(cq.certification_chain, [CountyInspection, CountyReview]);
    assert_eq!(
        (
            sd.post_chain.len(),
            gz.post_chain.len(),
            jl.post_chain.len(),
            cq.post_chain.len()
        ),
        (2, 1, 1, 1)
    );
    let only = |flag: fn(&RulePack) -> bool| [&gz, &sd, &jl, &cq].map(flag);
    assert_eq!(only(|rules| rules.posts_forwardable), [true, false, false, false]);
    assert_eq!(only(|rules| rules.onboarding_review), [false, true, false, false]);
    assert_eq!(only(|rules| rules.decisions_revocable), [false, true, false, false]);
    assert_eq!(
        only(|rules| rules.one_internship_in_a_lifetime),
        [false, true, false, false]
    );
    assert_eq!(
        only(|rules| rules.hosts_add_people_directly),
        [false, false, true, false]
    );
    assert_eq!(only(|rules| rules.monthly_report), [false, false, true, false]);
    assert_eq!(
        jl.pay_floor_youth.map(|floor| floor.to_string()).as_deref(),
        Some("¥2,256.00")
    );
    assert_eq!(
        jl.pay_floor_others.map(|floor| floor.to_string()).as_deref(),
        Some("¥3,008.00")
    );
    assert_eq!(gz.pay_floor_youth, None);
}

#[test]
fn a_document_with_a_misspelt_or_missing_field_is_refused() {
    let misspelt = NATIONAL_TOML.replace("ban_years", "bann_years");
    assert!(toml::from_str::<RulePack>(&misspelt).is_err());
    let missing: String = NATIONAL_TOML
        .lines()
        .filter(|line| !line.starts_with("keep_years"))
        .map(|line| format!("{line}\n"))
        .collect();
    assert!(toml::from_str::<RulePack>(&missing).is_err());
}

#[test]
fn a_pack_reaches_the_browser_unchanged() {
    let rules = province("220000");
    let wire = serde_json::to_string(&rules).unwrap();
    assert_eq!(serde_json::from_str::<RulePack>(&wire).unwrap(), rules);
}
