//! `ApiError`: what the browser learns when a server function says no, as a sentence with the next step. A fault of the
//! server carries only a reference number.

use domain::FieldErrors;
use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

/// What there was too much of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rush {
    /// Tries of somebody who may be guessing.
    #[default]
    Tries,
    /// Registrations from one network.
    Registrations,
    /// Uploads of one account at once.
    Uploads,
}

/// Why a server function did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApiError {
    /// A rule says no; the sentence says why and what to do.
    Refused {
        /// The sentence.
        message: String,
    },
    /// The form has errors, each beside its field.
    Invalid {
        /// What is wrong with which field.
        errors: FieldErrors,
    },
    /// Not this person's to see or do.
    Forbidden,
    /// There is no such thing, or it is not this person's.
    NotFound,
    /// Somebody else changed it meanwhile.
    Conflict {
        /// The sentence.
        message: String,
    },
    /// Nobody is signed in, or no longer.
    SignIn,
    /// Too much at once.
    TooMany {
        /// Seconds until the next try is worth it.
        retry_after_s: u64,
        /// Of what.
        #[serde(default)]
        of: Rush,
    },
    /// The server is busy or being restarted.
    Unavailable,
    /// A fault of ours.
    Internal {
        /// What to quote when asking for help; the log has the rest under it.
        reference: String,
    },
    /// The network was lost: nothing is known about whether the server received it.
    Transport,
}

impl ApiError {
    /// What happened and what to do, in one sentence.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Refused { message } | Self::Conflict { message } => message.clone(),
            Self::Invalid { errors } => match errors.0.as_slice() {
                [only] => only.message.clone(),
                _ => "有几处需要改，请看标出的地方。".to_owned(),
            },
            Self::Forbidden => "这个页面不属于这个账号。".to_owned(),
            Self::NotFound => "没有找到，可能已经被删除或不属于这个账号。".to_owned(),
            Self::SignIn => "登录已过期，请重新登录。".to_owned(),
            Self::TooMany { retry_after_s, of } => {
                let wait = wait(*retry_after_s);
                match of {
                    Rush::Tries => format!("试得太频繁，请{wait}后再试。"),
                    Rush::Registrations => format!("同一网络上刚刚注册的人太多，请{wait}后再提交。"),
                    Rush::Uploads => format!("同时上传的文件太多，请等前面的传完，大约{wait}后再试。"),
                }
            }
            Self::Unavailable => "服务器正忙，请稍等一会儿再试。".to_owned(),
            Self::Internal { reference } => {
                format!("出了点问题，请稍后再试。如果一直这样，请把编号 {reference} 告诉工作人员。")
            }
            Self::Transport => "没有网络，请连上网后再试。".to_owned(),
        }
    }
}

/// `40 秒` or `5 分钟`, never less than a second.
fn wait(seconds: u64) -> String {
    if seconds < 60 {
        format!(" {} 秒", seconds.max(1))
    } else {
        format!(" {} 分钟", seconds.div_ceil(60))
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for ApiError {}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        #[cfg(feature = "ssr")]
        {
            super::request::from_framework(&error)
        }
        #[cfg(not(feature = "ssr"))]
        match error {
            ServerFnErrorErr::Request(_) => Self::Transport,
            // Not our JSON: a proxy, a sign-in page of the hotel's Wi-Fi, or a server that sheds load.
            _ => Self::Unavailable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ApiError, Rush};

    #[test]
    fn waiting_is_said_in_the_unit_that_people_use_and_why() {
        for (retry_after_s, of, sentence) in [
            (0, Rush::Tries, "试得太频繁，请 1 秒后再试。"),
            (61, Rush::Tries, "试得太频繁，请 2 分钟后再试。"),
            (
                30,
                Rush::Registrations,
                "同一网络上刚刚注册的人太多，请 30 秒后再提交。",
            ),
            (
                5,
                Rush::Uploads,
                "同时上传的文件太多，请等前面的传完，大约 5 秒后再试。",
            ),
        ] {
            assert_eq!(ApiError::TooMany { retry_after_s, of }.message(), sentence);
        }
    }

    #[test]
    fn a_page_of_yesterday_and_a_server_of_today_understand_each_other() {
        let old: ApiError = serde_json::from_str(r#"{"TooMany":{"retry_after_s":5}}"#).unwrap();
        let of = Rush::Tries;
        assert_eq!(old, ApiError::TooMany { retry_after_s: 5, of });
    }
}
