//! What a unit says about itself, and the second factor that waits to be set up.

use crate::told::{NOW, host_side, on_both};
use domain::CreditCode;
use store::host::About;
use store::{Db, StoreError};

const CODES: [&str; 2] = ["91350100M000100Y43", "91000000MA00000T4X"];

on_both! {
    async fn a_unit_is_described_by_its_version_and_a_credit_code_belongs_to_one(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let one = host_side(&mut tx, 10, CODES[0]).await;
        let other = host_side(&mut tx, 20, CODES[1]).await;
        let mut host = store::host::find(&mut tx, one.host).await.unwrap().unwrap();
        assert_eq!(store::host::about(&mut tx, one.host).await.unwrap(), Some(About::default()));
        let about = About {
            legal_representative: Some("王建国".to_owned()),
            operator_name: Some("罗敏".to_owned()),
            operator_phone_sealed: Some("v1.phone".to_owned()),
            consent_privacy_at: Some(NOW),
            identity_at: None,
        };
        host.name = "20 号单位".to_owned();
        store::host::describe(&mut tx, &host, &about).await.unwrap();
        assert_eq!(store::host::about(&mut tx, one.host).await.unwrap(), Some(about.clone()));
        assert!(matches!(store::host::describe(&mut tx, &host, &about).await, Err(StoreError::Conflict)));
        assert!(store::host::has_namesake(&mut tx, one.host).await.unwrap());
        assert!(store::host::has_namesake(&mut tx, other.host).await.unwrap());
        host = store::host::find(&mut tx, one.host).await.unwrap().unwrap();
        host.division_code = "520623".to_owned();
        store::host::describe(&mut tx, &host, &about).await.unwrap();
        assert!(!store::host::has_namesake(&mut tx, other.host).await.unwrap(), "in another county");
        for (code, taken) in [(CODES[0], true), (CODES[1], true), ("91520115MA6DP0KA42", false)] {
            let Ok(code) = CreditCode::parse(code) else { continue };
            assert_eq!(store::host::is_code_taken(&mut tx, &code).await.unwrap(), taken);
        }
        tx.commit().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        host = store::host::find(&mut tx, one.host).await.unwrap().unwrap();
        host.credit_code = CreditCode::parse(CODES[1]).unwrap();
        let taken = store::host::describe(&mut tx, &host, &about).await;
        assert!(matches!(taken, Err(StoreError::Duplicate(_))), "{taken:?}");
    }

    async fn a_second_factor_waits_until_it_is_set_up_once(db: Db) {
        let mut tx = db.begin().await.unwrap();
        let operator = host_side(&mut tx, 10, CODES[0]).await.operator;
        assert!(!store::account::awaits_second_factor(&mut tx, operator).await.unwrap());
        assert!(!store::account::renew_second_factor(&mut tx, operator, "v1.other").await.unwrap());
        store::account::await_second_factor(&mut tx, operator).await.unwrap();
        assert!(store::account::awaits_second_factor(&mut tx, operator).await.unwrap());
        assert!(store::account::renew_second_factor(&mut tx, operator, "v1.other").await.unwrap());
        let account = store::account::find(&mut tx, operator).await.unwrap().unwrap();
        assert_eq!(account.totp_sealed.as_deref(), Some("v1.other"));
        assert!(store::account::second_factor_is_set_up(&mut tx, operator).await.unwrap());
        assert!(!store::account::second_factor_is_set_up(&mut tx, operator).await.unwrap());
        assert!(!store::account::renew_second_factor(&mut tx, operator, "v1.third").await.unwrap());
    }
}
