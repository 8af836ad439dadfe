//! An empty database comes to life: agency, host, then the accounts that belong to them.

use crate::account::{self, NewStaff};
use crate::agency::{self, NewAgency};
use crate::host::{self, NewHost};
use crate::testing::{World, on_both, sentence};
use domain::account::Role;
use domain::agency::AgencyLevel;
use domain::host::HostStanding;
use store::audit::ChainCheck;

fn agency() -> NewAgency {
    NewAgency {
        name: " 贵阳市观山湖区人力资源和社会保障局 ".to_owned(),
        level: AgencyLevel::County,
        division: "520115".to_owned(),
        parent: None,
    }
}

fn unit(certified_by: &str) -> NewHost {
    NewHost {
        name: "贵州云上数据服务有限公司".to_owned(),
        credit_code: "91350100m000100y43".to_owned(),
        division: "520115".to_owned(),
        address: "长岭北路 1 号".to_owned(),
        certified_by: certified_by.to_owned(),
    }
}

fn staff(role: Role, host: Option<String>, agency: Option<String>) -> NewStaff {
    NewStaff {
        role,
        name: "周正".to_owned(),
        login: format!("{}.one", role.code()),
        password: None,
        host,
        agency,
    }
}

on_both! {
    async fn an_empty_database_gets_its_agency_its_host_and_their_accounts(world: World) {
        let service = &world.service;
        let above = agency::create(service, agency()).await.unwrap();
        let id = host::create(service, unit(&above.to_string())).await.unwrap();
        account::create_staff(service, staff(Role::Admin, None, Some(above.to_string()))).await.unwrap();
        account::create_staff(service, staff(Role::Operator, Some(id.to_string()), None)).await.unwrap();
        let mut tx = service.db().read().await.unwrap();
        let made = store::host::find(&mut tx, id).await.unwrap().unwrap();
        assert_eq!((made.standing, made.certified_by), (HostStanding::Certified, Some(above)));
        assert_eq!(made.credit_code.as_str(), "91350100M000100Y43");
        assert_eq!(store::audit::check_chain(&mut tx).await.unwrap(), ChainCheck::Whole(4));
    }

    async fn agencies_and_hosts_are_refused_by_the_field_that_is_wrong(world: World) {
        let service = &world.service;
        let above = agency::create(service, agency()).await.unwrap().to_string();
        for (new, field) in [
            (NewAgency { name: "局".to_owned(), ..agency() }, "name"),
            (agency(), "name"),
            (NewAgency { division: "999999".to_owned(), ..agency() }, "division"),
            (NewAgency { parent: Some("没有这个机构".to_owned()), ..agency() }, "parent"),
        ] {
            sentence(agency::create(service, new).await, field);
        }
        for (new, field) in [
            (NewHost { name: "\n".to_owned(), ..unit(&above) }, "name"),
            (NewHost { address: String::new(), ..unit(&above) }, "address"),
            (NewHost { credit_code: "91350100M000100Y44".to_owned(), ..unit(&above) }, "credit-code"),
            (NewHost { division: "520000".to_owned(), ..unit(&above) }, "division"),
            (unit("没有这个机构"), "certified-by"),
        ] {
            sentence(host::create(service, new).await, field);
        }
        host::create(service, unit(&above)).await.unwrap();
        sentence(host::create(service, unit(&above)).await, "credit-code");
    }
}
