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

/// Cases `from..to`, each of a host of its own, due on 365 different days.
async fn fill(db: &Db, from: u32, to: u32) {
    let mut at = from;
    while at < to {
        let end = (at + 500).min(to);
        let mut hosts = Vec::new();
        let mut cases = Vec::new();
        for number in at..end {
            let (host, case) = (id(number + 1_000_000), id(number + 2_000_000));
            let due = domain::value::add_days("2026-01-01".parse().unwrap(), i32::try_from(number % 365).unwrap());
            hosts.push(format!(
                "('{host}', '{number} 号单位', 'C{number}', '520115', '长岭北路', 'uncertified', 0)"
            ));
            cases.push(format!(
                "('{case}', 'host_identity', '{host}', '{number} 号单位', '石阡县', '520115', 'submitted', 0, 1, 'county_review', \
                 '{}', 10, '2026-01-01', '{due}', {}, 1, '按经营地址', '520000@2026-1', '{}', 0)",
                id(1),
                if matches!(db, Db::Sqlite { .. }) { "1" } else { "TRUE" },
                id(2)
            ));
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
                 agency_id, workdays, since, due_on, checked, snapshot, route, basis, submitted_by, submitted_at) VALUES {}",
                cases.join(", ")
            ),
        )
        .await;
        at = end;
    }
    if let Db::Postgres(_) = db {
        run(db, "ANALYZE review_case".to_owned()).await;
    }
}

/// What the queue's page asks of the store: its lines and every count.
async fn first_page(db: &Db) -> usize {
    let scope = QueueScope {
        agency: AgencyId::new(Uuid::from_u128(1)),
        folder: QueueBox::Open,
        kind: None,
        search: "",
    };
    let mut tx = db.read().await.unwrap();
    let rows = store::review::page(&mut tx, scope, None, 51).await.unwrap();
    for folder in [QueueBox::Open, QueueBox::Returned, QueueBox::Escalated] {
        store::review::count(&mut tx, QueueScope { folder, ..scope }, 1000)
            .await
            .unwrap();
    }
    for kind in CaseKind::ALL {
        let of_kind = QueueScope {
            kind: Some(kind),
            ..scope
        };
        store::review::count(&mut tx, of_kind, 1000).await.unwrap();
    }
    rows.len()
}

/// Median in milliseconds.
async fn median(db: &Db) -> f64 {
    let mut took = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let began = Instant::now();
        assert_eq!(first_page(db).await, 51);
        took.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    took.sort_by(f64::total_cmp);
    took[ROUNDS / 2]
}

async fn plan(db: &Db) {
    let query = format!(
        "SELECT c.id FROM review_case c WHERE c.agency_id = '{}' AND c.state = 'submitted' AND (c.due_on, c.id) > ('', '') \
         ORDER BY c.due_on, c.id LIMIT 51",
        id(1)
    );
    let lines: Vec<String> = match db {
        Db::Sqlite { writer, .. } => {
            sqlx::query_as::<_, (i64, i64, i64, String)>(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}")))
                .fetch_all(writer)
                .await
                .unwrap()
                .into_iter()
                .map(|(.., line)| line)
                .collect()
        }
        Db::Postgres(pool) => sqlx::query_as::<_, (String,)>(AssertSqlSafe(format!("EXPLAIN {query}")))
            .fetch_all(pool)
            .await
            .unwrap()
            .into_iter()
            .map(|(line,)| line)
            .collect(),
    };
    for line in lines {
        println!("    {line}");
    }
}

async fn measure(name: &str, fresh: &Fresh) {
    let db = Db::open(fresh.url(), Purpose::Own).await.unwrap();
    db.migrate().await.unwrap();
    run(
        &db,
        format!(
            "INSERT INTO agency (id, name, level, division_code) VALUES ('{}', '观山湖区', 'county', '520115')",
            id(1)
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
    let small = median(&db).await;
    fill(&db, SMALL, LARGE).await;
    let large = median(&db).await;
    println!(
        "{name}: first page and counts, median of {ROUNDS}: {SMALL} cases {small:.3} ms, {LARGE} cases {large:.3} ms, ratio {:.2}",
        large / small
    );
    plan(&db).await;
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
