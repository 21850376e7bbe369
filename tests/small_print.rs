//! What a row of a register says besides its place: days of reports, doubles, where a household may be shown, whose radii hold.

mod common;

use common::{Bench, collection, feature, number, rows, square, two_communes};

const HEAD: &str = "onset,reported,disease,species,holding,code,lon,lat,herd,sick,dead,destroyed\n";

/// Runs `zones` on a register; what of it the office sees, and the problems.
fn zones(register: &str, more: &[&str]) -> (Bench, String) {
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("o.csv", format!("{HEAD}{register}"));
    let own = ["zones", "--outbreaks", "o.csv", "--communes", "c.geojson", "--out", "z", "--lang", "en", "--quiet"];
    let ran = bench.run(&[&own, more].concat());
    assert!(ran.code < 2, "{}", ran.stderr);
    let problems = bench.read("z/problems.csv");
    (bench, problems)
}

#[test]
fn a_report_before_the_onset_or_after_today_is_no_day_of_a_report() {
    let (bench, problems) = zones(
        "2024-03-10,2024-03-12,ASF,Heo,A,,105.05,10.05,40,10,4,36\n2024-03-10,2024-03-08,ASF,Heo,B,,105.06,10.05,40,10,4,36\n\
         2024-03-10,,ASF,Heo,C,,105.07,10.05,40,10,4,36\n",
        &["--radius-km", "1", "--until", "2024-03-15"],
    );
    let listed = rows(&bench.read("z/outbreaks.csv"));
    let reported: Vec<&str> = listed.iter().map(|row| row["reported"].as_str()).collect();
    assert_eq!(reported, ["2024-03-12", "", ""], "{problems}");
    assert!(problems.contains("reported before it began"), "{problems}");
}

#[test]
fn rows_that_name_no_household_or_that_have_numbers_of_their_own_are_not_taken_for_doubles() {
    // Two households of a commune on one day, known by nothing but the commune; and two outbreaks with numbers, side by side.
    let (_, problems) = zones(
        "2024-03-01,,ASF,Heo,,00412,,,40,10,4,36\n2024-03-01,,ASF,Heo,,00412,,,41,11,5,36\n",
        &["--radius-km", "1", "--until", "2024-03-15"],
    );
    assert!(!problems.contains("entered twice"), "{problems}");
    let numbered =
        format!("id,{HEAD}1,2024-03-01,,ASF,Heo,A,,105.05,10.05,40,10,4,36\n2,2024-03-01,,ASF,Heo,A,,105.05,10.05,41,11,5,36\n");
    let bench = Bench::new();
    bench.write("c.geojson", two_communes()).write("o.csv", numbered);
    let ran = bench.command("zones --outbreaks o.csv --communes c.geojson --out z --column outbreak=id --radius-km 1 --until 2024-03-15 --lang en --quiet");
    assert!(ran.code < 2, "{}", ran.stderr);
    assert!(!bench.read("z/problems.csv").contains("entered twice"), "{}", bench.read("z/problems.csv"));
}

#[test]
fn the_middle_of_a_commune_hides_nobody_and_is_not_moved() {
    let (bench, _) = zones("2024-03-01,,ASF,Heo,,00412,,,40,10,4,36\n", &["--radius-km", "1", "--until", "2024-03-15"]);
    let row = &rows(&bench.read("z/outbreaks.csv"))[0];
    // The square from 105 to 105.1 and from 10 to 10.1 degrees.
    assert!((number(row, "lon") - 105.05).abs() < 1e-5 && (number(row, "lat") - 10.05).abs() < 1e-5, "{row:?}");
    assert_eq!(row["place"], "middle of commune");
}

#[test]
fn radii_are_of_the_order_for_a_disease_or_of_whoever_set_them() {
    let register = "2024-03-01,,ASF,Heo,A,,105.05,10.05,40,10,4,36\n";
    for (radii, own) in [(None, true), (Some("1,3"), true), (Some("2,5"), false)] {
        let more = radii.map_or(vec![], |radii| vec!["--radius-km", radii]);
        let (bench, _) = zones(register, &[&more[..], &["--until", "2024-03-15"]].concat());
        let zone = &rows(&bench.read("z/zones.csv"))[0];
        assert_eq!(zone["radius_source"] != "set by the user", own, "{radii:?}: {}", zone["radius_source"]);
    }
}

#[test]
fn an_outbreak_counts_on_its_own_day() {
    let bench = Bench::new();
    bench.write(
        "o.csv",
        format!("{HEAD}2024-03-04,2024-03-04,ASF,Heo,A,,,,40,10,4,36\n2024-03-06,2024-03-06,ASF,Heo,B,,,,40,10,4,36\n"),
    );
    let ran = bench.command("outbreaks curve --outbreaks o.csv --to 2024-03-06 --out c --quiet");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let counted: Vec<f64> = rows(&bench.read("c/curve.csv")).iter().map(|week| number(week, "outbreaks")).collect();
    assert_eq!(counted, [2.0]);
}

#[test]
fn several_rows_of_an_outbreak_begin_with_the_earliest() {
    let bench = Bench::new();
    // The later report corrects the day on which the outbreak began.
    bench.write(
        "o.csv",
        "mã ổ dịch,lần báo cáo,bệnh,loài,ngày khởi phát,ngày báo cáo,kinh độ,vĩ độ,số mắc\n\
         ÔD-7,1,Dịch tả heo châu Phi,Heo,05/06/2024,06/06/2024,105.05,10.05,3\nÔD-7,2,Dịch tả heo châu Phi,Heo,03/06/2024,11/06/2024,105.05,10.05,8\n\
         ÔD-7,2,Dịch tả heo châu Phi,,03/06/2024,11/06/2024,105.05,10.05,1\n",
    );
    bench.write("c.geojson", two_communes());
    let ran = bench.command("zones --outbreaks o.csv --communes c.geojson --radius-km 1 --until 2024-06-12 --out z --quiet");
    assert!(ran.code < 2, "{}", ran.stderr);
    let listed = rows(&bench.read("z/outbreaks.csv"));
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0]["onset"].as_str(), listed[0]["reported"].as_str()), ("2024-06-03", "2024-06-06"));
    assert_eq!(listed[0]["species"], "Heo", "a species is named once, and one that nobody names not at all");
}

#[test]
fn an_outbreak_at_no_known_farm_is_one_more_infected_farm() {
    let bench = Bench::new();
    bench
        .write("c.geojson", two_communes())
        .write("h.csv", "holding,lon,lat,head\nH1,105.02,10.02,10\nH2,105.08,10.08,10\n")
        .write("o.csv", "onset,disease,holding,lon,lat\n2024-03-01,ASF,X,105.05,10.05\n");
    let run = |more: &[&str]| {
        let own = [
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
        ];
        bench.run(&[&own, more].concat())
    };
    let ran = run(&[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let farms = rows(&bench.read("s/farms.csv"));
    let infected: Vec<&str> = farms.iter().map(|row| row["infected"].as_str()).collect();
    assert_eq!(infected, ["0", "0", "1"]);
    assert!(farms[..2].iter().all(|farm| number(farm, "p_infection") > 0.0), "{farms:?}");
}

#[test]
fn herds_that_only_their_commune_tells_apart_all_count() {
    let bench = Bench::new();
    // A column of positions that one row fills; two equal rows of a commune, two of one place, and a herd vaccinated to the last head.
    bench
        .write("c.geojson", two_communes())
        .write("o.csv", format!("{HEAD}2024-03-01,,ASF,Heo,A,,105.02,10.02,40,10,4,36\n"))
        .write(
            "h.csv",
            "xa,lon,lat,head,vaccinated\n00412,,,10,3\n00412,,,10,3\n00413,105.15,10.05,20,20\n00413,105.15,10.05,20,20\n",
        );
    let ran = bench.command("outbreaks rates --outbreaks o.csv --communes c.geojson --herds h.csv --herds-column commune=xa --out r --lang en --quiet");
    assert!(ran.code < 2, "{}", ran.stderr);
    let heads: Vec<f64> = rows(&bench.read("r/rates.csv")).iter().map(|row| number(row, "head")).collect();
    let problems = bench.read("r/problems.csv");
    assert_eq!(heads, [20.0, 20.0], "{problems}");
    assert!(problems.contains("equals row 2; both count") && problems.contains("equals row 4; counted once"), "{problems}");
    assert!(!problems.contains("more vaccinated than animals"), "{problems}");
}

#[test]
fn a_commune_without_neighbours_is_drawn_towards_nobody() {
    let bench = Bench::new();
    let mut units: Vec<String> = (0..3)
        .map(|i| {
            feature(
                &format!("\"code\":\"{i}\",\"name\":\"X{i}\""),
                &square(105.0 + 0.1 * f64::from(i), 10.0, 105.1 + 0.1 * f64::from(i), 10.1),
            )
        })
        .collect();
    units.push(feature("\"code\":\"9\",\"name\":\"X9\"", &square(106.0, 10.0, 106.1, 10.1)));
    bench
        .write("c.geojson", collection(&units))
        .write(
            "o.csv",
            "onset,disease,commune,sick\n2024-03-01,ASF,X0,2\n2024-03-01,ASF,X1,5\n2024-03-01,ASF,X2,9\n2024-03-01,ASF,X9,4\n",
        )
        .write("h.csv", "commune,head\n0,40\n1,60\n2,80\n9,50\n");
    let ran = bench.command("outbreaks rates --outbreaks o.csv --communes c.geojson --herds h.csv --out r --quiet");
    assert!(ran.code < 2, "{}", ran.stderr);
    let found = rows(&bench.read("r/rates.csv"));
    let near: Vec<bool> = found.iter().map(|row| !row["attack_eb_spatial_pct"].is_empty()).collect();
    assert_eq!(near, [true, true, true, false], "{found:?}");
    assert!(found.iter().all(|row| !row["attack_eb_pct"].is_empty()));
}

#[test]
fn a_kernel_has_all_its_numbers_and_its_steps_ascend() {
    let bench = Bench::new();
    bench
        .write("h.csv", "holding,lon,lat,head\nH1,105.02,10.02,10\nH2,105.08,10.08,10\n")
        .write("o.csv", "onset,disease,holding,lon,lat\n2024-03-01,ASF,H1,105.02,10.02\n");
    let run = |second: f64| {
        bench.write(
            "k.toml",
            format!(
                "[[kernel]]\nid = \"own\"\nname = \"own\"\nsteps = [{{ below_km = 3.0, per_day = 0.1 }}, {{ below_km = {second:.1}, per_day = 0.05 }}]\n\
                 infectious_days = 7.0\nsource = \"made up\"\nverified = false\n"
            ),
        );
        bench.command("outbreaks spread --outbreaks o.csv --herds h.csv --parameters k.toml --out s --lang en")
    };
    let ran = run(20.0);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    // A kernel of a power needs all three of its numbers.
    for given in ["h0_per_day = 0.002\n", "h0_per_day = 0.002\nr0_km = 1.9\n", "r0_km = 1.9\nalpha = 2.1\n"] {
        bench.write(
            "k.toml",
            format!(
                "[[kernel]]\nid = \"own\"\nname = \"own\"\n{given}infectious_days = 7.0\nsource = \"made up\"\nverified = false\n"
            ),
        );
        let ran = bench.command("outbreaks spread --outbreaks o.csv --herds h.csv --parameters k.toml --out s --lang en");
        assert!(ran.code == 2 && ran.stderr.contains("h0_per_day, r0_km, alpha > 0"), "{given}: {}", ran.stderr);
    }
    for second in [3.0, 2.0] {
        let ran = run(second);
        assert!(ran.code == 2 && ran.stderr.contains("steps in ascending order"), "{second}: {}", ran.stderr);
    }
}

#[test]
fn the_middle_of_a_commune_is_no_farm() {
    let bench = Bench::new();
    bench
        .write("c.geojson", two_communes())
        .write("h.csv", "holding,lon,lat,head\nH1,105.02,10.02,10\nH2,105.05,10.05,10\n")
        .write("o.csv", "onset,disease,code\n2024-03-01,ASF,00412\n");
    let ran = bench.command("outbreaks spread --outbreaks o.csv --herds h.csv --communes c.geojson --out s --lang en --quiet");
    assert!(ran.code < 2, "{}", ran.stderr);
    // The middle of the commune is the very place of H2, and says nothing of it.
    assert!(bench.read("s/problems.csv").contains("the outbreak has no place and its farm is not known"), "{}", ran.stderr);
    assert!(rows(&bench.read("s/farms.csv")).iter().all(|row| row["infected"] == "0"));
}
