//! Runs that are ended from outside: killed at any moment, three at once, a full disk, a folder that may not be written.
#![cfg(unix)]

mod common;

use common::{Bench, root};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

fn ruong(bench: &Bench, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ruong"));
    command.args(arguments).current_dir(bench.folder.path()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The sample's communes and one table: a run of some hundredths of a second with maps, tables and a record.
fn project() -> Bench {
    let bench = Bench::new();
    for name in ["communes.geojson", "programmes.csv"] {
        bench.write(name, std::fs::read(root().join("data/hong-ngu").join(name)).expect("the sample"));
    }
    bench.write(
        "ruong.toml",
        "version = 1\nperiod = { from = 2024-04-05, to = 2024-04-11 }\n[communes]\nfile = \"communes.geojson\"\ncode = \"code\"\n\
         name = \"name\"\n[[tables]]\nid = \"p\"\nkind = \"indicator\"\nfile = \"programmes.csv\"\nkey = { commune = \"code\" }\n",
    );
    bench
}

/// Every file below a folder, by its path, without the record of timings.
fn files(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut found = std::collections::BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(at) = open.pop() {
        for entry in std::fs::read_dir(&at).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.file_name().is_some_and(|name| name != "run.json") {
                let name = path.strip_prefix(folder).expect("it is below").display().to_string();
                found.insert(name, std::fs::read(&path).unwrap_or_default());
            }
        }
    }
    found
}

#[test]
fn a_killed_run_leaves_whole_files_and_the_next_run_mends_the_rest() {
    let rounds: u64 = std::env::var("RUONG_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(12);
    let bench = project();
    let build = ["build", ".", "--format", "svg,png"];
    assert_eq!(bench.run(&[&build[..], &["--out", "whole"]].concat()).code, 0);
    let whole = files(&bench.path("whole"));
    let mut ended = 0;
    for round in 0..rounds {
        let mut child = ruong(&bench, &build).spawn().expect("the program starts");
        // Anywhere between the first file read and the last one written.
        std::thread::sleep(Duration::from_millis(3 + (round * 37) % 180));
        let signal = if round % 2 == 0 { "-KILL" } else { "-INT" };
        let _ = Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status();
        ended += usize::from(!child.wait().expect("it ends").success());
        for (name, bytes) in files(&bench.path("out")) {
            let undone = name.rsplit('/').next().is_some_and(|name| name.starts_with(".ruong"));
            assert!(undone || whole.get(&name) == Some(&bytes), "round {round}: {name} is not whole");
        }
    }
    assert!(ended > 0, "no run was ended before its end");
    assert_eq!(bench.run(&build).code, 0);
    assert_eq!(files(&bench.path("out")), whole, "what killed runs left is not mended");
}

#[test]
fn three_builds_at_once_give_one_result() {
    let bench = project();
    let mut children: Vec<_> = (0..3).map(|_| ruong(&bench, &["build", "."]).spawn().expect("the program starts")).collect();
    let codes: Vec<i32> = children.iter_mut().map(|child| child.wait().expect("it ends").code().unwrap_or(-1)).collect();
    assert!(codes.contains(&0), "one of them is at work: {codes:?}");
    assert!(codes.iter().all(|code| matches!(code, 0 | 2)), "who is late says so: {codes:?}");
    assert_eq!(bench.run(&["build", ".", "--out", "alone"]).code, 0);
    assert_eq!(files(&bench.path("out")), files(&bench.path("alone")));
}

#[test]
fn a_full_disk_is_said_and_leaves_no_half_file() {
    let bench = project();
    let disk = bench.path("disk");
    std::fs::create_dir(&disk).expect("a folder");
    let mounted =
        Command::new("mount").args(["-t", "tmpfs", "-o", "size=200k", "tmpfs"]).arg(&disk).stderr(Stdio::null()).status();
    if !mounted.is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: no small disk can be made here");
        return;
    }
    let ran = bench.run(&["build", ".", "--out", "disk"]);
    let left = files(&disk);
    let _ = Command::new("umount").arg(&disk).status();
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("disk/"), "{}", ran.stderr);
    assert_eq!(bench.run(&["build", ".", "--out", "whole"]).code, 0);
    let whole = files(&bench.path("whole"));
    for (name, bytes) in left.iter().filter(|(name, _)| *name != "problems.csv") {
        assert_eq!(whole.get(name), Some(bytes), "{name}: half a file");
    }
}

#[test]
fn a_document_without_room_on_the_disk_is_named_and_the_others_are_whole() {
    let bench = Bench::new();
    for folder in ["disk", "kept"] {
        std::fs::create_dir(bench.path(folder)).expect("a folder");
    }
    // Room for the handout and the notice, not for the slides beside them.
    let script = "mount -t tmpfs -o size=400k none disk && \"$0\" build \"$1\" --only slides,handout,bulletin --out disk; code=$?; \
        cp disk/* kept/; exit $code";
    let sample = common::root().join("data/hong-ngu");
    let program = env!("CARGO_BIN_EXE_ruong");
    let ran = Command::new("unshare")
        .args(["-Urm", "sh", "-c", script, program])
        .arg(&sample)
        .current_dir(bench.folder.path())
        .output();
    let said = ran.as_ref().map(|ran| String::from_utf8_lossy(&ran.stderr).into_owned()).unwrap_or_default();
    let Some(ran) = ran.ok().filter(|_| !said.contains("unshare") && !said.contains("mount:")) else {
        eprintln!("SKIPPED: no small disk can be made here: {said}");
        return;
    };
    assert_eq!(ran.status.code(), Some(1), "{said}");
    assert!(said.contains("slides.pptx") && said.contains("ổ đĩa đã đầy"), "{said}");
    let whole = bench.path("whole");
    let arguments = ["build", sample.to_str().expect("a path"), "--only", "slides,handout,bulletin", "--quiet", "--out"];
    assert_eq!(bench.run(&[&arguments[..], &["whole"]].concat()).code, 0);
    let (left, whole) = (files(&bench.path("kept")), files(&whole));
    assert!(!left.contains_key("slides.pptx"));
    for name in ["handout.pdf", "bulletin.docx", "annex.xlsx"] {
        assert_eq!(left.get(name), whole.get(name), "{name}");
    }
}

#[test]
fn without_the_right_to_write_nothing_is_made_and_the_reason_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let bench = project();
    let folder = bench.path("closed");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o555)).expect("it is closed");
    std::fs::set_permissions(bench.folder.path(), std::fs::Permissions::from_mode(0o755)).expect("it can be entered");
    let program = env!("CARGO_BIN_EXE_ruong");
    // The system's administrator may write everywhere: it runs as nobody.
    let open = std::fs::write(folder.join("x"), "").is_ok();
    let mut command = if open { Command::new("setpriv") } else { Command::new(program) };
    if open {
        std::fs::remove_file(folder.join("x")).expect("it goes");
        command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups", program]);
    }
    let ran = command.args(["build", ".", "--out", "closed"]).current_dir(bench.folder.path()).output();
    let Ok(ran) = ran else {
        eprintln!("SKIPPED: nobody cannot run programs here");
        return;
    };
    let said = String::from_utf8_lossy(&ran.stderr);
    if said.contains("setpriv:") {
        eprintln!("SKIPPED: {said}");
        return;
    }
    assert_eq!(ran.status.code(), Some(2), "{said}");
    assert!(said.contains("closed"), "{said}");
    assert!(files(&folder).is_empty());
}
