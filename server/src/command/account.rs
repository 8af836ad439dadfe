//! `jianxi account`: staff accounts. There is no other way to make one; trainees register themselves.

use super::{Failure, visit};
use crate::config::Settings;
use crate::terminal;
use clap::{Args, Subcommand};
use domain::account::Role;
use service::ServiceError;
use service::account::{CreatedStaff, NewStaff};
use std::io::{IsTerminal, Read, stdin};

/// A password longer than this is refused by the form anyway.
const LONGEST_PASSWORD: u64 = 1024;

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Make a staff account. Give the password on standard input, or leave that out and one is made
    Create(CreateArgs),
    /// Bar an account: its sessions end at once
    Disable {
        /// Sign-in name
        #[arg(long, value_name = "NAME")]
        login: String,
    },
}

/// A new staff account.
#[derive(Debug, Args)]
pub struct CreateArgs {
    /// operator, mentor, reviewer, city_centre, auditor or admin
    #[arg(long, value_parser = role)]
    pub role: Role,
    /// Id, credit code or full name of the host, for operator and mentor
    #[arg(long, value_name = "HOST", conflicts_with = "agency")]
    pub host: Option<String>,
    /// Id or full name of the agency, for the other roles
    #[arg(long, value_name = "AGENCY")]
    pub agency: Option<String>,
    /// Sign-in name
    #[arg(long, value_name = "NAME")]
    pub login: String,
    /// The person's name
    #[arg(long, value_name = "NAME")]
    pub name: String,
}

fn role(code: &str) -> Result<Role, String> {
    Role::from_code(code).filter(|role| role.is_staff()).ok_or_else(|| {
        "must be operator, mentor, reviewer, city_centre, auditor or admin; trainees register themselves".to_owned()
    })
}

/// Runs the command.
///
/// # Errors
/// What is wrong with which value.
pub async fn run(settings: &Settings, command: AccountCommand) -> Result<(), Failure> {
    // Asked for before the database is opened, so that a slow typist blocks nobody.
    let password = if matches!(command, AccountCommand::Create(_)) {
        given_password()?
    } else {
        None
    };
    visit(settings, async |service| match command {
        AccountCommand::Create(args) => {
            let CreateArgs {
                role,
                host,
                agency,
                login,
                name,
            } = args;
            let new = NewStaff {
                role,
                name,
                login,
                password,
                host,
                agency,
            };
            service::account::create_staff(service, new)
                .await
                .map(|created| print_created(&created))
        }
        AccountCommand::Disable { login } => service::account::disable(service, &login)
            .await
            .map(|()| terminal::line("账号已停用，已登录的设备也立即退出。")),
    })
    .await
}

/// The first line of standard input, when somebody pipes one in; never a command-line argument, which others can see.
fn given_password() -> Result<Option<String>, Failure> {
    if stdin().is_terminal() {
        return Ok(None);
    }
    let mut text = String::new();
    stdin().lock().take(LONGEST_PASSWORD).read_to_string(&mut text)?;
    Ok(text.lines().next().filter(|line| !line.is_empty()).map(str::to_owned))
}

fn print_created(created: &CreatedStaff) {
    terminal::line(format!("账号已开通：{}\n", created.login));
    if let Some(password) = &created.generated_password {
        terminal::line(format!("  初始密码：{password}"));
    }
    terminal::line(format!(
        "  验证器密钥：{}\n  验证器链接：{}\n",
        created.secret, created.otpauth
    ));
    terminal::line(
        "接下来：\n  1. 把账号和初始密码当面或分两条渠道交给本人。\n  2. 本人在手机的验证器应用里添加上面的密钥（或把链接做成二维码扫描）。\n  \
         3. 打开登录页，输入账号、密码和验证器里的 6 位数字，登录后请马上改密码。\n\n以上内容只显示这一次，请勿截图保存。",
    );
}

/// Says what is wrong with which value.
pub(super) fn explain(error: &ServiceError) -> Failure {
    Failure(match error {
        ServiceError::Invalid(errors) => errors
            .0
            .iter()
            .map(|error| format!("--{}: {}", error.field, error.message))
            .collect::<Vec<_>>()
            .join("\n"),
        ServiceError::NotFound => "没有这个账号".to_owned(),
        other => other.to_string(),
    })
}
