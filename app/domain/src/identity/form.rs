//! What a person sends for the own 实名认证: checked in the browser and again on the server by this one code.

use crate::division::is_county_code;
use crate::form::line;
use crate::trainee::living_id_card;
use crate::{Day, FieldErrors, FileId, IdCard, PersonName};
use serde::{Deserialize, Serialize};

/// The parts of a person's identity that can be returned and changed: code and label.
pub const PERSON_FIELDS: [(&str, &str); 4] = [
    ("name", "姓名"),
    ("id_card", "身份证号"),
    ("residence", "常住地址"),
    (PHOTOS, "身份证照片"),
];

/// The code of the photos of the ID card among [`PERSON_FIELDS`].
pub const PHOTOS: &str = "id_card_photos";

/// What a person types; raw text. Controls of parts that cannot be changed now are not there and arrive empty.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IdentityForm {
    /// Name as on the ID card.
    pub name: String,
    /// 18-character ID number; empty keeps the one that is known, which is never shown in full.
    pub id_card: String,
    /// GB/T 2260 county code of the 常住地址.
    pub residence: String,
    /// Street, village, house.
    pub residence_detail: String,
    /// Id of the uploaded 人像面, or nothing.
    pub front: String,
    /// Id of the uploaded 国徽面, or nothing.
    pub back: String,
}

/// What a form is checked against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdentityGround<'a> {
    /// Today, Asia/Shanghai.
    pub today: Day,
    /// Codes of the parts that may be changed now.
    pub editable: &'a [String],
    /// Whether an agency asked for them: then the number and the photos among them must be given anew.
    pub returned: bool,
}

/// What a person changes; `None` keeps what is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IdentityChange {
    /// Name.
    pub name: Option<PersonName>,
    /// ID number.
    pub id_card: Option<IdCard>,
    /// County code and the rest of the 常住地址.
    pub residence: Option<(String, String)>,
    /// Photos of both sides: 人像面, 国徽面.
    pub photos: Option<[FileId; 2]>,
}

impl IdentityForm {
    /// What is changed, or one sentence per field. That the county exists and the photos are the person's own is for the
    /// service to say.
    ///
    /// # Errors
    /// A sentence beside each field that is wrong.
    pub fn check(&self, ground: &IdentityGround<'_>) -> Result<IdentityChange, FieldErrors> {
        let mut errors = FieldErrors::default();
        let may = |field: &str| ground.editable.iter().any(|code| code == field);
        let mut change = IdentityChange::default();
        if may("name") {
            change.name = errors.take("name", PersonName::parse(&self.name));
        }
        if may("id_card") && (ground.returned || !self.id_card.trim().is_empty()) {
            change.id_card = errors.take("id_card", living_id_card(&self.id_card, ground.today));
        }
        if may("residence") {
            change.residence = self.home(&mut errors);
        }
        if may(PHOTOS) {
            change.photos = self.photos(&mut errors, ground.returned);
        }
        for (typed, code, field) in [
            (&self.name, "name", "name"),
            (&self.id_card, "id_card", "id_card"),
            (&self.residence, "residence", "residence"),
            (&self.residence_detail, "residence", "residence_detail"),
            (&self.front, PHOTOS, "front"),
            (&self.back, PHOTOS, "back"),
        ] {
            if !may(code) && !typed.trim().is_empty() {
                errors.push(field, "这一项现在不能修改，请刷新页面，只改需要补正的内容");
            }
        }
        errors.into_result(change)
    }

    /// The same form without the ID number, for a draft.
    #[must_use]
    pub fn without_secrets(&self) -> Self {
        Self {
            id_card: String::new(),
            ..self.clone()
        }
    }

    fn home(&self, errors: &mut FieldErrors) -> Option<(String, String)> {
        let county = self.residence.trim();
        let county = errors.take(
            "residence",
            is_county_code(county)
                .then(|| county.to_owned())
                .ok_or("请选择常住地址，选到县（市、区）"),
        );
        let detail = errors.take(
            "residence_detail",
            line(
                &self.residence_detail,
                2..=80,
                "请填写详细地址，例如“中坝街道平安路 12 号”",
                "详细地址写 2 到 80 个字",
            ),
        );
        county.zip(detail)
    }

    /// Both sides or none: one side proves nothing.
    fn photos(&self, errors: &mut FieldErrors, needed: bool) -> Option<[FileId; 2]> {
        let side = |field: &str, id: &str, missing: &'static str| match id.trim() {
            "" => Err((field.to_owned(), missing)),
            id => id
                .parse::<FileId>()
                .map_err(|_| (field.to_owned(), "这张照片没有传好，请重新上传")),
        };
        let front = side("front", &self.front, "请上传身份证人像面（有照片的一面）");
        let back = side("back", &self.back, "请上传身份证国徽面（有国徽的一面）");
        let none = self.front.trim().is_empty() && self.back.trim().is_empty();
        match (front, back) {
            (Ok(front), Ok(back)) if front == back => {
                errors.push("back", "两面是同一张照片，请分别上传人像面和国徽面");
                None
            }
            (Ok(front), Ok(back)) => Some([front, back]),
            (front, back) => {
                if needed || !none {
                    for (field, sentence) in [front.err(), back.err()].into_iter().flatten() {
                        errors.push(&field, sentence);
                    }
                }
                None
            }
        }
    }
}

/// Shows what was typed, but never an ID number.
impl std::fmt::Debug for IdentityForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IdentityForm")
            .field("name", &self.name)
            .field("id_card", &"***")
            .field("residence", &self.residence)
            .field("residence_detail", &self.residence_detail)
            .field("front", &self.front)
            .field("back", &self.back)
            .finish()
    }
}
