//! Animal disease: registers, zones, curves, rates and spread. Expected numbers are by pyproj 3 with shapely 2 (zones), by plain Python
//! (kernel, SEIR) and by hand.

mod common;

use common::{Bench, collection, feature, number, root, rows, square, two_communes};
use std::collections::BTreeMap;
use std::fmt::Write;

fn reference(name: &str) -> String {
    let path = root().join("tests/reference/livestock").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn near(found: f64, expected: f64, relative: f64, what: &str) {
    assert!((found - expected).abs() <= relative * expected.abs(), "{what}: {found} for {expected}");
}

const HEAD: &str = "onset,reported,disease,species,holding,lon,lat,herd,sick,dead,destroyed\n";

/// Two communes; two outbreaks of African swine fever in the western one, near the border.
fn bench() -> Bench {
    let bench = Bench::new();
    bench
        .write("c.geojson", two_communes())
        .write(
            "o.csv",
            format!(
                "{HEAD}2024-03-01,2024-03-03,Dịch tả heo châu Phi,Heo,Hộ Sáu,105.095,10.05,40,10,4,36\n\
                 2024-03-20,2024-03-21,ASF,Heo,Hộ Bảy,105.08,10.06,60,20,6,54\n"
            ),
        )
        .write(
            "h.csv",
            "holding,lon,lat,head,vaccinated\nA,105.095,10.0595,100,50\nB,105.12,10.05,200,20\nC,105.19,10.01,300,300\nD,105.02,10.09,400,0\n",
        );
    bench
}

/// Rows of a table.
type Rows = Vec<BTreeMap<String, String>>;

fn zones(bench: &Bench, more: &[&str]) -> (Rows, Rows) {
    let mut arguments = vec!["zones", "--outbreaks", "o.csv", "--communes", "c.geojson", "--out", "z", "--lang", "en", "--quiet"];
    arguments.extend(more);
    let ran = bench.run(&arguments);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    (rows(&bench.read("z/zones.csv")), rows(&bench.read("z/communes.csv")))
}

#[test]
fn zones_hold_the_shares_herds_and_animals_of_true_places() {
    let bench = bench();
    let (zones, communes) = zones(&bench, &["--herds", "h.csv", "--exact"]);
    // Radii of the order for this disease; areas of the union and shares of each commune by pyproj and shapely.
    let expected = [
        (1.0, 627.989_213_9, [4.740_270_24, 0.438_960_62], (0.0, 0.0)),
        (3.0, 3_994.473_83, [23.963_147_19, 8.980_574_88], (2.0, 300.0)),
        (10.0, 35_372.846_4, [99.103_928_24, 81.331_124_45], (3.0, 700.0)),
    ];
    assert_eq!(zones.len(), 3);
    for ((zone, (radius, area, shares, held)), name) in zones.iter().zip(expected).zip(["Infected", "Threatened", "Buffer"]) {
        assert_eq!(number(zone, "radius_km"), radius);
        assert!(zone["zone"].starts_with(name) && zone["verified"] == "verified", "{zone:?}");
        near(number(zone, "area_ha"), area, 3e-5, "area");
        assert_eq!((number(zone, "herds"), number(zone, "head")), held, "herds within {radius} km");
        for (code, share) in ["00412", "00413"].iter().zip(shares) {
            let part = communes.iter().find(|part| part["code"] == *code && number(part, "radius_km") == radius).expect("a part");
            near(number(part, "share_pct"), share, 1e-4, code);
            assert_eq!(part["inside"], "part");
        }
    }
    let ring = communes.iter().find(|part| part["code"] == "00412" && number(part, "radius_km") == 3.0).expect("a part");
    near(number(ring, "ring_share_pct"), 23.963_147_19 - 4.740_270_24, 2e-4, "ring");
    assert_eq!(number(&zones[0], "outbreaks"), 2.0);
    for file in [
        "z/zones.geojson",
        "z/zones.kml",
        "z/zones.xlsx",
        "z/maps/zones-dich-ta-heo-chau-phi.png",
        "z/maps/zones-dich-ta-heo-chau-phi.pdf",
        "z/problems.csv",
    ] {
        assert!(bench.path(file).exists(), "{file}");
    }
}

#[test]
fn herds_of_a_commune_count_by_its_share() {
    let bench = bench();
    bench.write("h.csv", "xa,tong_dan\n00412,1000\nXã Mỹ Thọ,500\n");
    let (zones, communes) = zones(&bench, &["--herds", "h.csv", "--radius-km", "3", "--exact"]);
    near(number(&zones[0], "head"), 10.0 * 23.963_147_19 + 5.0 * 8.980_574_88, 1e-4, "head");
    assert_eq!(zones[0]["herds"], "", "nobody counted herds");
    assert!(communes.iter().all(|part| part["basis"] == "estimated by share of area"));
}

/// Centre and radius of each polygon of a file of zones.
fn centres(text: &str) -> Vec<[f64; 2]> {
    let found: serde_json::Value = serde_json::from_str(text).expect("GeoJSON");
    let ring = |feature: &serde_json::Value| -> [f64; 2] {
        let ring = feature["geometry"]["coordinates"][0].as_array().expect("a polygon").clone();
        let points = &ring[1..];
        let mean = |axis: usize| points.iter().map(|p| p[axis].as_f64().expect("a number")).sum::<f64>() / points.len() as f64;
        [mean(0), mean(1)]
    };
    found["features"].as_array().expect("features").iter().map(ring).collect()
}

/// Of twenty households none is moved by less than 100 m or by more than 300 m, and they are spread between the two.
#[test]
fn places_are_moved_as_far_as_is_said() {
    let bench = bench();
    let at = |i: usize| [105.02 + 0.003 * i as f64, 10.05];
    let row = |i: usize| format!("2024-03-01,,ASF,Heo,Hộ {i},{},{},40,10,4,36\n", at(i)[0], at(i)[1]);
    bench.write("o.csv", format!("{HEAD}{}", (0..20).map(row).collect::<String>()));
    zones(&bench, &["--radius-km", "1"]);
    let listed = rows(&bench.read("z/outbreaks.csv"));
    let metres = |row: &std::collections::BTreeMap<String, String>| {
        let [x, y] = ["lon", "lat"].map(|column| number(row, column));
        let nearest = |i: usize| ((x - at(i)[0]) * 109_639.0).hypot((y - at(i)[1]) * 110_600.0);
        (0..20).map(nearest).fold(f64::INFINITY, f64::min)
    };
    let moved: Vec<f64> = listed.iter().map(metres).collect();
    assert!(moved.len() == 20 && moved.iter().all(|metres| *metres < 302.0), "{moved:?}");
    assert!(moved.iter().any(|metres| *metres < 200.0), "{moved:?}");
}

#[test]
fn places_of_households_are_moved_unless_exact_ones_are_asked_for() {
    let bench = bench();
    bench.write("o.csv", format!("{HEAD}2024-03-01,,ASF,Heo,Hộ Sáu,105.095,10.05,40,10,4,36\n"));
    let metres = |[x, y]: [f64; 2]| ((x - 105.095) * 109_639.0).hypot((y - 10.05) * 110_600.0);
    zones(&bench, &["--radius-km", "1,3"]);
    let texts = ["z/zones.geojson", "z/zones.kml", "z/outbreaks.csv", "z/zones.csv", "z/maps/zones-dich-ta-heo-chau-phi.svg"]
        .map(|name| bench.read(name));
    assert!(texts.iter().all(|text| !text.contains("Hộ Sáu") && !text.contains("105.095,10.05")));
    let moved = centres(&texts[0]);
    assert_eq!(moved.len(), 2);
    assert!(moved.iter().all(|&at| (95.0..305.0).contains(&metres(at))), "{moved:?}");
    let shown = &rows(&texts[2])[0];
    assert!((95.0..305.0).contains(&metres([number(shown, "lon"), number(shown, "lat")])));
    // Lists of problems name the row, not the place.
    bench.write("o.csv", format!("{HEAD}2024-03-01,,ASF,Heo,Hộ Sáu,105.212345,10.051234,40,10,4,36\n"));
    zones(&bench, &["--radius-km", "3"]);
    let problems = bench.read("z/problems.csv");
    assert!(problems.contains("105.21…, 10.05…") && !problems.contains("105.2123"), "{problems}");
    bench.write("o.csv", format!("{HEAD}2024-03-01,,ASF,Heo,Hộ Sáu,105.095,10.05,40,10,4,36\n"));
    // The same again, elsewhere with another seed.
    zones(&bench, &["--radius-km", "1,3"]);
    assert_eq!(bench.read("z/zones.geojson"), texts[0]);
    zones(&bench, &["--radius-km", "1,3", "--seed", "7"]);
    assert_ne!(bench.read("z/zones.geojson"), texts[0]);

    let ran = bench.run(&[
        "zones",
        "--outbreaks",
        "o.csv",
        "--communes",
        "c.geojson",
        "--radius-km",
        "1,3",
        "--exact",
        "--out",
        "z",
        "--lang",
        "en",
    ]);
    assert!(ran.stderr.contains("personal data"), "{}", ran.stderr);
    assert!(centres(&bench.read("z/zones.geojson")).iter().all(|&at| metres(at) < 5.0));
    assert!(bench.read("z/outbreaks.csv").contains("Hộ Sáu"));
}

#[test]
fn an_outbreak_is_over_when_its_days_have_passed() {
    let bench = bench();
    let last = |zones: &[BTreeMap<String, String>]| {
        let zone = &zones[0];
        (
            zone["outbreaks"].clone(),
            zone["days_since_last_case"].clone(),
            zone["release_date"].clone(),
            zone["release_state"].clone(),
        )
    };
    let word = str::to_owned;
    // Without days of one's own those of the disease count: 21 for African swine fever, by its order.
    let (all, _) = zones(&bench, &["--to", "2024-03-21"]);
    assert_eq!(last(&all), (word("2"), word("1"), word("2024-04-10"), word("20 days left")));
    assert!(all[0]["release_source"].contains("TT 07/2016/TT-BNNPTNT"), "{:?}", all[0]);
    let (newest, parts) = zones(&bench, &["--to", "2024-03-25", "--release-days", "21"]);
    assert_eq!(last(&newest), (word("1"), word("5"), word("2024-04-10"), word("16 days left")));
    assert_eq!(parts[0]["last_case"], "2024-03-20");
    let (first, _) = zones(&bench, &["--to", "2024-03-10", "--release-days", "21"]);
    assert_eq!(last(&first).0, "1");
    let (from, _) = zones(&bench, &["--from", "2024-03-15"]);
    assert_eq!(last(&from).0, "1");
    let none = bench.run(&[
        "zones",
        "--outbreaks",
        "o.csv",
        "--communes",
        "c.geojson",
        "--to",
        "2024-06-01",
        "--release-days",
        "21",
        "--out",
        "n",
    ]);
    assert_eq!(none.code, 2);
    assert!(none.stderr.contains("01/06/2024"), "{}", none.stderr);
}

#[test]
fn every_odd_row_is_listed_and_none_vanishes() {
    let bench = bench();
    bench.write(
        "o.csv",
        format!(
            "{HEAD}2024-03-01,2024-03-03,ASF,Heo,A,105.03,10.05,40,10,4,36\n\
             2024-03-01,2024-03-03,ASF,Heo,A,105.03,10.05,40,10,4,36\n\
             2024-03-02,2024-03-01,ASF,Heo,B,105.04,10.05,40,50,4,36\n\
             2024-03-02,,ASF,Heo,C,10.05,105.05,40,5,9,36\n\
             2024-03-02,,ASF,Heo,D,105.35,10.05,40,5,4,36\n\
             2124-03-02,,ASF,Heo,E,105.05,10.05,40,5,4,36\n\
             2024-03-02,,Dịch tả heo châu Phy,Heo,F,105.05,10.05,0,5,4,36\n\
             2024-03-02,,ASF,Heo,G,2.35,48.85,40,5,4,36\n\
             2024-03-02,,ASF,Heo,H,,,40,5,4,36\n\
             30/02/2024,,ASF,Heo,I,105.05,10.05,40,5,4,36\n\
             2024-03-01,2024-03-03,ASF,Heo,A,105.03,10.05,40,12,4,36\n"
        ),
    );
    let (zones, _) = zones(&bench, &["--radius-km", "1"]);
    // Zones stand around rows 2 (3 is the same), 4, 6 and 12; 5, 9 and 10 have no place.
    let asf = zones.iter().find(|zone| zone["disease"] == "African swine fever").expect("a zone");
    assert_eq!(number(asf, "outbreaks"), 4.0);
    let problems = rows(&bench.read("z/problems.csv"));
    let told = |row: &str, words: &str| {
        assert!(
            problems.iter().any(|problem| problem["row"] == row && problem["problem"].contains(words)),
            "row {row}: {words}: {problems:?}"
        );
    };
    told("3", "every column equals row 2; counted once");
    told("4", "reported before it began");
    told("4", "more sick than animals");
    told("5", "swapped");
    told("5", "more dead than sick");
    told("6", "lies in no commune");
    told("7", "has not come yet");
    told("8", "disease is not known");
    told("9", "more than 100 km");
    told("10", "neither a position nor a known commune");
    told("11", "cannot read this day");
    told("12", "entered twice");
    for (radius, words) in [("0", "above 0"), ("-3", "above 0"), ("1e9", "at most 500 km"), ("nan", "at most 500 km")] {
        let radius = format!("--radius-km={radius}");
        let ran = bench.run(&["zones", "--outbreaks", "o.csv", "--communes", "c.geojson", &radius, "--out", "n", "--lang", "en"]);
        assert!(ran.code == 2 && ran.stderr.contains(words) && !bench.path("n").exists(), "{radius}: {}", ran.stderr);
    }
    // No text was read that states radii for this disease, so none is made up.
    bench.write("o.csv", format!("{HEAD}2024-03-01,,Cúm gia cầm,Gà,A,105.03,10.05,40,10,4,36\n"));
    let ran = bench.run(&["zones", "--outbreaks", "o.csv", "--communes", "c.geojson", "--out", "n", "--lang", "en"]);
    assert!(ran.code == 2 && ran.stderr.contains("no radii are set for Avian influenza"), "{}", ran.stderr);
}

#[test]
fn the_curve_counts_weeks_of_onset_and_marks_those_still_to_be_reported() {
    let bench = Bench::new();
    let mut text = String::from("ngay_khoi_phat,ngay_bao_cao,benh\n");
    // Two a day from Monday 1 January, one reported after 1 day, the other after 9; the register ends on 31 March.
    for day in 0..91u32 {
        for delay in [1, 9] {
            if day + delay <= 90 {
                let date = |day: u32| {
                    chrono::NaiveDate::from_ymd_opt(2024, 1, 1)
                        .and_then(|first| first.checked_add_days(chrono::Days::new(day.into())))
                        .expect("a day")
                };
                let _ = writeln!(text, "{},{},ASF", date(day), date(day + delay));
            }
        }
    }
    bench.write("o.csv", text);
    let ran = bench.run(&["outbreaks", "curve", "--outbreaks", "o.csv", "--out", "c", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let weeks = rows(&bench.read("c/curve.csv"));
    assert_eq!(weeks.len(), 13);
    assert!(weeks[..11].iter().all(|week| number(week, "outbreaks") == 14.0 && number(week, "share_reported") > 0.999));
    // Of the last week only the quick ones are known, save those of its last day, whose report is due tomorrow.
    assert_eq!(number(&weeks[12], "outbreaks"), 6.0);
    near(number(&weeks[12], "share_reported"), 6.0 * 0.5 / 7.0, 1e-5, "share");
    near(number(&weeks[12], "expected"), 14.0, 1e-5, "expected");
    let earlier = bench.run(&["outbreaks", "curve", "--outbreaks", "o.csv", "--to", "2024-02-04", "--out", "e", "--quiet"]);
    assert_eq!(earlier.code, 0, "{}", earlier.stderr);
    let weeks = rows(&bench.read("e/curve.csv"));
    assert_eq!((weeks.len(), number(&weeks[4], "outbreaks")), (5, 6.0), "what came later was not known");
}

#[test]
fn rates_are_over_animals_at_risk_and_smoothed() {
    let bench = Bench::new();
    // Five communes in a row: the chain of the worked example of Marshall's estimator.
    let (events, people) = ([0, 2, 12, 9, 1], [40, 400, 90, 600, 120]);
    let mut features = Vec::new();
    let (mut outbreaks, mut herds) =
        (String::from("onset,disease,commune,sick,dead\n"), String::from("commune,head,vaccinated\n"));
    for i in 0..5 {
        let west = 105.0 + 0.1 * i as f64;
        features.push(feature(&format!("\"code\":\"{i}\",\"name\":\"X{i}\""), &square(west, 10.0, west + 0.1, 10.1)));
        if events[i] > 0 {
            let _ = writeln!(outbreaks, "2024-03-0{},ASF,X{i},{},{}", i + 1, events[i], events[i] / 2);
        }
        let _ = writeln!(herds, "{i},{},{}", people[i], people[i] / 10);
    }
    bench.write("c.geojson", collection(&features)).write("o.csv", outbreaks).write("h.csv", herds);
    let run = |more: &[&str]| {
        let mut arguments = vec![
            "outbreaks",
            "rates",
            "--outbreaks",
            "o.csv",
            "--communes",
            "c.geojson",
            "--herds",
            "h.csv",
            "--out",
            "r",
            "--quiet",
        ];
        arguments.extend(more);
        let ran = bench.run(&arguments);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        rows(&bench.read("r/rates.csv"))
    };
    let found = run(&["--complete"]);
    let expected = [
        (0.006_412_35, 0.004_545_45),
        (0.005_678_06, 0.005_626_73),
        (0.112_532_65, 0.113_579_22),
        (0.015_135_86, 0.015_404_99),
        (0.009_889_57, 0.013_888_89),
    ];
    for (i, (row, (global, spatial))) in found.iter().zip(expected).enumerate() {
        near(number(row, "attack_pct"), 100.0 * f64::from(events[i]) / f64::from(people[i]), 1e-6, "attack");
        near(number(row, "attack_eb_pct"), 100.0 * global, 2e-6, "global");
        near(number(row, "attack_eb_spatial_pct"), 100.0 * spatial, 2e-6, "spatial");
        assert_eq!(number(row, "coverage_pct"), 10.0);
    }
    assert_eq!((found[0]["sick"].as_str(), found[0]["fatality_pct"].as_str()), ("0", ""));
    assert_eq!(number(&found[2], "fatality_pct"), 50.0);
    assert_eq!(number(&found[4], "fatality_pct"), 0.0);
    assert_eq!(number(&found[1], "days_since_last"), 3.0);
    // Without the word of the office that the register is complete, nothing is known of a commune without a row.
    assert_eq!(run(&[])[0]["attack_pct"], "");
}

#[test]
fn risk_between_farms_is_that_of_the_kernel() {
    let bench = Bench::new();
    let farms = rows(&reference("farms_kernel.csv"));
    let (mut herds, mut outbreaks) = (String::from("holding,x_km,y_km,head\n"), String::from("date,holding,x_km,y_km,disease\n"));
    for farm in &farms {
        let (id, x, y, heads) = (&farm["id"], &farm["x_km"], &farm["y_km"], &farm["heads"]);
        let _ = writeln!(herds, "T{id},{x},{y},{heads}");
        if farm["state"] == "I" {
            let _ = writeln!(outbreaks, "2024-04-01,T{id},{x},{y},ASF");
        }
    }
    bench.write("h.csv", herds).write("o.csv", outbreaks);
    let ran = bench.run(&[
        "outbreaks",
        "spread",
        "--outbreaks",
        "o.csv",
        "--herds",
        "h.csv",
        "--column",
        "lon=x_km",
        "--column",
        "lat=y_km",
        "--herds-column",
        "lon=x_km",
        "--herds-column",
        "lat=y_km",
        "--distance",
        "planar",
        "--out",
        "s",
        "--lang",
        "en",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&bench.read("s/farms.csv"));
    assert_eq!(found.len(), farms.len());
    for (row, farm) in found.iter().zip(&farms) {
        for (key, column) in
            [("force_per_day", "force_of_infection_per_day"), ("r", "R_i_T7.5d"), ("p_infection", "p_infection_1day")]
        {
            near(number(row, key), number(farm, column), 1e-9, &format!("{} {key}", farm["id"]));
        }
        assert_eq!(row["infected"] == "1", farm["state"] == "I");
        assert!(!row.contains_key("holding"), "names of farms are personal data");
    }
    assert!(ran.stderr.contains("not a prediction") && bench.read("s/assumptions.txt").contains("not a prediction"));
}

#[test]
fn a_herd_runs_through_its_infection() {
    let bench = Bench::new();
    for (case, latent, infectious, r) in [("hpai_like", "0.24", "2.1", "1.6"), ("fmd_like", "3", "7", "3.5")] {
        let ran = bench.run(&[
            "outbreaks",
            "herd",
            "--animals",
            "1000",
            "--latent-days",
            latent,
            "--infectious-days",
            infectious,
            "--r",
            r,
            "--out",
            case,
        ]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let found = rows(&bench.read(&format!("{case}/herd.csv")));
        for expected in rows(&reference("seir.csv")).iter().filter(|row| row["case"] == case) {
            let row = &found[number(expected, "day") as usize];
            for (key, column) in [("susceptible", "S"), ("exposed", "E"), ("infectious", "I"), ("removed", "R")] {
                let apart = (number(row, key) - number(expected, column)).abs();
                assert!(apart < 1e-6, "{case} day {} {column}: apart {apart}", expected["day"]);
            }
        }
    }
    let wrong =
        bench.run(&["outbreaks", "herd", "--animals", "10", "--infected", "20", "--r", "2", "--out", "w", "--lang", "en"]);
    assert!(wrong.code == 2 && wrong.stderr.contains("more than the herd"), "{}", wrong.stderr);
}

#[test]
fn a_project_draws_its_registers() {
    let bench = bench();
    bench.write(
        "ruong.toml",
        format!(
            "{}[[tables]]\nid = \"dan\"\nkind = \"herds\"\nfile = \"h.csv\"\nkey = {{ lon = \"lon\", lat = \"lat\" }}\n\
             [[tables]]\nid = \"dich\"\nkind = \"outbreaks\"\nfile = \"o.csv\"\nkey = {{ lon = \"lon\", lat = \"lat\" }}\nherds = \"dan\"\ncomplete = true\n\
             [[maps]]\nid = \"vung\"\nkind = \"zones\"\nmeasure = \"dich\"\n[[maps]]\nid = \"phim\"\nkind = \"animation\"\nmeasure = \"dich\"\n\
             [[maps]]\nid = \"lan\"\nkind = \"spread\"\nmeasure = \"dich\"\n[[maps]]\nid = \"mac\"\nmeasure = \"dich.attack_eb_pct\"\n\
             [[charts]]\nid = \"cong\"\nkind = \"epidemic-curve\"\nmeasure = \"dich\"\n\
             [[analyses]]\nid = \"lam-tron\"\nkind = \"smooth\"\nmeasure = \"dich.sick\"\npopulation = \"dan.head\"\n",
            common::COMMUNES_ONLY
        ),
    );
    let ran = bench.run(&["build", ".", "--format", "svg"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for file in ["maps/vung.svg", "maps/phim.gif", "maps/lan.svg", "maps/mac.svg", "charts/cong.svg", "tables/lam-tron.csv"] {
        assert!(bench.path(&format!("out/{file}")).exists(), "{file}");
    }
    let communes = rows(&bench.read("out/tables/communes.csv"));
    assert!(!ran.stderr.contains("gộp"));
    assert_eq!((number(&communes[0], "dich.outbreaks"), number(&communes[1], "dich.outbreaks")), (2.0, 0.0));
    near(number(&communes[0], "dich.attack_pct"), 100.0 * 30.0 / 500.0, 1e-9, "attack");
    near(number(&communes[1], "dan.coverage_pct"), 64.0, 1e-9, "coverage");
    let smooth = rows(&bench.read("out/tables/lam-tron.csv"));
    assert_eq!((number(&smooth[0], "events"), number(&smooth[0], "population")), (30.0, 500.0));
    let words = bench.read("out/maps/lan.svg");
    assert!(words.contains("không phải dự báo"), "assumptions stand on the map");
}

#[test]
fn a_new_project_knows_registers_by_their_headings() {
    let bench = bench();
    let ran = bench.run(&["new", "p", "c.geojson", "o.csv", "h.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let project = bench.read("p/ruong.toml");
    for line in ["kind = \"outbreaks\"", "kind = \"herds\"", "herds = \"h\"", "key  = { lon = \"lon\", lat = \"lat\" }"] {
        assert!(project.contains(line), "{line}: {project}");
    }
    let built = bench.run(&["build", "p", "--format", "svg"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    assert!(bench.path("p/out/maps/zones-o.svg").exists() && bench.path("p/out/charts/curve-o.svg").exists());
}

#[test]
fn nothing_published_gives_a_masked_place_away_by_its_share() {
    let bench = bench();
    bench.write("o.csv", format!("{HEAD}2024-03-01,,ASF,Heo,Hộ Sáu,105.095,10.05,40,10,4,36\n"));
    let (_, masked) = zones(&bench, &["--radius-km", "3"]);
    let (_, exact) = zones(&bench, &["--radius-km", "3", "--exact"]);
    // By pyproj and shapely: the true ring takes 14.3565 % of the western commune.
    let share = |rows: &Rows| number(rows.iter().find(|row| row["code"] == "00412").expect("a part"), "share_pct");
    near(share(&exact), WEST_OF_3_KM, 1e-4, "true share");
    assert!((share(&masked) - share(&exact)).abs() > 0.01, "{} is the share of the true ring", share(&masked));
    assert_eq!(masked.len(), exact.len(), "communes inside are true");
}

/// Per cent of the western commune within 3 km of the first outbreak.
const WEST_OF_3_KM: f64 = 14.356492;

#[test]
fn the_clock_runs_from_the_last_case_even_where_it_is_over() {
    let bench = bench();
    bench.write(
        "o.csv",
        "onset,ended,disease,lon,lat\n2024-03-01,,ASF,105.05,10.05\n2024-03-10,2024-03-12,ASF,105.05,10.06\n2024-03-11,2024-02-01,ASF,105.05,10.07\n",
    );
    let (found, parts) = zones(&bench, &["--to", "2024-03-15", "--release-days", "21", "--radius-km", "3"]);
    // The third "ended" before it began: it counts as going on, and says so.
    assert_eq!((found[0]["outbreaks"].as_str(), found[0]["last_case"].as_str()), ("2", "2024-03-11"));
    assert!(bench.read("z/problems.csv").contains("ended before it began"));
    assert_eq!(parts[0]["release_date"], "2024-04-01");
    bench.write("o.csv", "onset,ended,disease,lon,lat\n2024-03-01,,ASF,105.05,10.05\n2024-03-10,2024-03-12,ASF,105.05,10.06\n");
    let (found, _) = zones(&bench, &["--to", "2024-03-15", "--release-days", "21", "--radius-km", "3"]);
    assert_eq!((found[0]["outbreaks"].as_str(), found[0]["release_date"].as_str()), ("1", "2024-03-31"));
}

#[test]
fn days_to_wait_count_from_the_last_sick_animal_and_not_from_the_onset() {
    let bench = bench();
    let head = "onset,ngày cuối,ngày công bố hết dịch,disease,lon,lat\n";
    bench.write("o.csv", format!("{head}2024-03-01,2024-03-20,,ASF,105.05,10.05\n"));
    // 21 days after 1 March is 22 March, after 20 March 10 April.
    let (found, parts) = zones(&bench, &["--to", "2024-04-09"]);
    let seen = |row: &BTreeMap<String, String>| (row["last_case"].clone(), row["release_date"].clone());
    assert_eq!(seen(&found[0]), ("2024-03-20".to_owned(), "2024-04-10".to_owned()));
    assert_eq!((found[0]["counted_from"].as_str(), found[0]["outbreaks"].as_str()), ("last case", "1"));
    assert_eq!(seen(&parts[0]), seen(&found[0]));
    // On a day before the last case nobody knew it yet.
    let (early, _) = zones(&bench, &["--to", "2024-03-10"]);
    assert_eq!(early[0]["last_case"], "2024-03-10");
    // Without the day the clock counts from the onset, and the table and the map say so.
    bench.write("o.csv", format!("{head}2024-03-01,,,ASF,105.05,10.05\n"));
    let (found, _) = zones(&bench, &["--to", "2024-03-15"]);
    assert_eq!(found[0]["release_date"], "2024-03-22");
    assert!(found[0]["counted_from"].contains("onset"), "{:?}", found[0]);
    let map = bench.read("z/maps/zones-dich-ta-heo-chau-phi.svg");
    assert!(map.contains("Days since the last onset") && map.contains("count from the onset"));
    // Past its days but not declared over: no zone, and the list says so. Declared over is declared over.
    let two = "2024-01-01,2024-01-05,,ASF,105.05,10.05\n2024-03-01,2024-03-02,,ASF,105.05,10.06\n";
    bench.write("o.csv", format!("{head}{two}"));
    let (found, _) = zones(&bench, &["--to", "2024-03-15"]);
    assert_eq!((found[0]["outbreaks"].as_str(), found[0]["undeclared"].as_str()), ("1", "1"));
    assert!(bench.read("z/problems.csv").contains("1 outbreaks are past their days to wait"));
    bench.write("o.csv", format!("{head}{}", two.replace("01-05,,", "01-05,2024-01-30,")));
    assert_eq!(zones(&bench, &["--to", "2024-03-15"]).0[0]["undeclared"], "0");
    // A last case before the onset, or after the day declared over, is not believed.
    bench.write(
        "o.csv",
        format!("{head}2024-03-01,2024-02-20,,ASF,105.05,10.05\n2024-03-02,2024-03-14,2024-03-12,ASF,105.05,10.05\n"),
    );
    let (found, _) = zones(&bench, &["--to", "2024-03-15"]);
    assert_eq!(bench.read("z/problems.csv").matches("taken as not stated").count(), 2);
    assert_eq!(found[0]["last_case"], "2024-03-02");
}

#[test]
fn the_day_of_one_disease_is_that_of_the_whole_register() {
    let bench = bench();
    bench.write(
        "o.csv",
        format!("{HEAD}2023-06-01,,Lở mồm long móng,Bò,A,105.05,10.05,4,1,0,0\n2024-04-10,,ASF,Heo,B,105.05,10.05,40,10,4,36\n"),
    );
    let of = |days: &str| {
        bench.run(&[
            "zones",
            "--outbreaks",
            "o.csv",
            "--communes",
            "c.geojson",
            "--disease",
            "LMLM",
            "--radius-km",
            "3",
            "--release-days",
            days,
            "--out",
            "z",
        ])
    };
    assert_eq!(of("21").code, 2, "it is long over");
    assert_eq!(of("365").code, 0);
    assert_eq!(rows(&bench.read("z/zones.csv"))[0]["days_since_last_case"], "314");
}

#[test]
fn an_infected_farm_is_found_by_its_place_then_by_its_name() {
    let bench = bench();
    // Two farms of one name; rows of one farm are one farm; an outbreak without a place is at the only farm of its name.
    bench
        .write("h.csv", "holding,species,lon,lat,head\nH1,Heo,105.02,10.02,10\nH1,Heo,105.08,10.08,10\nH2,Heo,105.05,10.05,10\nH2,Vịt,105.05,10.05,90\nH2,Vịt,105.05,10.05,90\n")
        .write("o.csv", "onset,disease,holding,lon,lat\n2024-03-01,ASF,H1,105.08,10.08\n2024-03-01,ASF,h2,,\n2024-03-01,ASF,H1,,\n");
    let ran = bench.run(&[
        "outbreaks",
        "spread",
        "--outbreaks",
        "o.csv",
        "--herds",
        "h.csv",
        "--communes",
        "c.geojson",
        "--out",
        "s",
        "--lang",
        "en",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found: Vec<(String, String, String)> = rows(&bench.read("s/farms.csv"))
        .iter()
        .map(|row| (row["row"].clone(), row["head"].clone(), row["infected"].clone()))
        .collect();
    let expected = [("2", "10", "0"), ("3", "10", "1"), ("4", "100", "1")];
    assert_eq!(found, expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())));
    assert!(bench.read("s/maps/spread.svg").contains("not a prediction"));
    let problems = bench.read("s/problems.csv");
    assert!(problems.contains("its farm is not known") && problems.contains("equals row 5; counted once"), "{problems}");
}

#[test]
fn many_outbreaks_of_one_district_are_united() {
    let bench = bench();
    let mut text = String::from("onset,disease,lon,lat\n");
    for i in 0..3000u32 {
        let (x, y) = (105.02 + 0.06 * f64::from(i % 60) / 60.0, 10.02 + 0.06 * f64::from(i / 60) / 50.0);
        let _ = writeln!(text, "2024-03-01,ASF,{x},{y}");
    }
    bench.write("o.csv", text);
    let (found, parts) = zones(&bench, &["--radius-km", "3", "--exact"]);
    assert_eq!(found[0]["outbreaks"], "3000");
    // All rings in one union, by shapely.
    near(number(&found[0], "area_ha"), 14_815.929, 3e-4, "area");
    for (part, share) in parts.iter().zip([99.850_2, 5.256_104]) {
        near(number(part, "share_pct"), share, 5e-4, &part["code"]);
    }
}

#[test]
fn a_register_that_names_no_disease_has_zones_of_given_radii() {
    let bench = bench();
    bench.write("o.csv", "ngay,kinh_do,vi_do\n2024-03-01,105.05,10.05\n");
    let (found, _) = zones(&bench, &["--radius-km", "1,3"]);
    assert_eq!((found.len(), found[0]["disease"].as_str()), (2, "disease not stated"));
    assert!(bench.path("z/maps/zones-benh-khong-ghi-ten.png").exists());
}
