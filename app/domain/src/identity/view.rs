//! What a person reads about the own 实名认证.

use super::{IdentityForm, IdentityState, PERSON_FIELDS};
use crate::file::FileView;
use crate::review::Standing;
use crate::{Day, Moment};
use serde::{Deserialize, Serialize};

/// Where the own identity stands, what is known, and what may be changed now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonIdentityView {
    /// Where it stands.
    pub state: IdentityState,
    /// When it came there; none before the first submission.
    pub since: Option<Moment>,
    /// How the latest case stands; none where no agency ever had to look.
    pub standing: Option<Standing>,
    /// Name.
    pub name: String,
    /// Masked ID number.
    pub id_card: String,
    /// County code of the 常住地址.
    pub residence_code: String,
    /// Rest of the 常住地址.
    pub residence_detail: String,
    /// The whole 常住地址 in words.
    pub residence: String,
    /// Photos of the ID card that were handed in.
    pub photos: Vec<FileView>,
    /// Codes of the parts that may be changed now; with none of them there is nothing to submit.
    pub editable: Vec<String>,
    /// Whether an agency asked for these parts.
    pub returned: bool,
    /// Why a submission cannot succeed now, and what to do.
    pub in_the_way: Option<String>,
    /// Today, Asia/Shanghai.
    pub today: Day,
}

impl PersonIdentityView {
    /// Labels of the returned parts that are in `form` as they are known. An ID number and photos are always given anew.
    #[must_use]
    pub fn unmended(&self, form: &IdentityForm) -> Vec<String> {
        let same = |code: &str| match code {
            "name" => form.name.trim() == self.name,
            "residence" => {
                form.residence == self.residence_code && form.residence_detail.trim() == self.residence_detail
            }
            _ => false,
        };
        let returned = |code: &str| self.returned && self.editable.iter().any(|field| field == code);
        PERSON_FIELDS
            .into_iter()
            .filter(|(code, _)| returned(code) && same(code))
            .map(|(_, label)| label.to_owned())
            .collect()
    }
}
