//! 签到: judged by the fence, recorded exactly once, never lost because of a verdict.

use super::{span, view, week_quota};
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use domain::attendance::{CheckInForm, CheckInReceipt, CheckInState, Judgement, NewCheckIn, clock_doubt, judge};
use domain::audit::AuditEvent;
use domain::internship::InternshipState;
use domain::value::day_label;
use domain::{CheckInId, Moment, Week};
use sha2::{Digest, Sha256};
use store::Tx;
use store::attendance::CheckIn;
use store::internship::Internship;
use store::site::Site;

/// Records a check-in of the trainee's own internship. The same id with the same content is answered again with what was
/// recorded; the same id with other content is a conflict and overwrites nothing.
///
/// # Errors
/// [`ServiceError::Invalid`] for malformed numbers, [`ServiceError::NotFound`] for another person's internship,
/// [`ServiceError::Refused`] outside its dates or without consent, [`ServiceError::Conflict`] for a reused id.
pub async fn check_in(service: &Service, actor: &Actor, form: CheckInForm) -> Result<CheckInReceipt, ServiceError> {
    let trainee = actor.as_trainee()?;
    let now = service.now();
    let content_hash = content_hash(&form);
    let mut tx = service.db().begin().await?;
    let internship = store::internship::find_own(&mut tx, trainee, form.internship)
        .await?
        .ok_or(ServiceError::NotFound)?;
    // Looked up before anything is judged: a retry is answered however late it comes.
    let (recorded, is_repeated) = match recorded_before(&mut tx, &internship, form.id, &content_hash).await? {
        Some(before) => (before, true),
        None => {
            let new = form.check(now)?;
            let consent = store::trainee::find(&mut tx, trainee)
                .await?
                .ok_or(ServiceError::NotFound)?;
            may_check_in(&internship, consent.consent_sensitive_at.is_some(), now)?;
            let sites = store::site::allowed(&mut tx, internship.id).await?;
            let check_in = judged(&internship, &sites, new, now, content_hash)?;
            if store::attendance::insert(&mut tx, &check_in).await? {
                let event = AuditEvent::CheckedIn {
                    check_in: check_in.id,
                    internship: internship.id,
                    site: check_in.site,
                    verdict: check_in.verdict,
                    state: check_in.state,
                };
                service.audit(&mut tx, actor.author(), &event).await?;
                store::live::announce(&mut tx, internship.host).await?;
                (check_in, false)
            } else {
                // The same press arrived twice at once and the other one was quicker.
                let quicker = recorded_before(&mut tx, &internship, check_in.id, &check_in.content_hash).await?;
                (quicker.ok_or_else(reused_id)?, true)
            }
        }
    };
    let week = Week::of(now.day());
    let counted = store::attendance::counted_days(&mut tx, internship.id, week.monday(), week.sunday()).await?;
    let quota = week_quota(service, &internship, week, counted);
    tx.commit().await?;
    if !is_repeated {
        service.hub().committed(internship.host);
    }
    Ok(CheckInReceipt {
        check_in: view(recorded),
        repeated: is_repeated,
        quota,
    })
}

/// What stands under this id already, when it is the same press; other content under the same id is refused.
async fn recorded_before(
    tx: &mut Tx,
    internship: &Internship,
    id: CheckInId,
    content_hash: &str,
) -> Result<Option<CheckIn>, ServiceError> {
    match store::attendance::find_of_internship(tx, internship.id, id).await? {
        Some(before) if before.content_hash != content_hash => Err(reused_id()),
        before => Ok(before),
    }
}

/// Whether a check-in is possible at all, before anything is judged.
fn may_check_in(internship: &Internship, consented: bool, now: Moment) -> Result<(), ServiceError> {
    let today = now.day();
    let refuse = |sentence: String| Err(ServiceError::Refused(sentence));
    match internship.state {
        InternshipState::Active => {}
        InternshipState::Offered | InternshipState::Declined | InternshipState::Withdrawn | InternshipState::Ended => {
            return refuse("这段见习已经结束，不用再签到。".to_owned());
        }
    }
    if !consented {
        return refuse("你还没有同意使用位置信息，所以不能按位置签到。可以在“我的”里打开。".to_owned());
    }
    if today < internship.starts_on {
        return refuse(format!("见习从{}开始，到那天再签到。", day_label(internship.starts_on)));
    }
    if !span(internship).contains(&today) {
        return refuse(format!("见习已在{}结束，不用再签到。", day_label(internship.ends_on)));
    }
    Ok(())
}

fn judged(
    internship: &Internship,
    sites: &[Site],
    new: NewCheckIn,
    now: Moment,
    content_hash: String,
) -> Result<CheckIn, ServiceError> {
    let fences: Vec<_> = sites.iter().map(crate::site::fence).collect();
    let judgement = judge(&fences, new.position, new.accuracy);
    let (Judgement { distance, verdict, .. }, site) = judgement
        .and_then(|judgement| {
            sites
                .get(usize::try_from(judgement.index).ok()?)
                .map(|site| (judgement, site))
        })
        .ok_or_else(|| ServiceError::Refused("单位还没有设置签到地点。请联系单位经办人。".to_owned()))?;
    Ok(CheckIn {
        id: new.id,
        internship: internship.id,
        name: internship.name.clone(),
        host: internship.host,
        site: site.id,
        site_name: site.name.clone(),
        day: now.day(),
        device_at: new.device_time,
        server_at: now,
        position: Some(new.position),
        accuracy: new.accuracy,
        distance,
        verdict,
        state: CheckInState::on_receipt(verdict, clock_doubt(new.device_time, now)),
        reason: new.reason,
        note: None,
        decided_by: None,
        decided_at: None,
        content_hash,
        version: 1,
    })
}

/// What makes two transmissions the same: everything that the phone sent.
fn content_hash(form: &CheckInForm) -> String {
    let mut sha = Sha256::new();
    sha.update(form.internship.uuid());
    sha.update(form.device_time.to_be_bytes());
    for number in [form.latitude, form.longitude, form.accuracy] {
        sha.update(number.to_be_bytes());
    }
    sha.update(form.reason.trim());
    hex::encode(sha.finalize())
}

fn reused_id() -> ServiceError {
    ServiceError::Conflict("这次签到的编号已经用过，内容却不一样，原来的记录没有改动。请重新按一次“签到”。".to_owned())
}
