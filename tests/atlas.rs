//! One page per value, and pictures that are left alone when they would be the same.

mod common;

use common::{Bench, root, two_communes};

/// A copy of the sample with maps of its own.
fn sample(maps: &str) -> Bench {
    let bench = Bench::new();
    let folder = root().join("data/hong-ngu");
    for file in std::fs::read_dir(&folder).expect("the sample").flatten() {
        std::fs::copy(file.path(), bench.path(&file.file_name().to_string_lossy())).expect("a copy");
    }
    let project = std::fs::read_to_string(folder.join("gallery.toml")).expect("the gallery");
    let head = &project[..project.find("[[maps]]").expect("maps")];
    bench.write("ruong.toml", format!("{head}\n{maps}"));
    bench
}

fn build(bench: &Bench) -> common::Ran {
    bench.run(&["build", ".", "--out", "o", "--only", "maps,charts", "--format", "svg,png", "--dpi", "30", "--lang", "en"])
}

fn pictures(bench: &Bench) -> Vec<String> {
    let list = std::fs::read_dir(bench.path("o/maps")).expect("maps").flatten();
    let mut names: Vec<String> = list.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name.ends_with(".svg"));
    names.sort();
    names
}

#[test]
fn every_commune_pest_week_and_enterprise_has_its_page() {
    let bench = sample(
        "[[maps]]\nid = \"xa-{name}\"\nkind = \"fields\"\nfor_each = \"commune\"\ntitle = \"Thửa của {name} ({code})\"\n\
         [[maps]]\nid = \"sau\"\nmeasure = \"infested_ha\"\nfor_each = \"pest\"\n\
         [[maps]]\nid = \"tuan\"\nmeasure = \"infested_ha\"\nfor_each = \"week\"\ntitle = \"Từ {from} đến {to}\"\n\
         [[maps]]\nid = \"dn-{enterprise}\"\nmeasure = \"linked_ha\"\nfor_each = \"enterprise\"\n[[charts]]\nid = \"c\"\nmeasure = \"linked_ha\"\n",
    );
    let ran = build(&bench);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let names = pictures(&bench);
    // Ten communes, six pests, eight weeks, five enterprises.
    assert_eq!(names.len(), 10 + 6 + 8 + 5, "{names:?}");
    for name in ["xa-thuong-phuoc-1.svg", "xa-long-khanh-b.svg", "sau-ray-nau.svg", "tuan-2024-04-05.svg"] {
        assert!(names.iter().any(|found| found == name), "{name} of {names:?}");
    }
    assert!(bench.read("o/maps/xa-long-khanh-b.svg").contains("Thửa của Long Khánh B (29983)"));
    assert!(bench.read("o/maps/tuan-2024-04-05.svg").contains("Từ 05/04/2024 đến 11/04/2024"));
    // Contracts of the enterprises add up to the 3,000 ha of all.
    let record: serde_json::Value = serde_json::from_str(&bench.read("o/run.json")).expect("the record");
    // One measure has one scale, whatever pest a page is of.
    let scales = record["scales"].as_array().expect("scales");
    let of: Vec<&str> = scales.iter().filter_map(|scale| scale["of"].as_str()).collect();
    assert!(
        of.contains(&"measure infested_share_pct") && !of.iter().any(|of| of.contains(':') || of.starts_with("pool")),
        "{of:?}"
    );
}

#[test]
fn a_picture_that_would_be_the_same_is_left_alone_and_a_lost_one_comes_back() {
    let bench = sample(
        "[[maps]]\nid = \"sau\"\nmeasure = \"infested_ha\"\nfor_each = \"pest\"\n[[charts]]\nid = \"c\"\nmeasure = \"linked_ha\"\n",
    );
    assert_eq!(build(&bench).code, 0);
    let written = |name: &str| std::fs::metadata(bench.path(name)).and_then(|file| file.modified()).expect(name);
    let (first, other) = (written("o/maps/sau-bac-la.png"), std::fs::read(bench.path("o/maps/sau-ray-nau.png")).expect("a map"));
    std::fs::remove_file(bench.path("o/maps/sau-ray-nau.png")).expect("it goes");
    let ran = build(&bench);
    assert!(ran.stderr.contains("13 pictures unchanged"), "{}", ran.stderr);
    assert_eq!(written("o/maps/sau-bac-la.png"), first);
    assert_eq!(std::fs::read(bench.path("o/maps/sau-ray-nau.png")).expect("it is back"), other);
    // One pest's rows change: its page is drawn again, the others share its scale and stay unless that moves.
    let table = bench.read("linked_production.csv").replacen("6.08", "5.08", 1);
    bench.write("linked_production.csv", table);
    let ran = build(&bench);
    assert!(ran.stderr.contains("12 pictures unchanged"), "{}", ran.stderr);
    let ran = bench.run(&["build", ".", "--out", "o", "--only", "maps,charts", "--format", "svg,png", "--dpi", "30", "--force"]);
    assert!(!ran.stderr.contains("không đổi"), "{}", ran.stderr);
}

#[test]
fn a_map_of_the_country_without_its_islands_is_an_error_and_is_still_drawn() {
    let bench = Bench::new();
    let ring = "[[102.2,8.5],[109.4,8.5],[109.4,23.3],[102.2,23.3],[102.2,8.5]]";
    let country = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"Feature\",\"properties\":{{\"code\":\"1\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[{ring}]}}}}]}}"
    );
    let islands = |x: f64, y: f64| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[{x},{y}],[{0},{y}],[{0},{1}],[{x},{y}]]]}}}}",
            x + 0.1,
            y + 0.1
        )
    };
    let base = "version = 1\n[communes]\nfile = \"c.geojson\"\n[[maps]]\nid = \"m\"\nmeasure = \"area_ha\"\n";
    bench.write("c.geojson", &country).write("ruong.toml", base);
    let ran = bench.run(&["build", ".", "--format", "svg", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let problems = bench.read("out/problems.csv");
    assert!(problems.contains("Hoàng Sa") && problems.contains("Trường Sa") && problems.contains("error"), "{problems}");
    bench
        .write("i.geojson", format!("{{\"type\":\"FeatureCollection\",\"features\":[{},{}]}}", islands(111.6, 16.5), islands(114.3, 10.3)))
        .write(
            "ruong.toml",
            format!("{base}[[layers]]\nid = \"i\"\nkind = \"islands\"\nfile = \"i.geojson\"\n[[insets]]\ntitle = \"Hoàng Sa\"\nextent = [111, 15.5, 113, 17.3]\n"),
        );
    assert_eq!(bench.run(&["build", ".", "--format", "svg", "--quiet"]).code, 0);
    assert!(!bench.read("out/problems.csv").contains("Trường Sa"));
    assert!(bench.read("out/maps/m.svg").contains("Hoàng Sa"));
}

#[test]
fn wrong_settings_of_a_picture_are_one_clear_error() {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes());
    let head = "version = 1\n[communes]\nfile = \"c.geojson\"\n";
    for (rest, words) in [
        ("[[maps]]\nid = \"m\"\nmeasure = \"area_ha\"\nscale = \"mien\"\n", "there is no scale \"mien\""),
        ("[scales.area]\npalette = \"rsik\"\n[[maps]]\nid = \"m\"\nmeasure = \"area_ha\"\n", "did you mean \"risk\"?"),
        (
            "[scales.area]\nbreaks = [1, 2]\nlabels = [\"a\"]\n[[maps]]\nid = \"m\"\nmeasure = \"area_ha\"\n",
            "has 3 classes but 1 labels",
        ),
        (
            "[scales.area]\nbreaks = [1]\ncolours = [\"red\", \"#ffffff\"]\n[[maps]]\nid = \"m\"\nmeasure = \"area_ha\"\n",
            "not a colour like #rrggbb",
        ),
        ("[scales.area]\nbreaks = [2, 1]\n", "breaks must ascend"),
        ("[scales.area]\nscheme = \"natural\"\n", "fisher-jenks"),
        ("[[maps]]\nid = \"m\"\nkind = \"choroplet\"\n", "choropleth"),
        ("[[maps]]\nid = \"m\"\nkind = \"bivariate\"\nmeasure = \"area_ha\"\n", "second measure"),
        ("[[maps]]\nid = \"m\"\nkind = \"change\"\nmeasure = \"area_ha\"\n", "no data of the previous period"),
        ("[[maps]]\nid = \"m\"\nmeasure = \"area_ha\"\npoints = [\"bay\"]\n", "no table of points \"bay\""),
        ("[page]\nsize = \"a4\"\nwidth = 100\n", "both width and height"),
        ("[[charts]]\nid = \"c\"\nkind = \"scatter\"\nmeasure = \"area_ha\"\n", "second measure"),
        ("[[charts]]\nid = \"c\"\nkind = \"grouped\"\n", "measures = "),
    ] {
        bench.write("ruong.toml", format!("{head}{rest}"));
        let ran = bench.run(&["build", ".", "--format", "svg", "--lang", "en", "--quiet"]);
        let problems = if ran.code == 1 { bench.read("out/problems.csv").replace("\"\"", "\"") } else { String::new() };
        assert!(ran.code != 0, "{rest}");
        let said = ran.stderr.contains(words) || problems.contains(words);
        assert!(said, "{rest}\n{}\n{problems}", ran.stderr);
    }
}

#[test]
fn several_keys_make_a_page_for_each_of_one_with_each_of_the_other() {
    let bench = sample(
        "[[maps]]\nid = \"sau\"\nmeasure = \"infested_ha\"\nfor_each = [\"pest\", \"week\"]\ntitle = \"{pest}, {from} đến {to}\"\n\
         [[charts]]\nid = \"c\"\nmeasure = \"linked_ha\"\n",
    );
    let ran = build(&bench);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let names = pictures(&bench);
    // Six pests in eight weeks.
    assert_eq!(names.len(), 6 * 8, "{names:?}");
    // The page of one pest in one week says what the page of that pest alone says of the reporting period.
    let one = bench.read("o/maps/sau-ray-nau-2024-04-05.svg");
    assert!(one.contains("rầy nâu, 05/04/2024 đến 11/04/2024"));
    let alone = sample(
        "[[maps]]\nid = \"sau\"\nmeasure = \"infested_ha\"\nfor_each = \"pest\"\n[[charts]]\nid = \"c\"\nmeasure = \"linked_ha\"\n",
    );
    assert_eq!(build(&alone).code, 0);
    let numbers = |svg: &str| -> Vec<String> {
        let labels = svg.split("<g id=\"labels\">").nth(1).and_then(|rest| rest.split("</g>").next()).unwrap_or_default();
        let mut found: Vec<String> = labels
            .split("<text ")
            .filter_map(|text| text.split('>').nth(1)?.split('<').next())
            .filter(|text| text.chars().all(|letter| letter.is_ascii_digit() || "., %".contains(letter)))
            .map(str::to_owned)
            .collect();
        found.sort();
        found
    };
    let (together, apart) = (numbers(&one), numbers(&alone.read("o/maps/sau-ray-nau.svg")));
    assert!(together.len() > 3 && together == apart, "{together:?} {apart:?}");
    // And in the week before what that pest's page says of the period before.
    let of_week = numbers(&bench.read("o/maps/sau-ray-nau-2024-03-29.svg"));
    let ran = alone.run(&["build", ".", "--out", "e", "--only", "maps", "--format", "svg", "--period", "previous", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let before = numbers(&alone.read("e/maps/sau-ray-nau.svg"));
    let sign = |numbers: &[String]| numbers.iter().map(|number| number.replace(',', ".")).collect::<Vec<_>>();
    assert!(of_week != together && sign(&of_week) == sign(&before), "{of_week:?} {before:?}");
    bench.write("ruong.toml", bench.read("ruong.toml").replace("\"pest\", \"week\"", "\"pests\", \"week\""));
    let ran = build(&bench);
    assert!(ran.code == 2 && ran.stderr.contains("did you mean \"pest\"?"), "{}", ran.stderr);
}
