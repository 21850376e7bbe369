//! What a command writes, a project writes too: the same files, byte for byte, beside its other tables.

mod common;

use common::{Bench, COMMUNES_ONLY, feature, number, root, rows, square, two_communes};

/// The files of the sample in a folder of their own.
fn sample(files: &[&str]) -> Bench {
    let bench = Bench::new();
    for file in files {
        let content = std::fs::read(root().join("data/hong-ngu").join(file)).expect("the sample is here");
        bench.write(file, content);
    }
    bench
}

/// Runs a command and compares its files with those of an output of the project.
fn same(bench: &Bench, arguments: &[&str], output: &str, files: &[&str]) {
    let ran = bench.run(&[arguments, &["--out", "command", "--quiet"]].concat());
    assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.stderr);
    for file in files {
        let read = |folder: &str| std::fs::read(bench.path(&format!("{folder}/{file}")));
        let (of_command, of_project) = (read("command").expect(file), read(&format!("out/{output}")).expect(file));
        assert!(of_command == of_project && of_command.len() > 20, "{output}/{file} differs");
    }
    std::fs::remove_dir_all(bench.path("command")).expect("the folder goes");
}

const REGISTERS: &str = r#"
[[tables]]
id = "dan"
kind = "herds"
file = "livestock_farms.csv"
key = { lon = "kinh_do", lat = "vi_do" }
columns = { species = "loai_vat_nuoi" }
species = "Heo"
[[tables]]
id = "dich"
kind = "outbreaks"
file = "livestock_outbreaks.csv"
disease = "Dịch tả heo châu Phi"
species = "Heo"
herds = "dan"
release_days = 21
"#;

#[test]
fn outputs_of_registers_are_those_of_the_commands() {
    let bench = sample(&["communes.geojson", "livestock_farms.csv", "livestock_outbreaks.csv", "programmes.csv"]);
    let outputs = "[[outputs]]\nid = \"vung\"\nkind = \"zones\"\nradius_km = [2, 5]\nseed = 7\n\
                   [[outputs]]\nid = \"duong\"\nkind = \"curve\"\nfile = \"danh-sach/duong\"\n\
                   [[outputs]]\nid = \"ty-le\"\nkind = \"rates\"\nregister = \"dich\"\n\
                   [[outputs]]\nid = \"lan\"\nkind = \"spread\"\ndays = 7\n";
    bench.write(
        "ruong.toml",
        format!(
            "version = 1\nperiod = {{ from = 2024-04-05, to = 2024-04-11 }}\nmaps = []\ncharts = []\n\
             [communes]\nfile = \"communes.geojson\"\ncode = \"code\"\nname = \"name\"\n{REGISTERS}\
             [[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"programmes.csv\"\nkey = {{ commune = \"code\" }}\n{outputs}"
        ),
    );
    let ran = bench.run(&["build", "."]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let register = ["--outbreaks", "livestock_outbreaks.csv", "--disease", "Dịch tả heo châu Phi", "--species", "Heo"];
    let herds = ["--herds", "livestock_farms.csv", "--herds-column", "species=loai_vat_nuoi", "--release-days", "21"];
    let on = ["--to", "2024-04-11"];
    let ground = ["--communes", "communes.geojson"];
    let zones = ["--radius-km", "2,5", "--seed", "7"];
    let files =
        ["zones.csv", "communes.csv", "outbreaks.csv", "zones.geojson", "zones.kml", "maps/zones-dich-ta-heo-chau-phi.svg"];
    same(&bench, &[&["zones"], &register[..], &herds, &on, &ground, &zones].concat(), "outputs/vung", &files);
    let curve = [&["outbreaks", "curve"], &register[..], &on].concat();
    same(&bench, &curve, "danh-sach/duong", &["curve.csv", "charts/curve.svg"]);
    let rates = [&["outbreaks", "rates"], &register[..], &herds, &on, &ground].concat();
    same(&bench, &rates, "outputs/ty-le", &["rates.csv", "rates.geojson"]);
    let spread = [&["outbreaks", "spread"], &register[..], &herds, &on, &ground, &["--days", "7"]].concat();
    same(&bench, &spread, "outputs/lan", &["farms.csv", "communes.csv", "assumptions.txt", "maps/spread.svg"]);
    // Without the other parts the outputs are the same.
    let ran = bench.run(&["build", ".", "--only", "outputs", "--out", "alone"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for file in ["outputs/vung/zones.csv", "danh-sach/duong/curve.csv", "outputs/ty-le/rates.csv", "outputs/lan/farms.csv"] {
        assert_eq!(bench.read(&format!("out/{file}")), bench.read(&format!("alone/{file}")), "{file}");
    }
    assert!(!bench.path("alone/tables").exists() && !bench.path("alone/maps").exists());
}

#[test]
fn outputs_of_readings_are_those_of_the_commands() {
    let bench = sample(&["communes.geojson", "light_traps.csv", "sensors.csv", "livestock_outbreaks.csv"]);
    bench.write(
        "ruong.toml",
        "version = 1\nmaps = []\ncharts = []\n[communes]\nfile = \"communes.geojson\"\ncode = \"code\"\nname = \"name\"\n\
         [[tables]]\nid = \"cam-bien\"\nkind = \"readings\"\nfile = \"sensors.csv\"\n\
         [[tables]]\nid = \"bay\"\nkind = \"readings\"\nfile = \"light_traps.csv\"\nmoon = true\n\
         [[outputs]]\nid = \"bay\"\nkind = \"traps\"\nsince = 2024-03-01\n\
         [[outputs]]\nid = \"cam-bien\"\nkind = \"sensors\"\n",
    );
    let ran = bench.run(&["build", "."]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let traps = ["forecast", "traps", "--readings", "light_traps.csv", "--communes", "communes.geojson", "--moon"];
    let traps = [&traps[..], &["--since", "2024-03-01"]].concat();
    let charts = |folder: &str| -> Vec<String> {
        let list = std::fs::read_dir(bench.path(&format!("out/outputs/{folder}/charts"))).expect("charts");
        let names = list.map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned());
        names.filter(|name| name.ends_with(".svg")).map(|name| format!("charts/{name}")).collect()
    };
    for (folder, command, tables) in [
        ("bay", traps, &["peaks.csv", "windows.csv"][..]),
        ("cam-bien", vec!["sensors", "--readings", "sensors.csv"], &["latest.csv"]),
    ] {
        let charts = charts(folder);
        assert!(!charts.is_empty());
        let files: Vec<&str> = tables.iter().copied().chain(charts.iter().map(String::as_str)).collect();
        same(&bench, &command, &format!("outputs/{folder}"), &files);
    }
}

#[test]
fn a_worklist_of_a_project_is_that_of_the_command() {
    let bench = Bench::new();
    let sample = root().join("data/hong-ngu");
    for file in std::fs::read_dir(&sample).expect("the sample").map(|entry| entry.expect("a file").path()) {
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        bench.write(&name, std::fs::read(&file).expect("it reads"));
    }
    let own = "\n[[outputs]]\nid = \"phun\"\nkind = \"worklist\"\nseverity = 3\npre_harvest_days = 7\n";
    bench.write("ruong.toml", bench.read("ruong.toml") + own);
    let ran = bench.run(&["build", ".", "--out", "out", "--only", "outputs"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let files = ["worklist.csv", "worklist.geojson", "worklist.kml"];
    same(&bench, &["worklist", ".", "--severity", "3", "--pre-harvest-days", "7"], "outputs/phun", &files);
    assert!(ran.stderr.contains("thửa cần phun"), "{}", ran.stderr);
    // Of one pest only its hits are listed, and no field that another alone hits.
    let ran = bench.run(&["worklist", ".", "--severity", "1", "--pest", "Rầy nâu", "--out", "mot"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let jobs = common::rows(&bench.read("mot/worklist.csv"));
    let pests = |row: &std::collections::BTreeMap<String, String>| {
        row.values().find(|cell| cell.to_lowercase().contains("rầy nâu (")).is_some_and(|cell| !cell.contains(", "))
    };
    assert!(!jobs.is_empty() && jobs.iter().all(pests), "{:?}", jobs.first());
}

#[test]
fn an_output_that_cannot_be_made_is_listed_and_the_others_are_made() {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("o.csv", "onset,disease,lon,lat\n2024-03-01,X,105.05,10.05\n").write(
        "ruong.toml",
        format!(
            "maps = []\ncharts = []\n{COMMUNES_ONLY}[[tables]]\nid = \"o\"\nkind = \"outbreaks\"\nfile = \"o.csv\"\n\
             [[outputs]]\nid = \"a\"\nkind = \"curve\"\nregister = \"khac\"\n[[outputs]]\nid = \"b\"\nkind = \"curve\"\n"
        ),
    );
    let ran = bench.run(&["build", ".", "--lang", "en"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(bench.path("out/outputs/b/curve.csv").exists());
    let problems = rows(&bench.read("out/problems.csv"));
    let said = problems.iter().find(|row| row["file"] == "outputs/a").expect("it is listed");
    assert!(said["level"] == "error" && said["problem"].contains("no register of outbreaks \"khac\""), "{said:?}");
    // A check finds it without a file written.
    let checked = bench.run(&["check", ".", "--lang", "en"]);
    assert!(checked.stderr.contains("no register of outbreaks"), "{}", checked.stderr);
}

/// Two old units, of one and of three parts of one new unit.
fn former() -> Bench {
    let bench = Bench::new();
    let unit = |code: &str, name: &str, [west, east]: [f64; 2]| {
        feature(&format!("\"code\":\"{code}\",\"name\":\"{name}\""), &square(west, 0.0, east, 0.01))
    };
    let old = [unit("1", "Tân A", [105.0, 105.01]), unit("2", "Tân B", [105.01, 105.04])];
    bench.write("old.geojson", common::collection(&old));
    bench.write("new.geojson", common::collection(&[unit("9", "Tân", [105.0, 105.04])]));
    bench
}

#[test]
fn means_of_former_units_are_one_number_in_the_command_and_in_a_project() {
    let bench = former();
    // Means of two rows of one unit do not add up: the first counts, (4 + 3 · 6) / 4, and the other is listed.
    bench.write("t.csv", "code,ty_le\n1,4\n2,6\n2,10\n");
    let ran = bench.run(&[
        "crosswalk",
        "--from",
        "old.geojson",
        "--to",
        "new.geojson",
        "--table",
        "t.csv",
        "--value",
        "ty_le",
        "--kind",
        "intensive",
        "--out",
        "x",
    ]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!((number(&rows(&bench.read("x/values.csv"))[0], "ty_le") - 5.5).abs() < 1e-6);
    bench.write(
        "ruong.toml",
        "version = 1\nmaps = []\ncharts = []\n[communes]\nfile = \"new.geojson\"\n[[former]]\nid = \"cu\"\nfile = \"old.geojson\"\n\
         [[tables]]\nid = \"t\"\nkind = \"indicator\"\nfile = \"t.csv\"\nkey = { commune = \"code\" }\nunits = \"cu\"\n\
         intensive = [\"ty_le\"]\nduplicates = \"sum\"\n",
    );
    let ran = bench.run(&["build", "."]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!((number(&rows(&bench.read("out/tables/communes.csv"))[0], "t.ty_le") - 5.5).abs() < 1e-6);
    for problems in ["x/problems.csv", "out/problems.csv"] {
        let listed = rows(&bench.read(problems));
        let row = listed.iter().find(|row| row["problem"].contains("không cộng được")).expect("it is listed");
        assert_eq!((row["row"].as_str(), row["value"].as_str()), ("4", "2"), "{problems}");
    }
}

#[test]
fn decisions_on_names_count_in_every_command() {
    let bench = former();
    let decisions = "ten,tinh,ma,goi_y\nTân Cũ,,1,\n";
    bench.write("t.csv", "xa,ha\nTân Cũ,4\nTân B,6\n");
    let crosswalk = [
        "crosswalk",
        "--from",
        "old.geojson",
        "--to",
        "new.geojson",
        "--table",
        "t.csv",
        "--key",
        "xa",
        "--value",
        "ha",
        "--out",
        "x",
    ];
    assert_eq!(bench.run(&crosswalk).code, 1, "the name is not known");
    bench.write("aliases.csv", decisions);
    let ran = bench.run(&crosswalk);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!((number(&rows(&bench.read("x/values.csv"))[0], "ha") - 10.0).abs() < 1e-6);
    bench.write("o.csv", "onset,disease,xa\n2024-03-01,Lở mồm long móng,Tân Cũ\n");
    let ran = bench.run(&["outbreaks", "rates", "--outbreaks", "o.csv", "--communes", "old.geojson", "--out", "r"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(number(&rows(&bench.read("r/rates.csv"))[0], "outbreaks"), 1.0);
}

#[test]
fn a_project_says_that_places_move_by_the_common_seed() {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("o.csv", "onset,disease,lon,lat\n2024-03-01,X,105.05,10.05\n");
    let project = |seed: &str| {
        format!(
            "charts = []\n{COMMUNES_ONLY}[[tables]]\nid = \"o\"\nkind = \"outbreaks\"\nfile = \"o.csv\"\n\
             [[maps]]\nid = \"z\"\nkind = \"zones\"\nmeasure = \"o\"\nradius_km = [3]\n{seed}"
        )
    };
    for (seed, warned) in [("", true), ("seed = 99\n", false)] {
        bench.write("ruong.toml", project(seed));
        let ran = bench.run(&["build", "."]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert_eq!(bench.read("out/problems.csv").contains("con số chung có sẵn trong ruong"), warned, "{seed}");
    }
}

#[test]
fn zones_say_that_no_outbreak_ends_without_days_to_wait() {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("o.csv", "onset,disease,lon,lat\n2024-03-01,X,105.05,10.05\n");
    for (days, said) in [(None, true), (Some("21"), false)] {
        let key = days.map(|days| format!("release_days = {days}\n")).unwrap_or_default();
        bench.write(
            "ruong.toml",
            format!(
                "maps = []\ncharts = []\n{COMMUNES_ONLY}[[tables]]\nid = \"o\"\nkind = \"outbreaks\"\nfile = \"o.csv\"\n{key}\
                 [[outputs]]\nid = \"z\"\nkind = \"zones\"\nradius_km = [3]\n"
            ),
        );
        let mut command = vec!["zones", "--outbreaks", "o.csv", "--communes", "c.geojson", "--radius-km", "3", "--out", "z"];
        command.extend(days.iter().flat_map(|days| ["--release-days", days]));
        for arguments in [command, vec!["build", ".", "--out", "z"]] {
            let ran = bench.run(&arguments);
            assert_eq!(ran.code, 0, "{}", ran.stderr);
            assert_eq!(bench.read("z/problems.csv").contains("chưa đặt số ngày chờ"), said, "{arguments:?}");
        }
    }
}

#[test]
fn columns_of_readings_are_declared() {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("t.csv", "cho,con_gi,hom,bao_nhieu\nA,rầy,2024-03-01,5\nA,rầy,2024-03-02,9\n");
    let columns = "columns = { station = \"cho\", thing = \"con_gi\", date = \"hom\", value = \"bao_nhieu\" }";
    bench.write(
        "ruong.toml",
        format!(
            "maps = []\ncharts = []\n{COMMUNES_ONLY}[[tables]]\nid = \"t\"\nkind = \"readings\"\nfile = \"t.csv\"\n{columns}\n\
             [[outputs]]\nid = \"t\"\nkind = \"traps\"\n"
        ),
    );
    let ran = bench.run(&["build", "."]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let windows = rows(&bench.read("out/outputs/t/windows.csv"));
    assert_eq!((windows[0]["species"].as_str(), windows[0]["last_night"].as_str()), ("rầy", "2024-03-02"));
}

#[test]
fn a_commune_without_a_shape_gets_no_weather() {
    let bench = sample(&["weather.csv", "stations.csv", "communes.geojson"]);
    let communes = bench.read("communes.geojson");
    let mut layer: serde_json::Value = serde_json::from_str(&communes).expect("JSON");
    let code = layer["features"][3]["properties"]["code"].as_str().expect("a code").to_owned();
    layer["features"][3]["geometry"] = serde_json::Value::Null;
    let table = |id: &str, rest: &str| {
        format!("[[tables]]\nid = \"{id}\"\nkind = \"forecast\"\nfile = \"weather.csv\"\nstations = \"stations.csv\"\n{rest}\n")
    };
    bench.write("communes.geojson", layer.to_string()).write(
        "ruong.toml",
        format!(
            "version = 1\nmaps = []\ncharts = []\n[communes]\nfile = \"communes.geojson\"\ncode = \"code\"\nname = \"name\"\n{}{}",
            table("a", "model = \"leaf-blast\"\nemergence = 2024-03-01"),
            table("b", "model = \"insects\"\nspecies = \"brown-planthopper\"\nstart = 2024-03-01"),
        ),
    );
    let ran = bench.run(&["build", "."]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let communes = rows(&bench.read("out/tables/communes.csv"));
    for commune in &communes {
        assert_eq!(commune["a.leaf_blast_favourability"].is_empty(), commune["code"] == code, "{commune:?}");
    }
    let problems = rows(&bench.read("out/problems.csv"));
    let said = problems.iter().filter(|row| row["problem"].contains("thời tiết") && row["value"] == code).count();
    assert_eq!(said, 2, "{problems:?}");
}
