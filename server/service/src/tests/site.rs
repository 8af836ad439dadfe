//! Sites: a host's own, changed by one person at a time, and a look at positions is logged.

use super::scene::{acts, at_work, credit_code, operator, own_check_ins, site_form, taken_on, times, workplace};
use crate::testing::{World, on_both, sentence};
use crate::{ServiceError, attendance, site};
use domain::SiteId;
use domain::attendance::Verdict;
use domain::site::SiteForm;
use std::sync::Arc;

on_both! {
    async fn another_hosts_site_is_not_there(world: World) {
        let (place, other) = (workplace(&world, 0).await, workplace(&world, 1).await);
        let before = (acts(&world).await, site::list(&world.service, &place.operator).await.unwrap());
        for id in [place.site, SiteId::new(world.service.new_id())] {
            assert!(matches!(site::get(&world.service, &other.operator, id).await, Err(ServiceError::NotFound)));
            let changed = site::change(&world.service, &other.operator, id, 1, site_form("食堂二楼")).await;
            assert!(matches!(changed, Err(ServiceError::NotFound)), "{changed:?}");
        }
        let choices = site::choices(&world.service, &other.operator).await.unwrap();
        assert_eq!(choices.into_iter().map(|choice| choice.id).collect::<Vec<_>>(), [other.site]);
        assert_eq!((acts(&world).await, site::list(&world.service, &place.operator).await.unwrap()), before);
    }

    async fn a_name_is_given_once_in_a_host_and_freely_elsewhere(world: World) {
        let (place, other) = (workplace(&world, 0).await, workplace(&world, 1).await);
        sentence(site::add(&world.service, &place.operator, site_form("观山湖办公区")).await, "name");
        let second = site::add(&world.service, &place.operator, site_form("食堂二楼")).await.unwrap();
        sentence(site::change(&world.service, &place.operator, second, 1, site_form("观山湖办公区")).await, "name");
        assert_eq!(site::get(&world.service, &place.operator, second).await.unwrap().name, "食堂二楼");
        site::add(&world.service, &other.operator, site_form("食堂二楼")).await.unwrap();
        assert_eq!((times(&world, "site_added").await, times(&world, "site_changed").await), (4, 0));
    }

    async fn a_broken_form_changes_nothing(world: World) {
        let place = workplace(&world, 0).await;
        let good = || site_form("观山湖办公区");
        for (form, field) in [
            (SiteForm { coordinates: "NaN, NaN".to_owned(), ..good() }, "coordinates"),
            (SiteForm { coordinates: "51.5, -0.12".to_owned(), ..good() }, "coordinates"),
            (SiteForm { datum: "mars".to_owned(), ..good() }, "datum"),
            (SiteForm { radius: "49".to_owned(), ..good() }, "radius"),
            (SiteForm { radius: "1e9".to_owned(), ..good() }, "radius"),
            (SiteForm { name: " ".to_owned(), ..good() }, "name"),
        ] {
            sentence(site::change(&world.service, &place.operator, place.site, 1, form.clone()).await, field);
            sentence(site::add(&world.service, &place.operator, form).await, field);
        }
        let sites = site::list(&world.service, &place.operator).await.unwrap();
        assert_eq!((sites.len(), sites[0].version, sites[0].radius.value()), (1, 1, 200.0));
    }

    async fn a_site_keeps_the_rules_of_its_hosts_province(world: World) {
        let rules = Arc::unwrap_or_clone(world.service.rules()).with_province("520000", |rules| rules.fence_radius_max_m = 500);
        let world = World { service: world.service.with_rules(rules).unwrap(), ..world };
        let place = workplace(&world, 0).await;
        let wide = SiteForm { radius: "501".to_owned(), ..site_form("食堂二楼") };
        let sentence_of = |result| sentence(result, "radius");
        assert!(sentence_of(site::change(&world.service, &place.operator, place.site, 1, wide.clone()).await).contains("500"));
        assert!(sentence_of(site::add(&world.service, &place.operator, wide.clone()).await.map(drop)).contains("500"));
        site::add(&world.service, &place.operator, SiteForm { radius: "500".to_owned(), ..wide.clone() }).await.unwrap();
        let elsewhere = world.host("重庆云上数据服务有限公司", &credit_code(1), "500112").await;
        let elsewhere = operator(&world, "cq.operator", elsewhere).await;
        site::add(&world.service, &elsewhere, wide).await.unwrap();
    }

    async fn two_colleagues_changing_a_site_at_once_do_not_overwrite_each_other(world: World) {
        let place = workplace(&world, 0).await;
        let colleague = operator(&world, "gz.colleague", place.host).await;
        let both = tokio::join!(
            site::change(&world.service, &place.operator, place.site, 1, site_form("食堂一楼")),
            site::change(&world.service, &colleague, place.site, 1, site_form("食堂二楼")),
        );
        let name = match both {
            (Ok(()), Err(ServiceError::Conflict(_))) => "食堂一楼",
            (Err(ServiceError::Conflict(_)), Ok(())) => "食堂二楼",
            other => panic!("{other:?}"),
        };
        let stands = site::get(&world.service, &place.operator, place.site).await.unwrap();
        assert_eq!((stands.name.as_str(), stands.version), (name, 2));
        assert_eq!(times(&world, "site_changed").await, 1);
    }

    async fn a_changed_fence_judges_what_comes_and_leaves_what_was(world: World) {
        let place = workplace(&world, 0).await;
        let (person, id) = taken_on(&world, &place, 0).await;
        let before = attendance::check_in(&world.service, &person, at_work(&world, id)).await.unwrap().check_in;
        let moved = SiteForm { coordinates: "26.6670, 106.6300".to_owned(), ..site_form("观山湖办公区") };
        site::change(&world.service, &place.operator, place.site, 1, moved).await.unwrap();
        let after = attendance::check_in(&world.service, &person, at_work(&world, id)).await.unwrap().check_in;
        assert_eq!((before.verdict, after.verdict), (Verdict::Inside, Verdict::Outside));
        let own = own_check_ins(&world, &person).await;
        assert!(own.contains(&before) && own.contains(&after));
    }

    async fn each_look_at_positions_is_logged_and_a_look_without_any_is_not(world: World) {
        let place = workplace(&world, 0).await;
        let (person, id) = taken_on(&world, &place, 0).await;
        site::list(&world.service, &place.operator).await.unwrap();
        site::choices(&world.service, &place.operator).await.unwrap();
        assert_eq!(times(&world, "position_looked_at").await, 0);
        attendance::check_in(&world.service, &person, at_work(&world, id)).await.unwrap();
        site::choices(&world.service, &place.operator).await.unwrap();
        assert_eq!(times(&world, "position_looked_at").await, 0);
        let seen = site::get(&world.service, &place.operator, place.site).await.unwrap();
        assert_eq!((seen.people, seen.recent.len()), (1, 1));
        site::list(&world.service, &place.operator).await.unwrap();
        assert_eq!(times(&world, "position_looked_at").await, 2);
    }
}
