//! What the board says about a check-in, a day and a week. Words only: verdicts, states and quotas are the domain's.

use crate::ui::{CellKind, Tone};
use domain::attendance::{BoardCell, BoardRow, BoardView, CheckInState, CheckInView, FeedItem, Verdict, WeekDayMark};
use domain::value::{add_days, day_label};
use domain::{Day, Moment};

/// One day of one person: what it is, what the eye reads and what a screen reader says.
pub(super) fn cell(cell: &BoardCell) -> (CellKind, String, String) {
    match (&cell.check_in, cell.mark) {
        (Some(check_in), mark) => (kind(mark), short(check_in), spoken(check_in)),
        (None, WeekDayMark::Off) => (CellKind::Off, String::new(), "不用签到".into()),
        (None, _) => (CellKind::Empty, "·".into(), "没有签到".into()),
    }
}

const fn kind(mark: WeekDayMark) -> CellKind {
    match mark {
        WeekDayMark::Counted => CellKind::In,
        WeekDayMark::Waiting => CellKind::Doubt,
        WeekDayMark::SentBack => CellKind::Bad,
        WeekDayMark::Open => CellKind::Empty,
        WeekDayMark::Off => CellKind::Off,
    }
}

/// A counted check-in shows its time; a waiting one shows why it waits.
fn short(check_in: &CheckInView) -> String {
    match (check_in.state, check_in.verdict) {
        (CheckInState::SentBack, _) => "已退回".into(),
        (CheckInState::Waiting, Verdict::Outside) => "外勤".into(),
        (CheckInState::Waiting, Verdict::Uncertain) => ["±", &check_in.accuracy.label().replace(' ', "")].concat(),
        (CheckInState::Waiting, Verdict::Inside) | (CheckInState::Valid | CheckInState::Confirmed, _) => {
            check_in.at.clock()
        }
    }
}

fn spoken(check_in: &CheckInView) -> String {
    [
        &check_in.at.clock(),
        "，",
        &placed(check_in),
        "，",
        check_in.state.label(),
    ]
    .concat()
}

/// Verdict with the number that decided it.
fn placed(check_in: &CheckInView) -> String {
    match check_in.verdict {
        Verdict::Inside | Verdict::Outside => [&check_in.distance.label(), " · ", check_in.verdict.label()].concat(),
        Verdict::Uncertain => ["精度 ±", &check_in.accuracy.label(), "，无法判断"].concat(),
    }
}

/// Whether a line asks the host for a decision.
pub(super) fn waits(item: &FeedItem) -> bool {
    item.check_in.state == CheckInState::Waiting
}

/// `杨晓雨 签到` · `罗志强 申请外勤` · `潘婷 定位存疑`.
pub(super) fn feed_title(item: &FeedItem) -> String {
    let act = match item.check_in.verdict {
        Verdict::Inside if waits(item) => "签到时间存疑",
        Verdict::Inside => "签到",
        Verdict::Outside => "申请外勤",
        Verdict::Uncertain => "定位存疑",
    };
    [&item.name, " ", act].concat()
}

/// `昨天 14:20 · 1.9 公里 · 客户机房巡检`; a decided one also says what was decided.
pub(super) fn feed_detail(item: &FeedItem, today: Day) -> String {
    let check_in = &item.check_in;
    let mut words = vec![when(check_in.at, today)];
    words.push(match (check_in.verdict, &check_in.reason) {
        (Verdict::Outside, Some(reason)) => [&check_in.distance.label(), " · ", reason.as_str()].concat(),
        (Verdict::Uncertain, Some(reason)) => [&placed(check_in), " · ", reason.as_str()].concat(),
        _ => placed(check_in),
    });
    match check_in.state {
        CheckInState::Confirmed => words.push("已确认".into()),
        CheckInState::SentBack => {
            words.push(
                check_in
                    .note
                    .as_ref()
                    .map_or_else(|| "已退回".into(), |note| ["已退回：", note].concat()),
            );
        }
        CheckInState::Valid | CheckInState::Waiting => {}
    }
    words.join(" · ")
}

/// `09:02` today, `昨天 14:20`, else `11月16日 周一 08:55`.
pub(super) fn when(at: Moment, today: Day) -> String {
    let day = at.day();
    if day == today {
        at.clock()
    } else if add_days(today, -1) == day {
        ["昨天 ", &at.clock()].concat()
    } else {
        [&day_label(day), " ", &at.clock()].concat()
    }
}

/// The week's quota of one person: `2 / 2`, `1 / 2`, `0 / 2 · 已缺 2`.
pub(super) fn quota(row: &BoardRow, week_is_over: bool) -> (Tone, String) {
    let quota = &row.quota;
    if quota.required == 0 {
        return (Tone::Plain, "不用签".into());
    }
    let tone = match (quota.is_met(), row.missed_run > 0 || week_is_over) {
        (true, _) => Tone::Ok,
        (false, true) => Tone::Bad,
        (false, false) => Tone::Warn,
    };
    let count = format!("{} / {}", quota.counted, quota.required);
    (
        tone,
        if row.missed_run > 0 {
            format!("{count} · 已缺 {}", row.missed_run)
        } else {
            count
        },
    )
}

/// 连续缺报预警: how many people run a gap, and what stands beside the number.
pub(super) fn missed(board: &BoardView) -> (usize, String) {
    let people = board.rows.iter().filter(|row| row.missed_run > 0).count();
    let longest = board.rows.iter().map(|row| row.missed_run).max().unwrap_or(0);
    let unit = match people {
        0 => " 人".into(),
        1 => format!(" 人 · 已缺 {longest} 次"),
        _ => format!(" 人 · 最多 {longest} 次"),
    };
    (people, unit)
}

/// Whose run of missed reports the county will verify (CQ 三(一)1: 连续 3 次), and the sentence about them.
pub(super) fn to_be_verified(board: &BoardView) -> Option<String> {
    let reached = board.rows.iter().filter(|row| row.missed_run >= board.run_threshold);
    let names: Vec<&str> = reached.map(|row| row.name.as_str()).collect();
    (!names.is_empty()).then(|| format!("{}：连续缺报已到 {} 次", names.join("、"), board.run_threshold))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::attendance::WeekQuota;
    use domain::value::parse_day;
    use domain::{InternshipId, Meters};

    fn day(text: &str) -> Day {
        parse_day(text).unwrap()
    }

    fn check_in(verdict: Verdict, state: CheckInState) -> CheckInView {
        CheckInView {
            id: "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap(),
            at: Moment::at(day("2026-11-18"), 14, 20),
            site: "观山湖办公区".into(),
            distance: Meters::new(1_900.0).unwrap(),
            accuracy: Meters::new(180.0).unwrap(),
            verdict,
            state,
            reason: Some("客户机房巡检".into()),
            note: None,
            version: 1,
        }
    }

    fn item(verdict: Verdict, state: CheckInState) -> FeedItem {
        FeedItem {
            name: "罗志强".into(),
            check_in: check_in(verdict, state),
        }
    }

    fn row(counted: u32, missed_run: u32) -> BoardRow {
        BoardRow {
            internship: InternshipId::new(check_in(Verdict::Inside, CheckInState::Valid).id.uuid()),
            name: "石磊".into(),
            post: "数据标注".into(),
            cells: Vec::new(),
            quota: WeekQuota { required: 2, counted },
            missed_run,
        }
    }

    #[test]
    fn a_waiting_line_says_who_asks_for_what_and_why() {
        let outside = item(Verdict::Outside, CheckInState::Waiting);
        assert_eq!(feed_title(&outside), "罗志强 申请外勤");
        assert_eq!(
            feed_detail(&outside, day("2026-11-19")),
            "昨天 14:20 · 1.9 公里 · 客户机房巡检"
        );
        let uncertain = item(Verdict::Uncertain, CheckInState::Waiting);
        assert_eq!(feed_title(&uncertain), "罗志强 定位存疑");
        assert!(feed_detail(&uncertain, day("2026-11-18")).starts_with("14:20 · 精度 ±180 米，无法判断"));
    }

    #[test]
    fn a_cell_shows_the_time_when_it_counts_and_the_reason_when_it_waits() {
        let shown = |verdict, state| short(&check_in(verdict, state));
        assert_eq!(shown(Verdict::Inside, CheckInState::Valid), "14:20");
        assert_eq!(shown(Verdict::Outside, CheckInState::Confirmed), "14:20");
        assert_eq!(shown(Verdict::Outside, CheckInState::Waiting), "外勤");
        assert_eq!(shown(Verdict::Uncertain, CheckInState::Waiting), "±180米");
        assert_eq!(shown(Verdict::Outside, CheckInState::SentBack), "已退回");
    }

    #[test]
    fn the_quota_warns_while_the_week_is_open_and_blames_when_it_is_over_or_a_run_stands() {
        assert_eq!(quota(&row(2, 0), false), (Tone::Ok, "2 / 2".into()));
        assert_eq!(quota(&row(1, 0), false), (Tone::Warn, "1 / 2".into()));
        assert_eq!(quota(&row(1, 0), true), (Tone::Bad, "1 / 2".into()));
        assert_eq!(quota(&row(0, 2), false), (Tone::Bad, "0 / 2 · 已缺 2".into()));
    }

    #[test]
    fn days_far_back_are_named_in_full() {
        let at = Moment::at(day("2026-11-16"), 8, 55);
        assert_eq!(when(at, day("2026-11-16")), "08:55");
        assert_eq!(when(at, day("2026-11-17")), "昨天 08:55");
        assert_eq!(when(at, day("2026-12-01")), "11月16日 周一 08:55");
    }
}
