//! Who acts. An [`Actor`] can only be made by authentication, so a use case that asks for one cannot be called without.

use crate::error::ServiceError;
use domain::account::Role;
use domain::{AccountId, AgencyId, HostId, TraineeId};
use std::net::IpAddr;
use store::audit::Author;

/// The signed-in account of one request, with the scope of its role.
#[derive(Debug, Clone)]
pub struct Actor {
    account: AccountId,
    scope: Scope,
    session: String,
}

/// What the role reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Own records.
    Trainee(TraineeId),
    /// One host.
    Operator(HostId),
    /// The trainees of one host.
    Mentor(HostId),
    /// One agency, in a role that belongs to agencies.
    Agency(AgencyId, Role),
}

impl Actor {
    /// Only `account::authenticate` calls this, with the hash of the session's token.
    pub(crate) const fn of_session(account: AccountId, scope: Scope, session: String) -> Self {
        Self {
            account,
            scope,
            session,
        }
    }

    /// A person who submitted something that the service itself brings to its end later, without a session.
    pub(crate) const fn on_behalf_of(account: AccountId, trainee: TraineeId) -> Self {
        Self::of_session(account, Scope::Trainee(trainee), String::new())
    }

    /// The hash of the session's token, so that a change of password can spare the own session.
    pub(crate) fn session(&self) -> &str {
        &self.session
    }

    /// What the role reaches.
    pub(crate) const fn scope(&self) -> Scope {
        self.scope
    }

    /// The account.
    #[must_use]
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// The role of this session.
    #[must_use]
    pub const fn role(&self) -> Role {
        match self.scope {
            Scope::Trainee(_) => Role::Trainee,
            Scope::Operator(_) => Role::Operator,
            Scope::Mentor(_) => Role::Mentor,
            Scope::Agency(_, role) => role,
        }
    }

    /// The trainee that this account is.
    #[must_use]
    pub const fn trainee(&self) -> Option<TraineeId> {
        match self.scope {
            Scope::Trainee(id) => Some(id),
            Scope::Operator(_) | Scope::Mentor(_) | Scope::Agency(..) => None,
        }
    }

    /// The host that this account runs as its operator.
    #[must_use]
    pub const fn host(&self) -> Option<HostId> {
        match self.scope {
            Scope::Operator(id) => Some(id),
            Scope::Trainee(_) | Scope::Mentor(_) | Scope::Agency(..) => None,
        }
    }

    /// The trainee, or [`ServiceError::Forbidden`].
    pub(crate) fn as_trainee(&self) -> Result<TraineeId, ServiceError> {
        self.trainee().ok_or(ServiceError::Forbidden)
    }

    /// The operator's host, or [`ServiceError::Forbidden`].
    pub(crate) fn as_operator(&self) -> Result<HostId, ServiceError> {
        self.host().ok_or(ServiceError::Forbidden)
    }

    /// The agency of a reviewer, who decides its cases, or [`ServiceError::Forbidden`].
    pub(crate) fn as_reviewer(&self) -> Result<AgencyId, ServiceError> {
        self.as_one_of(&[Role::Reviewer])
    }

    /// The agency of those who may read its cases, or [`ServiceError::Forbidden`]: an admin has no part in business.
    pub(crate) fn as_case_reader(&self) -> Result<AgencyId, ServiceError> {
        self.as_one_of(&[Role::Reviewer, Role::CityCentre, Role::Auditor])
    }

    /// The admin's agency, or [`ServiceError::Forbidden`].
    pub(crate) fn as_admin(&self) -> Result<AgencyId, ServiceError> {
        self.as_one_of(&[Role::Admin])
    }

    /// The agency of an admin or auditor, who may read the audit log, or [`ServiceError::Forbidden`].
    pub(crate) fn as_audit_reader(&self) -> Result<AgencyId, ServiceError> {
        self.as_one_of(&[Role::Admin, Role::Auditor])
    }

    /// The agency and the role in it, or [`ServiceError::Forbidden`].
    pub(crate) const fn as_agency(&self) -> Result<(AgencyId, Role), ServiceError> {
        match self.scope {
            Scope::Agency(id, role) => Ok((id, role)),
            Scope::Trainee(_) | Scope::Operator(_) | Scope::Mentor(_) => Err(ServiceError::Forbidden),
        }
    }

    fn as_one_of(&self, roles: &[Role]) -> Result<AgencyId, ServiceError> {
        let (agency, role) = self.as_agency()?;
        if roles.contains(&role) {
            Ok(agency)
        } else {
            Err(ServiceError::Forbidden)
        }
    }

    /// How the audit log names this actor.
    pub(crate) const fn author(&self) -> Author {
        Author {
            account: Some(self.account),
            role: self.role().code(),
        }
    }
}

/// Where a request comes from, as far as sign-in must know.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Network address, after trusted proxies.
    pub source: IpAddr,
    /// The token of a device on which this person signed in before.
    pub device_token: Option<String>,
}

/// A session that was just made; the tokens go into cookies and nowhere else.
#[derive(Clone)]
pub struct NewSession {
    /// Opaque session token.
    pub token: String,
    /// Opaque device token, when this device was not known yet.
    pub device_token: Option<String>,
    /// Role, to lead to the right home.
    pub role: Role,
}

impl std::fmt::Debug for NewSession {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewSession")
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}
