//! People of the demo whose 实名认证 is not through: it lies at their county since some working days, or came back to them.

use super::engagement::Place;
use super::fill::Fill;
use super::person::{self, Person};
use super::workdays_ago;
use crate::actor::Actor;
use crate::error::ServiceError;
use crate::identity;
use domain::identity::{IdentityState, PHOTOS};
use domain::review::{CaseEvent, CaseKind, Verdict};
use domain::{AccountId, Moment, TraineeId};
use store::review::{Decision, Subject};

/// Somebody whom no gateway vouched for.
struct Open {
    /// Name.
    name: &'static str,
    /// Working days since it was submitted.
    workdays: u32,
    /// Whether the county asked for photos of the ID card.
    returned: bool,
    /// What one can look at with this sign-in; none for those who are only in the queue.
    note: Option<&'static str>,
}

/// Those who live where a host is.
const fn at(division: &str) -> Option<Open> {
    match division.as_bytes() {
        b"520623" => Some(Open {
            name: "安小燕",
            workdays: 6,
            returned: false,
            note: Some("实名认证正在审核，看谁在办、何时办结"),
        }),
        b"370102" => Some(Open {
            name: "曲文杰",
            workdays: 2,
            returned: false,
            note: None,
        }),
        b"500157" => Some(Open {
            name: "谭小丽",
            workdays: 4,
            returned: true,
            note: Some("实名认证被退回，要补身份证照片"),
        }),
        _ => None,
    }
}

impl Fill<'_> {
    /// Somebody who lives near this host and whose 实名认证 is not through.
    pub(super) async fn unverified(
        &mut self,
        place: &Place<'_>,
        reviewers: &[(&str, AccountId, &str)],
    ) -> Result<(), ServiceError> {
        let division = place.plan.division;
        let Some(open) = at(division).filter(|_| self.opened.insert(division)) else {
            return Ok(());
        };
        let at = workdays_ago(self.service, self.now, open.workdays);
        let person = Person {
            name: Some(open.name),
            number: 0,
            note: open.note,
            at,
        };
        self.trainees += 1;
        let home = (place.province, place.plan);
        let made = person::trainee(
            self.service,
            &mut *self.tx,
            &mut self.chance,
            &self.passwords,
            home,
            person,
        )
        .await?;
        let reviewer = reviewers
            .iter()
            .find(|(of, ..)| *of == division)
            .map(|(_, account, name)| (*account, *name));
        self.open_identity(&open, (made.account, made.id), at, reviewer).await
    }

    /// Opens the case and, where it came back, writes the county's decision.
    async fn open_identity(
        &mut self,
        open: &Open,
        (account, trainee): (AccountId, TraineeId),
        at: Moment,
        reviewer: Option<(AccountId, &str)>,
    ) -> Result<(), ServiceError> {
        let about = Subject::Trainee(trainee);
        let (_, version) = store::identity::find(self.tx, about)
            .await?
            .ok_or(ServiceError::NotFound)?;
        store::identity::set(self.tx, about, IdentityState::Manual, at, version).await?;
        let person = store::trainee::find(self.tx, trainee)
            .await?
            .ok_or(ServiceError::NotFound)?;
        let actor = Actor::on_behalf_of(account, trainee);
        identity::open_case_at(self.service, self.tx, &actor, &person, at).await?;
        match reviewer {
            Some(reviewer) if open.returned => self.ask_for_photos(about, at, reviewer).await,
            _ => Ok(()),
        }
    }

    async fn ask_for_photos(
        &mut self,
        about: Subject,
        submitted_at: Moment,
        (account, name): (AccountId, &str),
    ) -> Result<(), ServiceError> {
        let mut case = store::review::latest_of(self.tx, CaseKind::PersonIdentity, about)
            .await?
            .ok_or(ServiceError::NotFound)?;
        case.progress = case
            .progress
            .step(CaseEvent::Return)
            .map_err(|_| ServiceError::fault("demo case"))?;
        case.returned_fields = vec![PHOTOS.to_owned()];
        store::review::save(self.tx, &case).await?;
        let sealed = store::review::snapshot(self.tx, case.id, case.snapshot)
            .await?
            .ok_or(ServiceError::NotFound)?;
        let decision = Decision {
            verdict: Verdict::Return,
            account,
            account_name: name.to_owned(),
            agency: Some(case.agency),
            agency_name: None,
            purpose: Some(case.purpose),
            reason: Some("电话没有打通，请上传身份证两面的照片。".to_owned()),
            fields: case.returned_fields.clone(),
            record: None,
            snapshot: sealed.number,
            snapshot_hash: sealed.hash,
            basis: case.basis.clone(),
            at: submitted_at.plus_millis(5 * 60 * super::fill::MINUTE),
        };
        Ok(store::review::add_decision(self.tx, case.id, &decision).await?)
    }
}
