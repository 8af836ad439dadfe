//! 签到: judged by the fence, recorded exactly once, never lost because of a verdict.

use super::recorder::{Press, Recorded, enter};
use super::{span, view, week_quota};
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use domain::Moment;
use domain::attendance::{CheckInForm, CheckInReceipt, CheckInState, Judgement, NewCheckIn, clock_doubt, judge};
use domain::internship::InternshipState;
use domain::value::day_label;
use sha2::{Digest, Sha256};
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
    let press = Press {
        trainee,
        author: actor.author(),
        content_hash: content_hash(&form),
        form,
        now: service.now(),
    };
    let week = press.week();
    let Recorded {
        internship,
        check_in,
        repeated,
        counted,
    } = enter(service, press).await?;
    if !repeated {
        service.hub().committed(internship.host);
    }
    Ok(CheckInReceipt {
        check_in: view(check_in),
        repeated,
        quota: week_quota(service, &internship, week, counted),
    })
}

/// The check-in that a press becomes, if one is possible here and now.
pub(super) fn judged(
    internship: &Internship,
    consented: bool,
    sites: &[Site],
    press: &Press,
) -> Result<CheckIn, ServiceError> {
    let new = press.form.check(press.now)?;
    may_check_in(internship, consented, press.now)?;
    let fences: Vec<_> = sites.iter().map(crate::site::fence).collect();
    let judgement = judge(&fences, new.position, new.accuracy);
    let (judgement, site) = judgement
        .and_then(|judgement| {
            sites
                .get(usize::try_from(judgement.index).ok()?)
                .map(|site| (judgement, site))
        })
        .ok_or_else(|| ServiceError::Refused("单位还没有设置签到地点。请联系单位经办人。".to_owned()))?;
    Ok(entry(internship, site, judgement, new, press))
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

fn entry(internship: &Internship, site: &Site, judgement: Judgement, new: NewCheckIn, press: &Press) -> CheckIn {
    let Judgement { distance, verdict, .. } = judgement;
    CheckIn {
        id: new.id,
        internship: internship.id,
        name: internship.name.clone(),
        host: internship.host,
        site: site.id,
        site_name: site.name.clone(),
        day: press.now.day(),
        device_at: new.device_time,
        server_at: press.now,
        position: Some(new.position),
        accuracy: new.accuracy,
        distance,
        verdict,
        state: CheckInState::on_receipt(verdict, clock_doubt(new.device_time, press.now)),
        reason: new.reason,
        note: None,
        decided_by: None,
        decided_at: None,
        content_hash: press.content_hash.clone(),
        version: 1,
    }
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
