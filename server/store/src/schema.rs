//! Migrations, and the two things that belong to the schema but differ by dialect or come as data: the triggers that make
//! some tables append-only, and the divisions of GB/T 2260.

use crate::db::{Db, Tx, execute, fetch_one};
use crate::error::StoreError;
use sqlx::AssertSqlSafe;
use sqlx::migrate::{Migrate, Migrator};

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations");

/// What is only ever added to.
const APPEND_ONLY: [&str; 6] = [
    "audit_event",
    "rule_pack",
    "calendar_notice",
    "certification_act",
    "review_decision",
    "review_snapshot",
];

/// Migrates, then guards what is append-only, then seeds the divisions.
pub(crate) async fn migrate(db: &Db) -> Result<(), StoreError> {
    match db {
        Db::Sqlite { writer, .. } => MIGRATIONS.run(writer).await?,
        Db::Postgres(pool) => MIGRATIONS.run(pool).await?,
    }
    let mut tx = db.begin().await?;
    for table in APPEND_ONLY {
        guard(&mut tx, table).await?;
    }
    crate::division::seed(&mut tx).await?;
    tx.commit().await
}

/// Whether every migration of this binary has been applied.
pub(crate) async fn is_current(db: &Db) -> Result<bool, StoreError> {
    let table = MIGRATIONS.table_name.as_ref();
    let applied = match db {
        Db::Sqlite { writer, .. } => {
            let mut connection = writer.acquire().await?;
            connection.ensure_migrations_table(table).await?;
            connection.list_applied_migrations(table).await?
        }
        Db::Postgres(pool) => {
            let mut connection = pool.acquire().await?;
            connection.ensure_migrations_table(table).await?;
            connection.list_applied_migrations(table).await?
        }
    };
    Ok(MIGRATIONS
        .iter()
        .filter(|wanted| wanted.migration_type.is_up_migration())
        .all(|wanted| {
            applied
                .iter()
                .any(|done| done.version == wanted.version && done.checksum == wanted.checksum)
        }))
}

/// Refuses UPDATE and DELETE on a table inside the database itself. Idempotent. The dialects differ here.
async fn guard(tx: &mut Tx, table: &'static str) -> Result<(), StoreError> {
    match tx {
        Tx::Sqlite(_) => {
            for act in ["update", "delete"] {
                execute!(
                    &mut *tx,
                    AssertSqlSafe(format!(
                        "CREATE TRIGGER IF NOT EXISTS {table}_no_{act} BEFORE {act} ON {table} \
                         BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                    ))
                )?;
            }
        }
        Tx::Postgres(_) => {
            // Nodes may start at once; the lock makes them take turns with the trigger.
            execute!(&mut *tx, "SELECT pg_advisory_xact_lock(20260901)")?;
            execute!(
                &mut *tx,
                AssertSqlSafe(format!(
                    "CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS \
                     $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
                ))
            )?;
            let (guarded,): (bool,) = fetch_one!(
                &mut *tx,
                (bool,),
                "SELECT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = $1 || '_guard' AND tgrelid = to_regclass($1))",
                table
            )?;
            if !guarded {
                execute!(
                    &mut *tx,
                    AssertSqlSafe(format!(
                        "CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} \
                         FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
                    ))
                )?;
            }
        }
    }
    Ok(())
}
