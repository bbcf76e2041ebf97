//! The program itself, as an operator runs it.

use std::{path::Path, process::Stdio};

use tempfile::{NamedTempFile, TempDir};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};

/// The program with arguments, none of this process's settings, and no input.
pub fn backend<S: AsRef<str>>(arguments: &[S]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casement-backend"));
    command.args(arguments.iter().map(AsRef::as_ref)).kill_on_drop(true);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CASEMENT_") {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A running `serve`.
pub struct Program {
    child: Child,
    log: NamedTempFile,
    /// Where it keeps files, so that none are left behind.
    _files: Option<TempDir>,
    /// Kept open: it goes on talking.
    _stdout: Lines<BufReader<ChildStdout>>,
    /// Such as `http://127.0.0.1:4711`.
    pub base: String,
}

impl Program {
    /// Starts `serve` on a free port and waits until it answers.
    pub async fn serve(flags: &[String]) -> Self {
        let files = tempfile::tempdir().expect("a folder");
        let program = Self::serve_with_files(flags, files.path()).await;
        Self { _files: Some(files), ..program }
    }

    /// The same, with its files in a folder of the test's.
    pub async fn serve_with_files(flags: &[String], files: &Path) -> Self {
        let mut arguments = vec!["serve".to_owned(), "--port=0".to_owned()];
        arguments.extend_from_slice(flags);
        let log = NamedTempFile::new().expect("a file");
        let mut command = backend(&arguments);
        command.env("CASEMENT_FILES", files);
        command.env("CASEMENT_LOG", "trace").stderr(log.reopen().expect("the same file"));
        let mut child = command.spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("stdout")).lines();
        let base = loop {
            let line = lines.next_line().await.expect("a line").expect("the program says where it is");
            if let Some(base) = line.strip_prefix("Casement is at ") {
                break base.to_owned();
            }
        };
        Self { child, log, _files: None, _stdout: lines, base }
    }

    /// `kill -9`; answers what it had logged.
    pub async fn kill(mut self) -> String {
        self.child.kill().await.expect("it can be killed");
        self.log()
    }

    /// The most memory it has had so far, in bytes.
    pub fn most_memory(&self) -> u64 {
        let id = self.child.id().expect("it runs");
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("its status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("its memory");
        let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
        kilobytes * 1024
    }

    /// What it has logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log.path()).expect("the log")
    }

    /// Adds an account, its password given on standard input.
    pub async fn add_user(flags: &[String], email: &str, more: &[&str], password: &str) -> (bool, String) {
        let mut arguments = vec!["user", "add"];
        arguments.extend(flags.iter().map(String::as_str));
        arguments.extend(more);
        arguments.push(email);
        let mut child = backend(&arguments).stdin(Stdio::piped()).spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("stdin");
        // It may refuse before it reads.
        let _ = stdin.write_all(format!("{password}\n").as_bytes()).await;
        drop(stdin);
        let output = child.wait_with_output().await.expect("the program ends");
        let told =
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (output.status.success(), told)
    }
}
