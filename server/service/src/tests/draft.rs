//! Forms without JavaScript.

use crate::ServiceError;
use crate::draft;
use crate::testing::{World, on_both};
use domain::FieldErrors;

on_both! {
    async fn a_draft_is_read_once_by_its_own_page_within_the_hour(world: World) {
        let errors = FieldErrors::one("phone", "手机号是 1 开头的 11 位数字");
        let typed = "{\"name\":\"<b>杨'晓雨</b>\"}".to_owned();
        let save = || draft::save(&world.service, "register", typed.clone(), errors.clone());
        let token = save().await.unwrap();
        assert!(draft::take(&world.service, "sign_in", &token).await.unwrap().is_none());
        assert_eq!(draft::take(&world.service, "register", &token).await.unwrap(), Some((typed.clone(), errors.clone())));
        assert!(draft::take(&world.service, "register", &token).await.unwrap().is_none());
        let late = save().await.unwrap();
        world.wait_seconds(3600);
        assert!(draft::take(&world.service, "register", &late).await.unwrap().is_none());
        assert!(draft::take(&world.service, "register", "no such token").await.unwrap().is_none());
        let long = draft::save(&world.service, "register", "x".repeat(8 * 1024 + 1), FieldErrors::default()).await;
        assert!(matches!(long, Err(ServiceError::Refused(_))));
    }
}
