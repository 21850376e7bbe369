//! The command line as a whole: its document, completions, and several projects at once.

#[path = "common/cli_document.rs"]
mod cli_document;
mod common;

use common::{Bench, COMMUNES_ONLY, root, two_communes};

#[test]
fn the_documents_of_commands_are_current() {
    for (lang, page) in cli_document::PAGES {
        let committed = std::fs::read_to_string(root().join(page)).unwrap_or_default();
        assert_eq!(committed, cli_document::document(lang), "{page}: cargo run --example make_cli");
    }
}

#[test]
fn shells_complete_commands_and_options() {
    let bench = Bench::new();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let ran = bench.run(&["completions", shell]);
        assert!(ran.code == 0 && ran.stdout.contains("crosswalk") && ran.stdout.contains("radius-km"), "{shell}: {}", ran.stderr);
    }
}

#[test]
fn several_projects_are_built_and_a_broken_one_stops_no_other() {
    let bench = Bench::new();
    for name in ["an", "binh", "hong"] {
        std::fs::create_dir_all(bench.path(&format!("huyen/{name}"))).expect("a folder");
        bench.write(&format!("huyen/{name}/c.geojson"), two_communes()).write(&format!("huyen/{name}/ruong.toml"), COMMUNES_ONLY);
    }
    bench.write("huyen/hong/c.geojson", "{");
    let ran = bench.run(&["build", "huyen", "--only", "tables", "--json", "--lang", "en", "--out", "ra"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(bench.path("ra/an/tables/communes.csv").is_file() && bench.path("ra/binh/tables/communes.csv").is_file());
    let objects: Vec<serde_json::Value> =
        ran.stdout.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect();
    assert_eq!(objects.len(), 3, "{}", ran.stdout);
    assert!(
        objects[2]["error"].is_object() && objects[2]["project"].as_str().is_some_and(|name| name.ends_with("hong")),
        "{}",
        objects[2]
    );
    assert!(ran.stderr.contains("== huyen/an") && ran.stderr.contains("c.geojson"), "{}", ran.stderr);
    // Where every project is broken the run is.
    let ran = bench.run(&["build", "huyen/hong", "huyen/khong-co", "--only", "tables"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
}

/// What a run says, in the language that its environment asks for.
fn spoken(bench: &Bench, arguments: &[&str], environment: &[(&str, &str)]) -> (i32, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_ruong"));
    for name in ["RUONG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command.envs(environment.iter().copied()).args(arguments).current_dir(bench.folder.path());
    let ran = command.output().expect("the program starts");
    let said = [ran.stdout, ran.stderr].concat();
    (ran.status.code().unwrap_or(-1), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn help_and_complaints_are_in_one_language() {
    let bench = Bench::new();
    let in_vietnamese = |environment: &[(&str, &str)], more: &[&str]| {
        let (code, said) = spoken(&bench, &[&["zones", "--help"], more].concat(), environment);
        assert_eq!(code, 0);
        let vietnamese =
            said.contains("Cách dùng: ruong zones [TÙY CHỌN] --outbreaks OUTBREAKS") && said.contains("Ranh giới xã");
        let english = said.contains("Usage: ruong zones [OPTIONS] --outbreaks OUTBREAKS") && said.contains("commune boundaries");
        assert!(vietnamese != english, "{said}");
        vietnamese
    };
    assert!(in_vietnamese(&[], &[]));
    assert!(in_vietnamese(&[("LANG", "C.UTF-8")], &[]));
    assert!(!in_vietnamese(&[("LANG", "en_US.UTF-8")], &[]));
    assert!(in_vietnamese(&[("LANG", "en_US.UTF-8"), ("RUONG_LANG", "vi")], &[]));
    assert!(!in_vietnamese(&[("RUONG_LANG", "vi")], &["--lang", "en"]));

    for (arguments, vi, en) in [
        (&["build", "--outt", "x"][..], "không có tùy chọn này", "no such option"),
        (&["buil"], "không có lệnh này", "no such command"),
        (&["zones"], "còn thiếu: --outbreaks, --communes, --out", "needs: --outbreaks, --communes, --out"),
        (&["build", "x", "--dpi", "a"], "phải là một con số", "must be a number"),
        (&["worklist", "x", "--out", "x", "--severity", "9"], "phải từ 1 đến 4", "must be from 1 to 4"),
        (&["classify", "--table", "t", "--value", "v", "--scheme", "jenks"], "có phải là fisher-jenks?", "is it fisher-jenks?"),
        (&["build", "x", "--quiet", "--quiet"], "chỉ được ghi một lần", "only once"),
    ] {
        for (lang, own, other) in [("vi", vi, en), ("en", en, vi)] {
            let (code, said) = spoken(&bench, arguments, &[("RUONG_LANG", lang)]);
            assert!(code == 2 && said.contains(own) && !said.contains(other), "{arguments:?} {lang}: {said}");
        }
    }
    let (code, said) = spoken(&bench, &["check", "--json", "--nope"], &[]);
    assert!(code == 2 && said.contains("{\"error\":"), "{said}");
}

#[test]
fn old_spellings_work_and_say_so() {
    let bench = Bench::new();
    bench.write("t.csv", "v\n1\n2\n3\n");
    let run = |option: &str| bench.run(&["classify", "--table", "t.csv", option, "v", "--scheme", "quantile", "--classes", "2"]);
    let (new, old) = (run("--value"), run("--column"));
    assert_eq!((new.code, &new.stdout), (0, &old.stdout));
    assert!(new.stderr.is_empty() && old.stderr.contains("--column nay là --value"), "{}{}", new.stderr, old.stderr);
}

#[test]
fn a_broken_project_file_is_told_in_one_language() {
    let bench = Bench::new();
    for (text, vi, en) in [
        ("version = \"a\"\n", "cần một số nguyên không âm, gặp chữ \"a\"", "invalid type: string \"a\", expected u32"),
        ("version = 1\nlanguage = \"fr\"\n", "không có \"fr\"; một trong: vi, en", "unknown variant `fr`"),
        ("version = 1\n[scales.a]\nscheme = \"jenks\"\n", "có phải ý là \"fisher-jenks\"?", "did you mean \"fisher-jenks\"?"),
        ("version = 1\ntitle = \"a\n", "chuỗi chữ chưa đóng", "invalid basic string"),
    ] {
        bench.write("ruong.toml", text);
        for (lang, words) in [("vi", vi), ("en", en)] {
            let ran = bench.run(&["check", ".", "--lang", lang]);
            let said = ran.stderr.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
            assert!(ran.code == 2 && said.contains(words), "{lang}: {}", ran.stderr);
        }
    }
}

#[test]
fn pictures_of_commands_say_whose_they_are() {
    let bench = Bench::new();
    bench
        .write("o.csv", "ngày phát bệnh,xã,bệnh,mắc\n2024-03-01,A,Dịch tả heo châu Phi,3\n2024-03-09,B,Dịch tả heo châu Phi,2\n");
    let own = ["--title", "Sổ ổ dịch quý I", "--office", "Trạm Chăn nuôi và Thú y", "--source", "Sổ của trạm"];
    let ran = bench.run(&[&["outbreaks", "curve", "--outbreaks", "o.csv", "--out", "x", "--quiet"], &own[..]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let charts = std::fs::read_dir(bench.path("x/charts")).expect("charts").flatten();
    let svg =
        charts.map(|file| file.path()).find(|path| path.extension().is_some_and(|ending| ending == "svg")).expect("a chart");
    let text = std::fs::read_to_string(svg).expect("text");
    assert!(own.iter().skip(1).step_by(2).all(|words| text.contains(words)), "{text}");
}

#[test]
fn the_version_says_what_is_built_in() {
    let bench = Bench::new();
    for (lang, words) in [("vi", "phông chữ: Noto Sans"), ("en", "font: Noto Sans")] {
        let (code, said) = spoken(&bench, &["--version", "--lang", lang], &[]);
        assert!(code == 0 && said.contains(env!("CARGO_PKG_VERSION")) && said.contains(words), "{said}");
        assert_eq!(said.matches("(20").count(), 4, "four sets of data with their dates: {said}");
    }
}
