//! Names of purposes, states and what the scanner said, and sentences of refusals.

use super::{FilePurpose, FileRefusal, FileState, Scan, Unfit};

impl FilePurpose {
    /// The Chinese name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Licence => "营业执照",
            Self::LegalRepresentativeId => "法定代表人证件",
            Self::OperatorLetter => "经办人授权书",
            Self::IdCardFront => "身份证人像面",
            Self::IdCardBack => "身份证国徽面",
            Self::ManagementRules => "见习管理制度",
            Self::MentorList => "带教人员名单",
            Self::StaffPapers => "专职人员附件",
            Self::InspectionRecord => "实地考察记录",
            Self::Other => "其他材料",
        }
    }

    /// The name in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Licence => "licence",
            Self::LegalRepresentativeId => "legal_representative_id",
            Self::OperatorLetter => "operator_letter",
            Self::IdCardFront => "id_card_front",
            Self::IdCardBack => "id_card_back",
            Self::ManagementRules => "management_rules",
            Self::MentorList => "mentor_list",
            Self::StaffPapers => "staff_papers",
            Self::InspectionRecord => "inspection_record",
            Self::Other => "other",
        }
    }

    /// The purpose with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }
}

impl FileState {
    /// The Chinese name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Uploading => "正在上传",
            Self::Checking => "正在检查",
            Self::Ready => "已上传",
            Self::Refused(_) => "没有通过检查",
        }
    }

    /// The name in the database; why it was refused stands beside it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Uploading => "uploading",
            Self::Checking => "checking",
            Self::Ready => "ready",
            Self::Refused(_) => "refused",
        }
    }

    /// Why it was refused.
    #[must_use]
    pub const fn unfit(self) -> Option<Unfit> {
        match self {
            Self::Refused(unfit) => Some(unfit),
            Self::Uploading | Self::Checking | Self::Ready => None,
        }
    }

    /// The state with this [`code`](Self::code) and, for a refused file, the code of the reason.
    #[must_use]
    pub fn from_codes(code: &str, unfit: Option<&str>) -> Option<Self> {
        match (code, unfit) {
            ("uploading", None) => Some(Self::Uploading),
            ("checking", None) => Some(Self::Checking),
            ("ready", None) => Some(Self::Ready),
            ("refused", Some(unfit)) => Unfit::from_code(unfit).map(Self::Refused),
            _ => None,
        }
    }
}

impl Unfit {
    /// All reasons.
    pub const ALL: [Self; 17] = [
        Self::Executable,
        Self::Svg,
        Self::WebPage,
        Self::Archive,
        Self::Heic,
        Self::OtherImage,
        Self::Office,
        Self::Media,
        Self::Unknown,
        Self::ImageNotTaken,
        Self::PdfNotTaken,
        Self::ImageBroken,
        Self::TooManyPixels,
        Self::PdfBroken,
        Self::PdfLocked,
        Self::PdfActive,
        Self::Infected,
    ];

    /// What it is and what to do.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Executable => "这是一个程序，不是照片或 PDF。请重新选择要交的材料。",
            Self::Svg => "这是 SVG 矢量图，里面可能带有脚本，不能上传。请截图后上传截图。",
            Self::WebPage => "这是网页或代码文件，不能上传。请打开后截图，或打印成 PDF 再上传。",
            Self::Archive => "这是压缩包，不能上传。请先解压，再一张一张上传里面的照片或 PDF。",
            Self::Heic => "这是 HEIC 照片，请在手机相机设置里改用 JPG（兼容性最佳），或截图后上传。",
            Self::OtherImage => "这种图片格式不能上传，只收 JPG、PNG、WebP。请截图后上传截图。",
            Self::Office => "这是 Word、Excel 或 WPS 文件。请先在里面选“另存为 PDF”，再上传 PDF。",
            Self::Media => "这是录音或视频，不能上传。请上传照片或 PDF。",
            Self::Unknown => "认不出这是什么文件，只收 JPG、PNG、WebP 照片和 PDF。请重新选择。",
            Self::ImageNotTaken => "这里只收 PDF，请把照片打印成 PDF 后再上传。",
            Self::PdfNotTaken => "这里只收照片，请直接拍照，或给 PDF 截图后上传截图。",
            Self::ImageBroken => "这张照片已损坏，打不开。请重新拍一张再上传。",
            Self::TooManyPixels => "这张图片的尺寸太大（每边最多 12000 像素）。请缩小或截图后再上传。",
            Self::PdfBroken => "这个 PDF 不完整，打不开。请重新导出后再上传。",
            Self::PdfLocked => "这个 PDF 设了密码，审核人员打不开。请去掉密码后再上传。",
            Self::PdfActive => "这个 PDF 里带有脚本、程序或附件，不能上传。请用“打印成 PDF”另存一份再上传。",
            Self::Infected => "病毒扫描发现这个文件有问题，没有保存。请换一台设备重新制作后再上传。",
        }
    }

    /// The name in the database and in the audit log.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Executable => "executable",
            Self::Svg => "svg",
            Self::WebPage => "web_page",
            Self::Archive => "archive",
            Self::Heic => "heic",
            Self::OtherImage => "other_image",
            Self::Office => "office",
            Self::Media => "media",
            Self::Unknown => "unknown",
            Self::ImageNotTaken => "image_not_taken",
            Self::PdfNotTaken => "pdf_not_taken",
            Self::ImageBroken => "image_broken",
            Self::TooManyPixels => "too_many_pixels",
            Self::PdfBroken => "pdf_broken",
            Self::PdfLocked => "pdf_locked",
            Self::PdfActive => "pdf_active",
            Self::Infected => "infected",
        }
    }

    /// The reason with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unfit| unfit.code() == code)
    }
}

impl Scan {
    /// All answers.
    pub const ALL: [Self; 5] = [
        Self::Pending,
        Self::Unreachable,
        Self::NotScanned,
        Self::Clean,
        Self::Infected,
    ];

    /// The answer in words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Pending => "等待病毒扫描",
            Self::Unreachable => "病毒扫描暂时连不上，会自动重试",
            Self::NotScanned => "未做病毒扫描",
            Self::Clean => "病毒扫描通过",
            Self::Infected => "病毒扫描不通过",
        }
    }

    /// The name in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Unreachable => "unreachable",
            Self::NotScanned => "not_scanned",
            Self::Clean => "clean",
            Self::Infected => "infected",
        }
    }

    /// The answer with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scan| scan.code() == code)
    }
}

impl FileRefusal {
    /// What happened and what to do next.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::WrongOffset => "上传的进度对不上，已按服务器收到的位置继续。",
            Self::WrongLength => "收到的内容和文件大小对不上，请删除后重新上传。",
            Self::Whole => "这个文件已经传完了，不用再传。",
            Self::NotWhole => "这个文件还没有传完，请等它传完。",
            Self::Checked => "这个文件已经检查过了，刷新页面就能看到结果。",
        }
    }
}
