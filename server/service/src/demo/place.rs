//! Where the demo takes place: agencies, hosts and sites of four provinces. Hosts, people and numbers are invented; agencies
//! and towns are real, so that routing and rule packs can be seen at work.

use domain::account::Role;
use domain::agency::AgencyLevel;
use domain::{Datum, Fen};

/// A province of the demo.
pub(super) struct Province {
    /// What the sign-in names begin with.
    pub(super) short: &'static str,
    /// From the province down; the first is the province's own.
    pub(super) agencies: &'static [Agency],
    /// More agencies: made after everything else, so that the people of the demo stay who they are.
    pub(super) more_agencies: &'static [Agency],
    /// More staff who can sign in, by the position of their agency in both lists.
    pub(super) more_staff: &'static [AgencyStaff],
    /// The first host is the one that is shown.
    pub(super) hosts: &'static [Host],
    /// Schools of its people.
    pub(super) schools: &'static [&'static str],
    /// What its people's families are called.
    pub(super) surnames: &'static [&'static str],
    /// Division codes on ID cards.
    pub(super) card_prefixes: &'static [&'static str],
}

/// An agency.
pub(super) struct Agency {
    pub(super) name: &'static str,
    pub(super) level: AgencyLevel,
    pub(super) division: &'static str,
    /// Position of the agency above, in the same list.
    pub(super) parent: Option<usize>,
    /// The reviewer who can sign in.
    pub(super) reviewer: Option<&'static str>,
}

/// A member of staff of an agency who can sign in.
pub(super) struct AgencyStaff {
    pub(super) agency: usize,
    pub(super) role: Role,
    /// What the sign-in name ends with.
    pub(super) login: &'static str,
    pub(super) name: &'static str,
}

/// A certified host.
pub(super) struct Host {
    pub(super) name: &'static str,
    pub(super) division: &'static str,
    pub(super) address: &'static str,
    /// Position of the certifying agency.
    pub(super) agency: usize,
    pub(super) operator: &'static str,
    pub(super) sites: &'static [Site],
    pub(super) posts: &'static [&'static str],
    /// Names that must appear; the rest is made up.
    pub(super) people: &'static [&'static str],
    /// How many are active.
    pub(super) active: usize,
    /// Full weeks since the active ones began.
    pub(super) weeks: i32,
    /// Yuan a month.
    pub(super) allowance: i64,
    /// Where its people live: code and detail.
    pub(super) home: (&'static str, &'static str),
}

/// A site with its fence.
pub(super) struct Site {
    pub(super) name: &'static str,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    pub(super) datum: Datum,
    pub(super) radius: f64,
}

impl Host {
    pub(super) fn allowance(&self) -> Option<Fen> {
        Fen::from_fen(self.allowance * 100)
    }
}

pub(super) const PROVINCES: [Province; 4] = [GUIZHOU, SHANDONG, JILIN, CHONGQING];

const GUIZHOU: Province = Province {
    short: "guizhou",
    agencies: &[
        agency(
            "贵州省人力资源和社会保障厅",
            AgencyLevel::Province,
            "520000",
            None,
            None,
        ),
        agency("贵阳市人力资源和社会保障局", AgencyLevel::City, "520100", Some(0), None),
        agency(
            "贵阳市观山湖区人力资源和社会保障局",
            AgencyLevel::County,
            "520115",
            Some(1),
            Some("杨慧"),
        ),
        agency("铜仁市人力资源和社会保障局", AgencyLevel::City, "520600", Some(0), None),
        agency(
            "石阡县人力资源和社会保障局",
            AgencyLevel::County,
            "520623",
            Some(3),
            None,
        ),
    ],
    more_agencies: &[],
    more_staff: &[
        staff(4, Role::Reviewer, "reviewer.shiqian", "田应钦"),
        staff(3, Role::Reviewer, "reviewer.tongren", "冉启航"),
        staff(1, Role::Reviewer, "reviewer.guiyang", "吴春燕"),
        staff(0, Role::Reviewer, "reviewer.province", "陈国栋"),
        staff(1, Role::CityCentre, "centre.guiyang", "罗朝阳"),
    ],
    hosts: &[
        Host {
            name: "贵州云上数据服务有限公司",
            division: "520115",
            address: "长岭北路会展城 B 区 7 楼",
            agency: 2,
            operator: "罗敏",
            sites: &[
                site("观山湖办公区", 26.6462, 106.6291, Datum::Wgs84, 300.0),
                site("金阳数据中心", 26.6218, 106.6405, Datum::Gcj02, 250.0),
            ],
            posts: &["数据标注", "运维助理", "行政助理", "数据标注", "测试助理", "客服专员"],
            people: &["杨晓雨", "罗志强", "吴倩", "石磊", "潘婷"],
            active: 24,
            weeks: 8,
            allowance: 2100,
            home: ("520115", "金华园街道诚信路 18 号"),
        },
        Host {
            name: "石阡苔茶生态农业发展有限公司",
            division: "520623",
            address: "泉都街道温泉大道 66 号",
            agency: 4,
            operator: "田景华",
            sites: &[
                site("泉都办公楼", 27.5168, 108.2239, Datum::Wgs84, 300.0),
                site("龙塘茶园", 27.4725, 108.1652, Datum::Wgs84, 800.0),
            ],
            posts: &["茶园技术员", "电商运营", "质检助理"],
            people: &["龙秀英", "田茂林"],
            active: 6,
            weeks: 11,
            allowance: 1950,
            home: ("520623", "中坝街道平安路 12 号"),
        },
    ],
    schools: &[
        "贵州大学",
        "贵州民族大学",
        "贵州师范学院",
        "铜仁学院",
        "铜仁职业技术学院",
    ],
    surnames: &["杨", "罗", "吴", "潘", "龙", "田", "王", "陈", "张", "黄", "安", "冉"],
    card_prefixes: &["520115", "522224", "520103", "522201"],
};

const SHANDONG: Province = Province {
    short: "shandong",
    agencies: &[
        agency(
            "山东省人力资源和社会保障厅",
            AgencyLevel::Province,
            "370000",
            None,
            None,
        ),
        agency("济南市人力资源和社会保障局", AgencyLevel::City, "370100", Some(0), None),
        agency(
            "济南市历下区人力资源和社会保障局",
            AgencyLevel::County,
            "370102",
            Some(1),
            Some("孙立新"),
        ),
    ],
    more_agencies: &[agency(
        "济南市市中区人力资源和社会保障局",
        AgencyLevel::County,
        "370103",
        Some(1),
        None,
    )],
    more_staff: &[
        staff(1, Role::Reviewer, "reviewer.jinan", "于海涛"),
        staff(0, Role::Reviewer, "reviewer.province", "曲静"),
        staff(0, Role::Auditor, "auditor", "赵鸿飞"),
        staff(0, Role::Admin, "admin", "宋佳"),
    ],
    hosts: &[
        Host {
            name: "济南泉城软件技术有限公司",
            division: "370102",
            address: "经十路 7000 号汉峪金谷 A3 区",
            agency: 2,
            operator: "高洁",
            sites: &[site("汉峪金谷办公区", 36.6563, 117.1287, Datum::Gcj02, 300.0)],
            posts: &["测试工程师助理", "实施顾问助理", "人事助理"],
            people: &["孙雨桐", "刘浩然"],
            active: 10,
            weeks: 7,
            allowance: 2200,
            home: ("370102", "甸柳新村街道和平路 36 号"),
        },
        Host {
            name: "山东齐风文化传播有限公司",
            division: "370102",
            address: "泺源大街 102 号",
            agency: 2,
            operator: "宋文博",
            sites: &[site("泺源大街办公楼", 36.6614, 117.0186, Datum::Wgs84, 200.0)],
            posts: &["新媒体编辑", "活动策划助理"],
            people: &["王梓涵"],
            active: 5,
            weeks: 10,
            allowance: 2000,
            home: ("370102", "趵突泉街道黑虎泉西路 5 号"),
        },
    ],
    schools: &["山东大学", "济南大学", "山东师范大学", "齐鲁工业大学"],
    surnames: &["孙", "刘", "王", "李", "张", "赵", "宋", "高", "于", "曲"],
    card_prefixes: &["370102", "370103", "370681", "371302"],
};

const JILIN: Province = Province {
    short: "jilin",
    agencies: &[
        agency(
            "吉林省人力资源和社会保障厅",
            AgencyLevel::Province,
            "220000",
            None,
            None,
        ),
        agency("长春市人力资源和社会保障局", AgencyLevel::City, "220100", Some(0), None),
        agency(
            "长春市朝阳区人力资源和社会保障局",
            AgencyLevel::County,
            "220104",
            Some(1),
            Some("金美兰"),
        ),
        agency(
            "长春市南关区人力资源和社会保障局",
            AgencyLevel::County,
            "220102",
            Some(1),
            None,
        ),
    ],
    more_agencies: &[],
    more_staff: &[
        staff(1, Role::Reviewer, "reviewer.changchun", "崔明哲"),
        staff(0, Role::Reviewer, "reviewer.province", "姜岩"),
        staff(0, Role::Auditor, "auditor", "李松林"),
        staff(0, Role::Admin, "admin", "于丽娜"),
    ],
    hosts: &[
        Host {
            name: "长春春城汽车电子有限公司",
            division: "220104",
            address: "前进大街 2266 号",
            agency: 2,
            operator: "韩雪峰",
            sites: &[site("前进大街厂区", 43.8318, 125.2879, Datum::Wgs84, 400.0)],
            posts: &["装配工艺助理", "质量检验员", "仓储管理员"],
            people: &["金英子", "赵冰"],
            active: 8,
            weeks: 9,
            allowance: 3008,
            home: ("220104", "永昌街道建设街 21 号"),
        },
        Host {
            name: "吉林净月冰雪旅游服务有限公司",
            division: "220102",
            address: "人民大街 8300 号",
            agency: 3,
            operator: "马琳",
            sites: &[site("人民大街游客服务部", 43.8291, 125.3217, Datum::Bd09, 300.0)],
            posts: &["导游助理", "票务专员"],
            people: &["朴哲"],
            active: 4,
            weeks: 6,
            allowance: 3050,
            home: ("220102", "鸿城街道南湖大路 9 号"),
        },
    ],
    schools: &["吉林大学", "东北师范大学", "长春理工大学", "长春职业技术学院"],
    surnames: &["金", "赵", "韩", "朴", "马", "李", "王", "姜", "崔", "于"],
    card_prefixes: &["220104", "220102", "220202", "222401"],
};

const CHONGQING: Province = Province {
    short: "chongqing",
    agencies: &[
        agency(
            "重庆市人力资源和社会保障局",
            AgencyLevel::Province,
            "500000",
            None,
            None,
        ),
        agency(
            "两江新区社会保险管理中心",
            AgencyLevel::County,
            "500157",
            Some(0),
            Some("唐蓉"),
        ),
        agency(
            "重庆市渝中区人力资源和社会保障局",
            AgencyLevel::County,
            "500103",
            Some(0),
            None,
        ),
    ],
    more_agencies: &[],
    more_staff: &[
        staff(2, Role::Reviewer, "reviewer.yuzhong", "何川"),
        staff(0, Role::Reviewer, "reviewer.city", "周晓芸"),
        staff(0, Role::Auditor, "auditor", "谭正宇"),
        staff(0, Role::Admin, "admin", "刘云开"),
    ],
    hosts: &[
        Host {
            name: "重庆两江云谷软件有限公司",
            division: "500157",
            address: "黄山大道中段 64 号互联网产业园",
            agency: 1,
            operator: "蒋欣",
            sites: &[
                site("互联网产业园 3 栋", 29.6203, 106.4968, Datum::Wgs84, 300.0),
                site("照母山研发楼", 29.6391, 106.5079, Datum::Gcj02, 300.0),
            ],
            posts: &["前端开发助理", "软件测试助理", "产品助理"],
            people: &["冉渝", "唐思琪"],
            active: 9,
            weeks: 8,
            allowance: 2300,
            home: ("500157", "人和街道万年路 40 号"),
        },
        Host {
            name: "重庆山城商贸服务有限公司",
            division: "500103",
            address: "解放碑街道民权路 28 号",
            agency: 2,
            operator: "秦勇",
            sites: &[site("民权路门店", 29.5586, 106.5741, Datum::Wgs84, 150.0)],
            posts: &["门店运营助理", "财务助理"],
            people: &["向小曼"],
            active: 4,
            weeks: 5,
            allowance: 2100,
            home: ("500103", "七星岗街道中山一路 85 号"),
        },
    ],
    schools: &["重庆大学", "西南大学", "重庆邮电大学", "重庆工商大学"],
    surnames: &["冉", "唐", "蒋", "秦", "向", "周", "谭", "何", "陈", "刘"],
    card_prefixes: &["500112", "500103", "500235", "511202"],
};

const fn agency(
    name: &'static str,
    level: AgencyLevel,
    division: &'static str,
    parent: Option<usize>,
    reviewer: Option<&'static str>,
) -> Agency {
    Agency {
        name,
        level,
        division,
        parent,
        reviewer,
    }
}

const fn staff(agency: usize, role: Role, login: &'static str, name: &'static str) -> AgencyStaff {
    AgencyStaff {
        agency,
        role,
        login,
        name,
    }
}

const fn site(name: &'static str, latitude: f64, longitude: f64, datum: Datum, radius: f64) -> Site {
    Site {
        name,
        latitude,
        longitude,
        datum,
        radius,
    }
}
