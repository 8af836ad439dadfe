//! Migrations, and the two things that belong to the schema but differ by dialect or come as data: the triggers that make
//! the audit log append-only, and the divisions of GB/T 2260.

use crate::db::{Db, Tx, execute, fetch_one};
use crate::error::StoreError;
use sqlx::migrate::{Migrate, Migrator};

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations");

/// Migrates, then guards the audit log, then seeds the divisions.
pub(crate) async fn migrate(db: &Db) -> Result<(), StoreError> {
    match db {
        Db::Sqlite { writer, .. } => MIGRATIONS.run(writer).await?,
        Db::Postgres(pool) => MIGRATIONS.run(pool).await?,
    }
    let mut tx = db.begin().await?;
    guard_audit(&mut tx).await?;
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

/// Refuses UPDATE and DELETE on `audit_event` inside the database itself. Idempotent. The dialects differ here.
async fn guard_audit(tx: &mut Tx) -> Result<(), StoreError> {
    match tx {
        Tx::Sqlite(_) => {
            execute!(
                &mut *tx,
                "CREATE TRIGGER IF NOT EXISTS audit_event_no_update BEFORE UPDATE ON audit_event \
                 BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END"
            )?;
            execute!(
                &mut *tx,
                "CREATE TRIGGER IF NOT EXISTS audit_event_no_delete BEFORE DELETE ON audit_event \
                 BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END"
            )?;
        }
        Tx::Postgres(_) => {
            // Nodes may start at once; the lock makes them take turns with the trigger.
            execute!(&mut *tx, "SELECT pg_advisory_xact_lock(20260901)")?;
            execute!(
                &mut *tx,
                "CREATE OR REPLACE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS \
                 $$ BEGIN RAISE EXCEPTION 'audit_event is append-only'; END $$"
            )?;
            let (guarded,): (bool,) = fetch_one!(
                &mut *tx,
                (bool,),
                "SELECT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'audit_event_guard' \
                 AND tgrelid = 'audit_event'::regclass)"
            )?;
            if !guarded {
                execute!(
                    &mut *tx,
                    "CREATE TRIGGER audit_event_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event \
                     FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()"
                )?;
            }
        }
    }
    Ok(())
}
