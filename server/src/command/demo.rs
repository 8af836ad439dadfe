//! `jianxi demo`: agencies, hosts and people with believable attendance, for a database that nobody uses yet.

use super::{Failure, open_at};
use crate::config::Settings;
use crate::terminal;
use clap::Args;
use service::{Clock, Purpose, Service};

/// How to fill.
#[derive(Debug, Clone, Copy, Args)]
pub struct DemoArgs {
    /// Fill only a database without any account, and be silent about one that has some
    #[arg(long)]
    pub if_empty: bool,
    /// Print the sign-ins with their second-factor secrets as JSON, for tests
    #[arg(long)]
    pub print_json: bool,
}

/// Fills the database and prints who can sign in.
///
/// # Errors
/// When there are accounts already: demo data never mixes with real people's.
pub async fn run(settings: &Settings, args: &DemoArgs) -> Result<(), Failure> {
    // It stands while the past is told.
    let clock = Clock::fixed(settings.clock(true)?.now());
    let service = open_at(settings, true, Purpose::Own, clock).await?;
    let done = fill(&service, *args).await;
    service.close().await;
    done
}

async fn fill(service: &Service, args: DemoArgs) -> Result<(), Failure> {
    let empty = service::demo::is_empty(service).await?;
    if empty {
        service::demo::fill(service).await?;
    } else if !args.if_empty {
        return Err(Failure(
            "this database has accounts already; demo data is only for an empty one. \
             Choose another with --data or --database, or use --if-empty to leave it as it is."
                .to_owned(),
        ));
    }
    if args.print_json {
        let sign_ins = service::demo::sign_ins_json(service).await?;
        terminal::line(serde_json::to_string_pretty(&sign_ins)?);
    } else if empty {
        terminal::line("演示数据已就绪。");
        print_sign_ins(service).await?;
    }
    Ok(())
}

/// Prints the demo sign-ins as a table; nothing when there are none.
///
/// # Errors
/// What the database says.
pub async fn print_sign_ins(service: &Service) -> Result<(), Failure> {
    let sign_ins = service::account::demo_sign_ins(service).await?;
    if sign_ins.is_empty() {
        terminal::line("\n还没有演示数据。先运行 jianxi demo，再启动。");
        return Ok(());
    }
    let mut rows = vec![["身份", "账号", "密码", "验证码", "可以看什么"].map(str::to_owned)];
    rows.extend(sign_ins.into_iter().map(|one| {
        let code = one.code.unwrap_or_else(|| "不需要".to_owned());
        [one.who, one.login, one.password, code, one.note]
    }));
    terminal::line("\n演示账号（验证码每 30 秒一换，登录页上总是显示当前的）：\n");
    terminal::table(&rows);
    Ok(())
}
