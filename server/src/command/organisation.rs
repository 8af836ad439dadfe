//! `jianxi agency` and `jianxi host`: what must be there before a staff account can be made.

use super::{Failure, visit};
use crate::config::Settings;
use crate::terminal;
use clap::{Args, Subcommand};
use domain::agency::AgencyLevel;
use service::agency::NewAgency;
use service::host::NewHost;

/// What to do with agencies.
#[derive(Debug, Subcommand)]
pub enum AgencyCommand {
    /// Make an agency and print its id
    Create(AgencyArgs),
}

/// A new agency.
#[derive(Debug, Args)]
pub struct AgencyArgs {
    /// Full name
    #[arg(long, value_name = "NAME")]
    pub name: String,
    /// province, city or county
    #[arg(long, value_parser = level)]
    pub level: AgencyLevel,
    /// Six digits of GB/T 2260
    #[arg(long, value_name = "CODE")]
    pub division: String,
    /// Id or full name of the agency above
    #[arg(long, value_name = "ID")]
    pub parent: Option<String>,
}

/// What to do with hosts.
#[derive(Debug, Subcommand)]
pub enum HostCommand {
    /// Make a certified host and print its id
    Create(HostArgs),
}

/// A new host.
#[derive(Debug, Args)]
pub struct HostArgs {
    /// Name on the licence
    #[arg(long, value_name = "NAME")]
    pub name: String,
    /// Unified social credit code
    #[arg(long, value_name = "CODE")]
    pub credit_code: String,
    /// Six digits of GB/T 2260: the county of the business address
    #[arg(long, value_name = "CODE")]
    pub division: String,
    /// Rest of the address
    #[arg(long, value_name = "TEXT")]
    pub address: String,
    /// Id or full name of the agency that certified it
    #[arg(long, value_name = "ID")]
    pub certified_by: String,
}

fn level(code: &str) -> Result<AgencyLevel, String> {
    AgencyLevel::from_code(code).ok_or_else(|| "must be province, city or county".to_owned())
}

/// Runs `jianxi agency`.
///
/// # Errors
/// What is wrong with which value.
pub async fn agency(settings: &Settings, command: AgencyCommand) -> Result<(), Failure> {
    let AgencyCommand::Create(args) = command;
    let new = NewAgency {
        name: args.name,
        level: args.level,
        division: args.division,
        parent: args.parent,
    };
    let id = visit(settings, async |service| service::agency::create(service, new).await).await?;
    terminal::line(format!(
        "机构已建立，编号：{id}\n\n接下来：\n  新建由它认证的单位：jianxi host create --name 单位全称 --credit-code 统一社会信用代码 \
         --division 区划代码 --address 详细地址 --certified-by {id}\n  \
         给机构的人开通账号：jianxi account create --role admin --agency {id} --login 账号 --name 姓名"
    ));
    Ok(())
}

/// Runs `jianxi host`.
///
/// # Errors
/// What is wrong with which value.
pub async fn host(settings: &Settings, command: HostCommand) -> Result<(), Failure> {
    let HostCommand::Create(args) = command;
    let new = NewHost {
        name: args.name,
        credit_code: args.credit_code,
        division: args.division,
        address: args.address,
        certified_by: args.certified_by,
    };
    let id = visit(settings, async |service| service::host::create(service, new).await).await?;
    terminal::line(format!(
        "单位已建立，编号：{id}\n\n接下来：\n  \
         给单位的经办人开通账号：jianxi account create --role operator --host {id} --login 账号 --name 姓名"
    ));
    Ok(())
}
