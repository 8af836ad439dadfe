//! How long the first page of an agency's queue takes with 1 000 and with 100 000 open cases, in the same run, and by which
//! plan each database finds it. `make bench-queue` runs it on a new SQLite file and on a throw-away PostgreSQL.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a measurement prints, may panic, and looks at the clock"
)]

use domain::AgencyId;
use domain::review::{CaseKind, QueueBox};
use sqlx::AssertSqlSafe;
use std::time::Instant;
use store::review::QueueScope;
use store::testing::Fresh;
use store::{Db, Purpose};
use uuid::Uuid;

/// Rounds of each measurement.
const ROUNDS: usize = 201;
const SMALL: u32 = 1_000;
const LARGE: u32 = 100_000;
/// Lines of a page and one more, as the product asks.
const PAGE: i64 = 51;
/// Where the product stops counting.
const COUNTED: i64 = 100;

fn id(number: u32) -> String {
    Uuid::from_u128(u128::from(number)).to_string()
}

async fn run(db: &Db, sql: String) {
    let sql = AssertSqlSafe(sql);
    match db {
        Db::Sqlite { writer, .. } => sqlx::query(sql).execute(writer).await.map(|_| ()),
        Db::Postgres(pool) => sqlx::query(sql).execute(pool).await.map(|_| ()),
    }
    .unwrap();
}

/// Cases `from..to`, each of a host of its own, due on 365 different days: half of them wait, of the others each fourth part was
/// returned, escalated to the agency, or decided by it (in 2).
async fn fill(db: &Db, from: u32, to: u32) {
    let truth = if matches!(db, Db::Sqlite { .. }) { "1" } else { "TRUE" };
    let (agency, other, account) = (id(1), id(3), id(2));
    let mut at = from;
    while at < to {
        let end = (at + 500).min(to);
        let (mut hosts, mut cases, mut decisions) = (Vec::new(), Vec::new(), Vec::new());
        for number in at..end {
            let (host, case) = (id(number + 1_000_000), id(number + 2_000_000));
            let due = domain::value::add_days("2026-01-01".parse().unwrap(), i32::try_from(number % 365).unwrap());
            hosts.push(format!(
                "('{host}', '{number} 号单位', 'C{number}', '520115', '长岭北路', 'uncertified', 0)"
            ));
            let (state, at, escalated, decided) = match number % 8 {
                0..=3 => ("submitted", &agency, "NULL".to_owned(), "NULL".to_owned()),
                4 => ("returned", &agency, "NULL".to_owned(), "NULL".to_owned()),
                5 => ("submitted", &other, format!("'{agency}'"), "NULL".to_owned()),
                _ => ("approved", &agency, "NULL".to_owned(), number.to_string()),
            };
            cases.push(format!(
                "('{case}', 'host_identity', '{host}', '{number} 号单位', '石阡县', '520115', '{state}', 0, 1, 'county_review', \
                 '{at}', 10, '2026-01-01', '{due}', {escalated}, {truth}, 1, '按经营地址', '520000@2026-1', '{account}', 0, {decided})"
            ));
            if state == "approved" {
                decisions.push(format!(
                    "('{case}', 2, 'approve', '{account}', '杨慧', '{agency}', 'county_review', 1, 'aa', '520000@2026-1', {number})"
                ));
            }
        }
        run(
            db,
            format!(
                "INSERT INTO host (id, name, credit_code, division_code, address, standing, created_at) VALUES {}",
                hosts.join(", ")
            ),
        )
        .await;
        run(
            db,
            format!(
                "INSERT INTO review_case (id, kind, host_id, subject, detail, division_code, state, stage, stages, purpose, \
                 agency_id, workdays, since, due_on, escalated_to, checked, snapshot, route, basis, submitted_by, submitted_at, \
                 decided_at) VALUES {}",
                cases.join(", ")
            ),
        )
        .await;
        run(
            db,
            format!(
                "INSERT INTO review_decision (case_id, number, verdict, account_id, account_name, agency_id, purpose, snapshot, \
                 snapshot_hash, basis, at) VALUES {}",
                decisions.join(", ")
            ),
        )
        .await;
        at = end;
    }
    // PostgreSQL's autovacuum does this in production; on SQLite the product never does.
    if let Db::Postgres(_) = db {
        for table in ["review_case", "review_decision"] {
            run(db, format!("VACUUM ANALYZE {table}")).await;
        }
    }
}

/// What the queue's page asks of the store: its lines and every count.
async fn first_page(db: &Db, scope: QueueScope<'_>) -> usize {
    let mut tx = db.read().await.unwrap();
    let rows = store::review::page(&mut tx, scope, None, PAGE).await.unwrap();
    for folder in [QueueBox::Open, QueueBox::Returned, QueueBox::Escalated] {
        let whole = QueueScope {
            folder,
            kind: None,
            ..scope
        };
        store::review::count(&mut tx, whole, COUNTED).await.unwrap();
    }
    for kind in CaseKind::ALL {
        let of_kind = QueueScope {
            folder: QueueBox::Open,
            kind: Some(kind),
            ..scope
        };
        store::review::count(&mut tx, of_kind, COUNTED).await.unwrap();
    }
    rows.len()
}

/// The parts that are measured.
fn parts() -> [(&'static str, QueueScope<'static>); 5] {
    let of = |folder, kind| QueueScope {
        agency: AgencyId::new(Uuid::from_u128(1)),
        folder,
        kind,
        search: "",
    };
    [
        ("待办", of(QueueBox::Open, None)),
        ("待办 of a kind", of(QueueBox::Open, Some(CaseKind::HostIdentity))),
        ("已退回", of(QueueBox::Returned, None)),
        ("下级超期", of(QueueBox::Escalated, None)),
        ("已办", of(QueueBox::Done, None)),
    ]
}

/// Median in milliseconds.
async fn median(db: &Db, scope: QueueScope<'_>) -> f64 {
    let mut took = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let began = Instant::now();
        assert_eq!(first_page(db, scope).await, usize::try_from(PAGE).unwrap());
        took.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    took.sort_by(f64::total_cmp);
    took[ROUNDS / 2]
}

/// How the database finds the page: the product's own statement, with what the page binds.
async fn plan(db: &Db, scope: QueueScope<'_>) {
    let sql = store::review::statement(scope);
    let (agency, kind) = (scope.agency.to_string(), scope.kind.map_or("", CaseKind::code));
    let is_done = scope.folder == QueueBox::Done;
    let lines: Vec<String> = match db {
        Db::Sqlite { writer, .. } => {
            let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
            let query = sqlx::query_as::<_, (i64, i64, i64, String)>(explain)
                .bind(agency)
                .bind(kind)
                .bind("")
                .bind(PAGE);
            let query = if is_done {
                query.bind(i64::MAX).bind("~")
            } else {
                query.bind("").bind("")
            };
            let rows = query.fetch_all(writer).await.unwrap();
            rows.into_iter().map(|(.., line)| line).collect()
        }
        Db::Postgres(pool) => {
            let explain = AssertSqlSafe(format!("EXPLAIN {sql}"));
            let query = sqlx::query_as::<_, (String,)>(explain)
                .bind(agency)
                .bind(kind)
                .bind("")
                .bind(PAGE);
            let query = if is_done {
                query.bind(i64::MAX).bind("~")
            } else {
                query.bind("").bind("")
            };
            let rows = query.fetch_all(pool).await.unwrap();
            rows.into_iter().map(|(line,)| line).collect()
        }
    };
    for line in lines {
        println!("      {line}");
    }
}

async fn measure(name: &str, fresh: &Fresh) {
    let db = Db::open(fresh.url(), Purpose::Own).await.unwrap();
    db.migrate().await.unwrap();
    run(
        &db,
        format!(
            "INSERT INTO agency (id, name, level, division_code) VALUES ('{}', '观山湖区', 'county', '520115'), \
             ('{}', '花溪区', 'county', '520111')",
            id(1),
            id(3)
        ),
    )
    .await;
    run(
        &db,
        format!(
            "INSERT INTO account (id, role, name, login_index, login_sealed, password_hash, created_at) \
             VALUES ('{}', 'operator', '罗敏', 'x', 'x', 'x', 0)",
            id(2)
        ),
    )
    .await;
    fill(&db, 0, SMALL).await;
    let mut small = Vec::new();
    for (_, scope) in parts() {
        small.push(median(&db, scope).await);
    }
    fill(&db, SMALL, LARGE).await;
    println!("{name}: first page with every count, median of {ROUNDS}, {SMALL} and {LARGE} cases of the agency");
    for ((part, scope), small) in parts().into_iter().zip(small) {
        let large = median(&db, scope).await;
        println!("  {part}: {small:.3} ms, {large:.3} ms, ratio {:.2}", large / small);
        plan(&db, scope).await;
    }
    db.close().await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    measure("SQLite", &Fresh::sqlite().unwrap()).await;
    match Fresh::postgres().await.unwrap() {
        Some(fresh) => measure("PostgreSQL", &fresh).await,
        None => println!("PostgreSQL: not measured, JIANXI_TEST_POSTGRES names no server"),
    }
}
