//! What `jianxi doctor` says about text messages and push: whether their settings can be used. Nothing is sent.

use super::channels::{Channels, NoticeConfig};
use crate::clock::Clock;
use crate::doctor::Finding;

/// Looks at what is configured and changes nothing.
#[must_use]
pub fn examine(config: NoticeConfig, clock: &Clock) -> Vec<Finding> {
    let NoticeConfig { sms, push } = config;
    let unborn = push
        .as_ref()
        .map(|push| push.key_file.as_path())
        .filter(|file| !file.exists())
        .map(|file| format!("on; {} will be made on the first start", file.display()));
    let text = match &sms {
        None => Ok("off; name a gateway with --sms-url and --sms-token-file".to_owned()),
        Some(_) => opened(NoticeConfig { sms, push: None }, clock),
    };
    let pushed = match (&push, unborn) {
        (None, _) => Ok("off; switch it on with --push-key-file and --push-subject".to_owned()),
        (Some(_), Some(sentence)) => Ok(sentence),
        (Some(_), None) => opened(NoticeConfig { sms: None, push }, clock),
    };
    [("text messages", text), ("push messages", pushed)]
        .into_iter()
        .map(|(what, found)| Finding {
            what,
            sound: found.is_ok(),
            sentence: found.unwrap_or_else(|sentence| sentence),
        })
        .collect()
}

fn opened(config: NoticeConfig, clock: &Clock) -> Result<String, String> {
    match Channels::open(config, clock) {
        Ok(_) => Ok("on; its settings can be used".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}
