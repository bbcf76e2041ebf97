//! Running other programs, and saying what takes long.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::error::{Error, Result};
use crate::paths;

/// A command that runs in the repository's root.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(paths::root());
    command
}

/// Runs to the end, output going where ours goes.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(not_started(command))?;
    succeeded(command, status)
}

/// Runs to the end, shows standard output line by line and answers all of it
/// with how the program ended.
pub fn tee(command: &mut Command) -> Result<(String, Result<()>)> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(not_started(command))?;
    let mut seen = String::new();
    if let Some(output) = child.stdout.take() {
        let mut output = BufReader::new(output);
        let mut line = Vec::new();
        // Bytes, not lines: a test may print what is not UTF-8.
        while output.read_until(b'\n', &mut line).unwrap_or(0) > 0 {
            let text = String::from_utf8_lossy(&line);
            print!("{text}");
            seen.push_str(&text);
            line.clear();
        }
    }
    let status = child.wait().map_err(not_started(command))?;
    let _ = std::io::stdout().flush();
    Ok((seen, succeeded(command, status)))
}

/// What a program prints, if it is there and succeeds.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs silently; true if it succeeded.
pub fn succeeds(command: &mut Command) -> bool {
    output(command).is_some()
}

/// Where PATH has a program.
pub fn find(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(&name))
        .find(|path| path.is_file())
}

/// PATH with these folders in front.
pub fn path_with(folders: &[PathBuf]) -> std::ffi::OsString {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(std::env::split_paths(&old));
    // Only a folder with the separator in its name can't be joined.
    std::env::join_paths(all).unwrap_or(old)
}

/// Names a long step, does it, and says how long it took.
pub fn step<T>(title: &str, act: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("==> {title}");
    let start = Instant::now();
    let result = act();
    match &result {
        Ok(_) => println!("    {title}: {}", seconds(start.elapsed())),
        Err(_) => println!("    {title}: failed after {}", seconds(start.elapsed())),
    }
    result
}

/// A duration for people.
pub fn seconds(time: Duration) -> String {
    let all = time.as_secs();
    if all < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", all / 60, all % 60)
    }
}

/// The command line, for messages.
pub fn line(command: &Command) -> String {
    let mut words = vec![short(command.get_program())];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}

/// A program's name without its folder.
fn short(program: &OsStr) -> String {
    Path::new(program).file_name().unwrap_or(program).to_string_lossy().into_owned()
}

fn not_started(command: &Command) -> impl FnOnce(std::io::Error) -> Error {
    let program = command.get_program().to_string_lossy().into_owned();
    move |source| Error::Start { program, source }
}

fn succeeded(command: &Command, status: std::process::ExitStatus) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    Err(Error::Failed { command: line(command), status: status.to_string() })
}
