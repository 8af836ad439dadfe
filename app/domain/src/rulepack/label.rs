//! The one table of fields: what each is called, its unit, what it may hold and where it comes from.

use super::field::{Field, FieldKind};

/// The fields that name a document; they are no rules.
pub const HEAD: [&str; 4] = ["region", "name", "version", "valid_from"];

const OURS: &str = "本系统设定";

const fn chain(may_be_empty: bool, inspects: bool) -> FieldKind {
    FieldKind::Chain { may_be_empty, inspects }
}

const fn whole(
    name: &'static str,
    label: &'static str,
    unit: &'static str,
    limits: (i64, i64),
    source: &'static str,
) -> Field {
    let kind = FieldKind::Whole {
        least: limits.0,
        most: limits.1,
    };
    Field {
        name,
        label,
        unit,
        kind,
        source,
    }
}

const fn other(name: &'static str, label: &'static str, kind: FieldKind, source: &'static str) -> Field {
    Field {
        name,
        label,
        unit: "",
        kind,
        source,
    }
}

const fn money(name: &'static str, label: &'static str, limits: (i64, i64), source: &'static str) -> Field {
    let kind = FieldKind::Money {
        least: limits.0,
        most: limits.1,
    };
    other(name, label, kind, source)
}

/// Every field of a rule pack, in the order of the screens.
pub const FIELDS: &[Field] = &[
    whole(
        "youth_age_min",
        "失业青年最低年龄",
        "周岁",
        (16, 60),
        "贵州、山东、吉林：16–24 岁失业青年",
    ),
    whole(
        "youth_age_max",
        "失业青年最高年龄",
        "周岁",
        (16, 60),
        "贵州、山东、吉林：到 25 周岁生日前一天",
    ),
    whole(
        "graduate_window_years",
        "毕业生离校年限",
        "年",
        (1, 10),
        "石阡公告、重庆通知：离校 2 年内",
    ),
    other(
        "start_after_kind_date",
        "毕业或失业登记之后才能上岗",
        FieldKind::Flag,
        "石阡公告",
    ),
    other(
        "vocational_graduate_counties",
        "接收中职毕业生的县",
        FieldKind::Counties,
        "石阡公告一：艰苦边远地区等",
    ),
    other(
        "one_internship_in_a_lifetime",
        "一生只能参加一次见习",
        FieldKind::Flag,
        "山东操作说明 1.2",
    ),
    whole(
        "agency_decision_workdays",
        "经办机构审核期限",
        "个工作日",
        (1, 250),
        "贵州通报：10 个工作日内",
    ),
    whole(
        "host_confirmation_workdays",
        "单位确认报名期限",
        "个工作日",
        (1, 250),
        "贵州通报：7 个工作日内",
    ),
    whole(
        "complaint_opened_workdays",
        "投诉开始调查期限",
        "个工作日",
        (1, 250),
        "重庆通知三（二）4",
    ),
    whole("complaint_reopen_days", "投诉可以重提的天数", "天", (1, 250), OURS),
    whole(
        "inspection_workdays",
        "实地考察期限",
        "个工作日",
        (1, 250),
        "重庆通知三（二）1：15 个工作日内",
    ),
    other(
        "certification_chain",
        "见习单位认证环节（县级计划）",
        chain(false, true),
        "贵州通报三、山东操作说明 3.1、重庆通知三（二）1",
    ),
    other(
        "certification_chain_city",
        "见习单位认证环节（市级计划）",
        chain(true, true),
        "贵州通报三、山东操作说明 1.2",
    ),
    other(
        "certification_chain_province",
        "见习单位认证环节（省级计划）",
        chain(true, true),
        "贵州通报三",
    ),
    other(
        "province_plan_cities",
        "可以参加省级计划的市",
        FieldKind::Cities,
        "贵州通报三：仅贵阳市内",
    ),
    other(
        "post_chain",
        "岗位审核环节",
        chain(false, false),
        "山东操作说明 3.2；贵州、吉林、重庆为一级",
    ),
    other("onboarding_review", "上岗需要审核", FieldKind::Flag, "山东操作说明 3.3"),
    other(
        "decisions_revocable",
        "审核决定可以撤销",
        FieldKind::Flag,
        "山东操作说明 3.2；贵州不可以",
    ),
    other(
        "posts_forwardable",
        "市级可以推送岗位给县级",
        FieldKind::Flag,
        "贵州通报四",
    ),
    other(
        "hosts_add_people_directly",
        "单位可以直接新增人员",
        FieldKind::Flag,
        "吉林操作手册：新增",
    ),
    other(
        "monthly_report",
        "单位按月报送月报",
        FieldKind::Flag,
        "吉林操作手册：月报管理",
    ),
    whole(
        "check_ins_per_week",
        "每周签到天数",
        "天",
        (1, 7),
        "重庆通知三（一）1：每周不少于两次",
    ),
    whole(
        "missed_run_threshold",
        "连续漏报多少次重点核实",
        "次",
        (1, 52),
        "重庆通知三（一）1：连续 3 次",
    ),
    whole("late_upload_hours", "周末后还能补传的时间", "小时", (0, 168), OURS),
    whole("correction_weeks", "补签最多往前", "周", (1, 12), OURS),
    whole("fence_radius_default_m", "签到范围默认半径", "米", (20, 5000), OURS),
    whole("fence_radius_min_m", "签到范围最小半径", "米", (20, 5000), OURS),
    whole("fence_radius_max_m", "签到范围最大半径", "米", (20, 5000), OURS),
    whole("position_purge_days", "申领结束后保留坐标", "天", (1, 3650), OURS),
    whole(
        "open_applications",
        "同时报名的岗位数",
        "个",
        (1, 20),
        "石阡公告：每次仅限 1 个；山东",
    ),
    whole(
        "seats_percent_of_insured",
        "全年岗位不超过参保人数的",
        "%",
        (1, 250),
        "重庆通知二（二）",
    ),
    whole("people_per_mentor_max", "一位带教人员最多带", "人", (1, 250), OURS),
    whole(
        "internship_months_min",
        "见习最短",
        "个月",
        (1, 24),
        "国家规定：3–12 个月",
    ),
    whole(
        "internship_months_max",
        "见习最长",
        "个月",
        (1, 24),
        "国家规定：3–12 个月",
    ),
    whole("offer_start_past_days", "录入时开始日期最多往前", "天", (0, 365), OURS),
    whole("offer_start_ahead_days", "录入时开始日期最多往后", "天", (0, 730), OURS),
    money("allowance_max", "每月生活费上限（防止填错）", (100, 100_000_000), OURS),
    whole(
        "claim_after_months",
        "参加多久后可以申领补贴",
        "个月",
        (0, 24),
        "吉林操作手册：至少三个月",
    ),
    money(
        "pay_floor_youth",
        "失业青年每月工资下限",
        (1, 100_000_000),
        "吉林操作手册：2256 元",
    ),
    money(
        "pay_floor_others",
        "其他人员每月工资下限",
        (1, 100_000_000),
        "吉林操作手册：3008 元",
    ),
    whole(
        "retention_bonus_percent",
        "享受留用奖励的留用率",
        "%",
        (1, 100),
        "吉林操作手册、重庆通知四（三）",
    ),
    money(
        "mentoring_subsidy",
        "每留用一人的带教补贴",
        (0, 100_000_000),
        "吉林操作手册：2000 元",
    ),
    whole(
        "mentoring_contract_years",
        "算作留用的劳动合同年限",
        "年",
        (1, 10),
        "吉林操作手册：1 年",
    ),
    whole(
        "low_retention_percent",
        "留用率过低的界线",
        "%",
        (0, 100),
        "重庆通知四（二）",
    ),
    whole(
        "low_retention_years",
        "留用率连续过低多少年减岗",
        "年",
        (1, 10),
        "重庆通知四（二）：连续两年",
    ),
    whole(
        "idle_years",
        "多久没有见习活动清退",
        "年",
        (1, 10),
        "重庆通知四（三）：超过一年",
    ),
    whole(
        "ban_years",
        "取消资格后多久不受理",
        "年",
        (1, 30),
        "重庆通知四（三）：三年",
    ),
    whole("rectification_days_max", "整改期限最长", "天", (1, 365), OURS),
    whole(
        "keep_years",
        "材料至少保存",
        "年",
        (5, 100),
        "重庆通知附件 2：不少于五年",
    ),
];
