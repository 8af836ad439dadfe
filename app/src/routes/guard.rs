//! The guard before the pages of a role. It only leads people to where they belong; permission is the service's.

use crate::api::{home, sign_in_path};
use crate::feature::account::session::{Session, use_viewer};
use crate::ui::awaited;
use domain::account::Role;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Whose pages these are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// Everybody's, signed in or not.
    Everybody,
    /// Everybody's; a signed-in person is led home.
    Visitor,
    /// Everybody's who is signed in.
    Person,
    /// A trainee's.
    Trainee,
    /// A host's: the operator's.
    Host,
    /// Every staff role's.
    Staff,
    /// Those of the roles that belong to an agency.
    Agency,
    /// An agency's admin's.
    Admin,
    /// Theirs who read the audit log: auditors and admins.
    AuditReader,
}

impl Area {
    /// Where the person should be instead, `None` when they are right here.
    fn instead(self, session: &Session, here: &str) -> Option<String> {
        let role = session.as_ref().map(|viewer| viewer.role);
        let right = match (self, role) {
            (Self::Everybody, _) => true,
            (Self::Visitor, role) => role.is_none(),
            (_, None) => return Some(sign_in_path(here)),
            (Self::Person, Some(_)) => true,
            (Self::Trainee, Some(role)) => role == Role::Trainee,
            (Self::Host, Some(role)) => role == Role::Operator,
            (Self::Staff, Some(role)) => role.is_staff(),
            (Self::Agency, Some(role)) => match role {
                Role::Reviewer | Role::CityCentre | Role::Auditor | Role::Admin => true,
                Role::Trainee | Role::Operator | Role::Mentor => false,
            },
            (Self::Admin, Some(role)) => role == Role::Admin,
            (Self::AuditReader, Some(role)) => matches!(role, Role::Auditor | Role::Admin),
        };
        match role {
            Some(role) if !right => Some(home(role).to_owned()),
            _ => None,
        }
    }
}

/// Leads everybody who does not belong to `area` to where they do.
#[component]
pub fn Guard(
    /// Whose page this is.
    area: Area,
) -> impl IntoView {
    let viewer = use_viewer();
    let location = use_location();
    let here = location.pathname.get_untracked() + &location.search.with_untracked(|search| search_part(search));
    awaited(
        || ().into_any(),
        move || {
            let here = here.clone();
            async move {
                // A failed look at the session proves nothing: the page's own data then says what is wrong.
                if let Some(instead) = viewer.await.ok().and_then(|session| area.instead(&session, &here)) {
                    lead(&instead);
                }
                ().into_any()
            }
        },
    )
}

fn search_part(search: &str) -> String {
    match search.trim_start_matches('?') {
        "" => String::new(),
        search => format!("?{search}"),
    }
}

fn lead(path: &str) {
    #[cfg(feature = "ssr")]
    crate::api::redirect(path);
    #[cfg(not(feature = "ssr"))]
    crate::api::go(path);
}

#[cfg(test)]
mod tests {
    use super::Area;
    use domain::account::{Role, Viewer};

    fn viewer(role: Role) -> Option<Viewer> {
        Some(Viewer {
            name: "杨晓雨".into(),
            role,
            organisation: None,
            login: "138****5678".into(),
            unread: 0,
            waiting: 0,
        })
    }

    #[test]
    fn a_page_of_another_role_leads_home_and_a_visitor_to_sign_in_and_back() {
        assert_eq!(Area::Trainee.instead(&viewer(Role::Trainee), "/today"), None);
        assert_eq!(
            Area::Host.instead(&viewer(Role::Trainee), "/host"),
            Some("/today".into())
        );
        assert_eq!(
            Area::Trainee.instead(&viewer(Role::Operator), "/today"),
            Some("/host".into())
        );
        assert_eq!(
            Area::Host.instead(&viewer(Role::Mentor), "/host"),
            Some("/account".into())
        );
        assert_eq!(Area::Agency.instead(&viewer(Role::Auditor), "/rules"), None);
        assert_eq!(
            Area::Agency.instead(&viewer(Role::Operator), "/rules"),
            Some("/host".into())
        );
        assert_eq!(
            Area::Staff.instead(&viewer(Role::Trainee), "/account"),
            Some("/today".into())
        );
        assert_eq!(
            Area::Host.instead(&None, "/host/people"),
            Some("/sign-in?next=/host/people".into())
        );
        assert_eq!(Area::Person.instead(&viewer(Role::Auditor), "/messages"), None);
        assert_eq!(Area::Person.instead(&viewer(Role::Trainee), "/messages"), None);
        assert_eq!(
            Area::Person.instead(&None, "/messages"),
            Some("/sign-in?next=/messages".into())
        );
        assert_eq!(
            Area::Admin.instead(&viewer(Role::Auditor), "/agencies"),
            Some("/audit".into())
        );
        assert_eq!(Area::AuditReader.instead(&viewer(Role::Admin), "/audit"), None);
        assert_eq!(
            Area::AuditReader.instead(&viewer(Role::Reviewer), "/audit"),
            Some("/cases".into())
        );
        assert_eq!(Area::Visitor.instead(&None, "/sign-in"), None);
        assert_eq!(Area::Everybody.instead(&None, "/privacy"), None);
        assert_eq!(Area::Everybody.instead(&viewer(Role::Operator), "/privacy"), None);
        assert_eq!(
            Area::Visitor.instead(&viewer(Role::Operator), "/"),
            Some("/host".into())
        );
    }
}
