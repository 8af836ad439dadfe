//! Units of the demo on their way to certification. They take the way of every unit, by the same use cases, told of past
//! working days; so they come after everything else, and each step is a transaction of its own.

use super::chance::Chance;
use super::paper;
use super::person::{self, Passwords, Staff};
use super::workdays_ago;
use crate::actor::{Actor, Scope};
use crate::context::Service;
use crate::error::ServiceError;
use crate::{certification, file, host, review};
use domain::account::Role;
use domain::certification::{CertificationForm, MentorRow, NeedRow, StaffRow};
use domain::file::{BeginUpload, FilePurpose};
use domain::host::{HostIdentityForm, HostStanding};
use domain::review::{CaseKind, DecisionForm, Plan};
use domain::{AccountId, HostId, Moment};
use store::host::{About, Host};
use store::review::Subject;

/// A unit that registered itself.
struct Unit {
    name: &'static str,
    division: &'static str,
    address: &'static str,
    legal_representative: &'static str,
    operator: &'static str,
    login: &'static str,
    /// What one can look at as its operator; none for those who are only in the queue.
    note: Option<&'static str>,
    /// What it does, and the profession that it takes people in.
    profile: &'static str,
    profession: &'static str,
    /// Working days since it handed in what waits now.
    workdays: u32,
    reached: Reached,
}

/// How far it is.
enum Reached {
    /// 单位实名认证 waits for the county.
    Identity,
    /// 单位认证 waits after so many stages.
    Stage(Plan, u8),
    /// 单位认证 came back to be mended.
    Returned(Plan),
}

/// Working days that the identity was handed in before the application.
const IDENTITY_BEFORE: u32 = 6;

const UNITS: [Unit; 5] = [
    Unit {
        name: "石阡县佛顶山生态旅游开发有限公司",
        division: "520623",
        address: "坪山乡佛顶山村 3 组",
        legal_representative: "安国强",
        operator: "安晓芳",
        login: "guizhou.unit",
        note: None,
        profile: "",
        profession: "",
        workdays: 2,
        reached: Reached::Identity,
    },
    Unit {
        name: "石阡县楼上古寨文化传播有限公司",
        division: "520623",
        address: "国荣乡楼上村 12 号",
        legal_representative: "周德文",
        operator: "周倩",
        login: "guizhou.unit2",
        note: None,
        profile: "从事乡村文化展示、民宿和短视频制作，有固定办公场所和专职讲解团队，能提供食宿。",
        profession: "新媒体运营",
        workdays: 7,
        reached: Reached::Stage(Plan::County, 0),
    },
    Unit {
        name: "济南趵突泉文化创意有限公司",
        division: "370102",
        address: "泺源大街 168 号 4 楼",
        legal_representative: "于洪波",
        operator: "曲晓彤",
        login: "shandong.unit",
        note: None,
        profile: "从事文创产品设计和展览策划，现有设计师二十余人，每年接收应届毕业生实践。",
        profession: "视觉传达设计",
        workdays: 5,
        reached: Reached::Stage(Plan::County, 1),
    },
    Unit {
        name: "长春桂林路餐饮管理有限公司",
        division: "220104",
        address: "桂林路 1058 号",
        legal_representative: "金成浩",
        operator: "崔美兰",
        login: "jilin.unit",
        note: Some("单位认证被退回，改好标出的内容再提交"),
        profile: "经营连锁餐饮门店九家，设中央厨房和培训教室，能提供门店管理和食品检验岗位。",
        profession: "门店管理",
        workdays: 4,
        reached: Reached::Returned(Plan::County),
    },
    Unit {
        name: "重庆照母山智能装备有限公司",
        division: "500157",
        address: "金渝大道 22 号 5 栋",
        legal_representative: "蒋国栋",
        operator: "秦雨",
        login: "chongqing.unit",
        note: None,
        profile: "研发和装配工业检测设备，有生产线两条、实验室一间，工程师均可带教。",
        profession: "设备调试",
        workdays: 6,
        reached: Reached::Stage(Plan::County, 0),
    },
];

/// What the demo already made, for its units.
pub(super) struct Units<'a> {
    pub(super) service: &'a Service,
    pub(super) chance: Chance,
    pub(super) passwords: Passwords,
    /// Reviewers by the division of their agency.
    pub(super) reviewers: Vec<(&'static str, AccountId)>,
    pub(super) now: Moment,
}

impl Units<'_> {
    /// Tells all of them. The clock must be one that can be set; it stands at `now` again afterwards.
    pub(super) async fn everything(&mut self) -> Result<(), ServiceError> {
        for unit in &UNITS {
            self.tell(unit).await?;
        }
        self.service.clock().set(self.now);
        Ok(())
    }

    async fn tell(&mut self, unit: &Unit) -> Result<(), ServiceError> {
        let plan = match unit.reached {
            Reached::Identity => {
                self.turn_to(unit.workdays);
                let (operator, host) = self.registered(unit).await?;
                self.identify(unit, &operator, &host).await?;
                return Ok(());
            }
            Reached::Stage(plan, _) | Reached::Returned(plan) => plan,
        };
        self.turn_to(unit.workdays + IDENTITY_BEFORE);
        let (operator, host) = self.registered(unit).await?;
        self.identify(unit, &operator, &host).await?;
        self.turn_to(unit.workdays + 2);
        self.decide(CaseKind::HostIdentity, &host, verdict("approve")).await?;
        self.turn_to(unit.workdays);
        self.apply(unit, &operator, plan).await?;
        match unit.reached {
            Reached::Identity => {}
            Reached::Stage(_, passed) => {
                for _ in 0..passed {
                    self.turn_to(unit.workdays.saturating_sub(2));
                    self.decide(CaseKind::Certification, &host, verdict("approve")).await?;
                }
            }
            Reached::Returned(_) => {
                self.turn_to(unit.workdays.saturating_sub(2));
                let form = DecisionForm {
                    reason: "请上传加盖公章的管理制度，并补充带教人员的从业年限证明。".to_owned(),
                    fields: vec!["management_rules".to_owned(), "mentors".to_owned()],
                    ..verdict("return")
                };
                self.decide(CaseKind::Certification, &host, form).await?;
            }
        }
        Ok(())
    }

    /// Turns the clock to the morning so many working days ago.
    fn turn_to(&self, workdays: u32) {
        self.service.clock().set(workdays_ago(self.service, self.now, workdays));
    }

    /// The unit and its operator's account.
    async fn registered(&mut self, unit: &Unit) -> Result<(Actor, Host), ServiceError> {
        let at = self.service.now();
        let host = Host {
            id: HostId::new(self.chance.id(at)),
            name: unit.name.to_owned(),
            credit_code: self.chance.credit_code(unit.division)?,
            division_code: unit.division.to_owned(),
            address: unit.address.to_owned(),
            standing: HostStanding::Uncertified,
            certified_by: None,
            created_at: at,
            version: 1,
        };
        let phone = self.chance.phone()?;
        let about = About {
            legal_representative: Some(unit.legal_representative.to_owned()),
            operator_name: Some(unit.operator.to_owned()),
            operator_phone_sealed: Some(self.service.vault().seal(
                host::PHONE,
                &host.id.to_string(),
                phone.reveal(),
            )?),
            consent_privacy_at: Some(at),
            identity_at: None,
        };
        let mut tx = self.service.db().begin().await?;
        store::host::insert(&mut tx, &host).await?;
        store::host::describe(&mut tx, &host, &about).await?;
        let staff = Staff {
            role: Role::Operator,
            name: unit.operator,
            login: unit.login.to_owned(),
            host: Some(host.id),
            agency: None,
            note: unit.note,
            at,
        };
        let account = person::staff(self.service, &mut tx, &mut self.chance, &self.passwords, staff).await?;
        tx.commit().await?;
        let operator = Actor::of_session(account, Scope::Operator(host.id), String::new());
        Ok((operator, host))
    }

    async fn identify(&self, unit: &Unit, operator: &Actor, host: &Host) -> Result<(), ServiceError> {
        let form = HostIdentityForm {
            name: host.name.clone(),
            credit_code: host.credit_code.as_str().to_owned(),
            division: host.division_code.clone(),
            address: host.address.clone(),
            legal_representative: unit.legal_representative.to_owned(),
            operator: unit.operator.to_owned(),
            licence: self.upload(operator, FilePurpose::Licence).await?,
            operator_letter: self.upload(operator, FilePurpose::OperatorLetter).await?,
            ..HostIdentityForm::default()
        };
        host::submit_identity(self.service, operator, form).await?;
        Ok(())
    }

    async fn apply(&self, unit: &Unit, operator: &Actor, plan: Plan) -> Result<(), ServiceError> {
        let form = CertificationForm {
            plan: plan.code().to_owned(),
            profile: unit.profile.to_owned(),
            insured_employees: "46".to_owned(),
            needs: vec![NeedRow {
                profession: unit.profession.to_owned(),
                people: "4".to_owned(),
                note: String::new(),
            }],
            mentors: vec![MentorRow {
                name: unit.legal_representative.to_owned(),
                title: "部门经理".to_owned(),
                years: "11".to_owned(),
            }],
            staff: vec![StaffRow {
                name: unit.operator.to_owned(),
                position: "人事专员".to_owned(),
            }],
            management_rules: self.upload(operator, FilePurpose::ManagementRules).await?,
            ..CertificationForm::default()
        };
        let version = certification::view(self.service, operator).await?.version;
        certification::submit(self.service, operator, version, form).await?;
        Ok(())
    }

    /// The id of a paper of its kind, uploaded as a browser does.
    async fn upload(&self, operator: &Actor, purpose: FilePurpose) -> Result<String, ServiceError> {
        let bytes = paper::pdf(purpose);
        let announced = BeginUpload {
            purpose,
            name: format!("{}.pdf", purpose.label()),
            size: u64::try_from(bytes.len()).map_err(ServiceError::fault)?,
        };
        let view = file::begin(self.service, operator, &announced).await?;
        file::append(self.service, operator, view.id, 0, &bytes).await?;
        Ok(view.id.to_string())
    }

    /// Whoever sits where the case lies now decides.
    async fn decide(&self, kind: CaseKind, host: &Host, form: DecisionForm) -> Result<(), ServiceError> {
        let mut tx = self.service.db().read().await?;
        let case = store::review::latest_of(&mut tx, kind, Subject::Host(host.id)).await?;
        let case = case.ok_or(ServiceError::NotFound)?;
        let directory = store::agency::directory(&mut tx).await?;
        drop(tx);
        let division = directory.get(case.agency).map(|agency| agency.division.as_str());
        let reviewer = self.reviewers.iter().find(|(of, _)| Some(*of) == division);
        let (_, account) = *reviewer.ok_or_else(|| ServiceError::fault("demo reviewer"))?;
        let reviewer = Actor::of_session(account, Scope::Agency(case.agency, Role::Reviewer), String::new());
        review::decide(self.service, &reviewer, case.id, case.version, form).await?;
        Ok(())
    }
}

fn verdict(code: &str) -> DecisionForm {
    DecisionForm {
        verdict: code.to_owned(),
        ..DecisionForm::default()
    }
}
