//! Debian's packages.

use std::process::Command;

use crate::error::{Error, Result};
use crate::process;

/// True where `apt-get` is how programs are installed.
pub fn available() -> bool {
    process::find("apt-get").is_some()
}

/// Installs packages, or says in one sentence how to.
pub fn install(what: &str, packages: &[&str]) -> Result<()> {
    let missing = || Error::Missing {
        what: what.to_owned(),
        command: format!("sudo apt-get install {}", packages.join(" ")),
    };
    if !available() {
        return Err(missing());
    }
    process::step(&format!("apt-get install {}", packages.join(" ")), || {
        let install = || {
            process::run(
                as_root("apt-get")
                    .args(["install", "-y", "-qq", "--no-install-recommends"])
                    .args(packages)
                    .env("DEBIAN_FRONTEND", "noninteractive"),
            )
        };
        // A fresh machine may not have the lists yet.
        install()
            .or_else(|_| process::run(as_root("apt-get").args(["update", "-qq"])).and_then(|()| install()))
    })
    .map_err(|_| missing())
}

/// A command with the rights to change the system; never asks a question.
pub fn as_root(program: &str) -> Command {
    let user = process::output(process::command("id").arg("-u"));
    if user.as_deref() == Some("0") {
        return process::command(program);
    }
    let mut command = process::command("sudo");
    command.args(["-n", program]);
    command
}
