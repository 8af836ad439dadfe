//! Records check-ins together: those that gather while one transaction is on its way to the disk share the statements and
//! the fsync of the next. Nobody is answered before the commit, so what was answered is never lost.

use super::check_in::judged;
use crate::context::Service;
use crate::error::ServiceError;
use crate::together::Together;
use domain::attendance::CheckInForm;
use domain::audit::AuditEvent;
use domain::{CheckInId, Day, HostId, InternshipId, Moment, TraineeId, Week};
use std::collections::{BTreeSet, HashMap, HashSet};
use store::attendance::CheckIn;
use store::audit::{Act, Author};
use store::internship::Internship;
use store::site::Site;
use store::{Db, StoreError, Tx};

/// One press of the button, as it arrived.
#[derive(Debug)]
pub(crate) struct Press {
    pub(super) trainee: TraineeId,
    pub(super) author: Author,
    pub(super) form: CheckInForm,
    pub(super) content_hash: String,
    pub(super) now: Moment,
}

/// What stands in the books after a press.
#[derive(Debug)]
pub(crate) struct Recorded {
    pub(super) internship: Internship,
    pub(super) check_in: CheckIn,
    /// Whether it stood there before this press.
    pub(super) repeated: bool,
    /// Days of the press's week that count, this one included.
    pub(super) counted: Vec<Day>,
}

type Answer = Result<Recorded, ServiceError>;

/// Presses that wait for their record.
pub(crate) type Recorder = Together<Press, Answer>;

/// Waits until the press is in the books or refused. Without an answer it is not known which: the phone asks again under
/// the same id.
pub(super) async fn enter(service: &Service, press: Press) -> Answer {
    let db = service.db().clone();
    service
        .recorder()
        .ask(press, move |presses| settle(db.clone(), presses))
        .await
        .ok_or(ServiceError::Unavailable)?
}

impl Press {
    /// The week whose quota the answer tells.
    pub(super) fn week(&self) -> Week {
        Week::of(self.now.day())
    }
}

/// Answers every press. One that breaks the transaction must not take the others with it, so they are then tried singly.
async fn settle(db: Db, presses: Vec<Press>) -> Vec<Answer> {
    match record(&db, &presses).await {
        Ok(answers) => answers,
        Err(error) if presses.len() > 1 && !matches!(error, StoreError::Unavailable(_)) => {
            tracing::warn!(%error, presses = presses.len(), "check-ins are recorded one by one");
            let mut answers = Vec::with_capacity(presses.len());
            for press in &presses {
                match record(&db, std::slice::from_ref(press)).await {
                    Ok(alone) => answers.extend(alone),
                    Err(error) => answers.push(Err(error.into())),
                }
            }
            answers
        }
        Err(error) => {
            let error = ServiceError::from(error);
            presses.iter().map(|_| Err(error.clone())).collect()
        }
    }
}

/// Records presses in one transaction; one answer each, in their order.
async fn record(db: &Db, presses: &[Press]) -> Result<Vec<Answer>, StoreError> {
    let mut tx = db.begin().await?;
    let books = Books::open(&mut tx, presses).await?;
    let mut answers: Vec<Answer> = presses.iter().map(|press| books.answer(press)).collect();
    write_new(&mut tx, presses, &mut answers).await?;
    count_days(&mut tx, presses, &mut answers).await?;
    tx.commit().await?;
    Ok(answers)
}

/// What is known of the internships that presses name, read at once.
struct Books {
    own: HashMap<InternshipId, (Internship, bool)>,
    sites: HashMap<InternshipId, Vec<Site>>,
    recorded: HashMap<CheckInId, CheckIn>,
}

impl Books {
    async fn open(tx: &mut Tx, presses: &[Press]) -> Result<Self, StoreError> {
        let asked: BTreeSet<_> = presses
            .iter()
            .map(|press| (press.trainee, press.form.internship))
            .collect();
        let own = store::internship::own(&mut *tx, &asked.into_iter().collect::<Vec<_>>()).await?;
        let own: HashMap<_, _> = own.into_iter().map(|own| (own.0.id, own)).collect();
        let internships: Vec<_> = own.keys().copied().collect();
        let mut sites: HashMap<_, Vec<Site>> = HashMap::new();
        for (internship, site) in store::site::allowed(&mut *tx, &internships).await? {
            sites.entry(internship).or_default().push(site);
        }
        let recorded = recorded(tx, presses).await?;
        Ok(Self { own, sites, recorded })
    }

    /// The internship that a press names, if it is the presser's own.
    fn own(&self, press: &Press) -> Option<&(Internship, bool)> {
        self.own
            .get(&press.form.internship)
            .filter(|(internship, _)| internship.trainee == Some(press.trainee))
    }

    /// What was recorded under the press's id, or what is to be. Looked up before anything is judged: a retry is answered
    /// however late it comes.
    fn answer(&self, press: &Press) -> Answer {
        let (internship, consented) = self.own(press).ok_or(ServiceError::NotFound)?;
        let (check_in, repeated) = match before(&self.recorded, press)? {
            Some(check_in) => (check_in, true),
            None => {
                let sites = self.sites.get(&internship.id).map_or(&[][..], Vec::as_slice);
                (judged(internship, *consented, sites, press)?, false)
            }
        };
        Ok(Recorded {
            internship: internship.clone(),
            check_in,
            repeated,
            counted: Vec::new(),
        })
    }
}

async fn recorded(tx: &mut Tx, presses: &[Press]) -> Result<HashMap<CheckInId, CheckIn>, StoreError> {
    let asked: BTreeSet<_> = presses
        .iter()
        .map(|press| (press.form.internship, press.form.id))
        .collect();
    let found = store::attendance::recorded(tx, &asked.into_iter().collect::<Vec<_>>()).await?;
    Ok(found.into_iter().map(|check_in| (check_in.id, check_in)).collect())
}

/// What stands under the press's id already, when it is the same press; other content under the same id is refused.
fn before(recorded: &HashMap<CheckInId, CheckIn>, press: &Press) -> Result<Option<CheckIn>, ServiceError> {
    match recorded.get(&press.form.id) {
        // The content names the internship.
        Some(before) if before.content_hash != press.content_hash => Err(reused_id()),
        before => Ok(before.cloned()),
    }
}

/// Writes what is new, with its entry in the audit log and the word to the host's board. Of two presses under one id the
/// second is answered with what the first left.
async fn write_new(tx: &mut Tx, presses: &[Press], answers: &mut [Answer]) -> Result<(), StoreError> {
    let mut ids = HashSet::new();
    let new: Vec<CheckIn> = new_ones(answers)
        .filter(|check_in| ids.insert(check_in.id))
        .cloned()
        .collect();
    let mut written: HashSet<CheckInId> = store::attendance::insert(&mut *tx, &new).await?.into_iter().collect();
    if new_ones(answers).count() > written.len() {
        let recorded = recorded(&mut *tx, presses).await?;
        for (press, answer) in presses.iter().zip(answers.iter_mut()) {
            let Ok(one) = answer else { continue };
            if !one.repeated && !written.remove(&press.form.id) {
                match before(&recorded, press).and_then(|before| before.ok_or_else(reused_id)) {
                    Ok(before) => (one.check_in, one.repeated) = (before, true),
                    Err(error) => *answer = Err(error),
                }
            }
        }
    }
    let mut acts = Vec::new();
    let mut hosts: BTreeSet<HostId> = BTreeSet::new();
    for (press, one) in presses.iter().zip(answers.iter()) {
        if let Ok(one) = one
            && !one.repeated
        {
            acts.push(act(press, &one.check_in));
            hosts.insert(one.check_in.host);
        }
    }
    store::audit::append(&mut *tx, &acts).await?;
    for host in hosts {
        store::live::announce(&mut *tx, host).await?;
    }
    Ok(())
}

fn new_ones(answers: &[Answer]) -> impl Iterator<Item = &CheckIn> {
    answers
        .iter()
        .flatten()
        .filter(|one| !one.repeated)
        .map(|one| &one.check_in)
}

fn act(press: &Press, check_in: &CheckIn) -> Act {
    Act {
        at: press.now,
        author: press.author,
        event: AuditEvent::CheckedIn {
            check_in: check_in.id,
            internship: check_in.internship,
            site: check_in.site,
            verdict: check_in.verdict,
            state: check_in.state,
        },
    }
}

/// Tells each answer which days of its week count now.
async fn count_days(tx: &mut Tx, presses: &[Press], answers: &mut [Answer]) -> Result<(), StoreError> {
    let internships: BTreeSet<_> = answers.iter().flatten().map(|one| one.internship.id).collect();
    let weeks = presses.iter().map(Press::week);
    let (Some(first), Some(last)) = (
        weeks.clone().map(|week| week.monday()).min(),
        weeks.map(|week| week.sunday()).max(),
    ) else {
        return Ok(());
    };
    let internships: Vec<_> = internships.into_iter().collect();
    let mut days: HashMap<InternshipId, Vec<Day>> = HashMap::new();
    for (internship, day) in store::attendance::counted_days(tx, &internships, first, last).await? {
        days.entry(internship).or_default().push(day);
    }
    for (press, answer) in presses.iter().zip(answers) {
        if let Ok(one) = answer
            && let Some(days) = days.get(&one.internship.id)
        {
            let week = press.week();
            let of_week = week.monday()..=week.sunday();
            one.counted = days.iter().copied().filter(|day| of_week.contains(day)).collect();
        }
    }
    Ok(())
}

fn reused_id() -> ServiceError {
    ServiceError::Conflict("这次签到的编号已经用过，内容却不一样，原来的记录没有改动。请重新按一次“签到”。".to_owned())
}
