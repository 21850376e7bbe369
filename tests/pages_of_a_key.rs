//! A page for a week, a pest or an enterprise shows what it says: the same as a picture, or a run, of that alone. Numbers by hand.

mod common;

use common::{Bench, collection, feature, square, words_of};

/// Two communes with a field each: X has 3 ha under contract in the first, Y 4 ha in the second.
fn world(more: &str) -> Bench {
    let bench = Bench::new();
    let commune = |code: &str, name: &str, west: f64| {
        feature(&format!("\"code\":\"{code}\",\"name\":\"{name}\""), &square(west, 10.8, west + 0.03, 10.83))
    };
    let field = |id: &str, west: f64| feature(&format!("\"field_id\":\"{id}\""), &square(west, 10.81, west + 0.002, 10.812));
    bench.write("c.geojson", collection(&[commune("40001", "Bắc", 105.2), commune("40002", "Nam", 105.23)]));
    bench.write("f.geojson", collection(&[field("A", 105.21), field("B", 105.24)]));
    bench.write(
        "p.csv",
        "field_id,date,pest,severity\nA,2024-03-29,rầy nâu,2\nB,2024-03-29,rầy nâu,0\nA,2024-04-05,rầy nâu,3\n\
         B,2024-04-05,đạo ôn,2\n",
    );
    bench.write("l.csv", "field_id,enterprise,contracted_ha\nA,X,3\nB,Y,4\n");
    bench.write(
        "ruong.toml",
        format!(
            "version = 1\nperiod = {{ from = 2024-04-05, to = 2024-04-11 }}\n[communes]\nfile = \"c.geojson\"\n[fields]\n\
             file = \"f.geojson\"\nid = \"field_id\"\n[[tables]]\nid = \"p\"\nkind = \"pest-forecast\"\nfile = \"p.csv\"\n\
             key = {{ field = \"field_id\" }}\n[[tables]]\nid = \"l\"\nkind = \"linked-production\"\nfile = \"l.csv\"\n\
             key = {{ field = \"field_id\" }}\n{more}"
        ),
    );
    bench
}

fn drawn(bench: &Bench) {
    let ran = bench.command("build . --quiet --only maps,charts --format svg");
    assert!(ran.code < 2, "{}", ran.stderr);
}

fn words(bench: &Bench, file: &str) -> String {
    words_of(&bench.read(&format!("out/{file}.svg")))
}

#[test]
fn an_enterprise_and_a_pest_are_those_of_the_page() {
    let bench = world(
        "[[maps]]\nid = \"{enterprise}-{pest}\"\nmeasure = \"linked_at_risk_ha\"\nfor_each = [\"enterprise\", \"pest\"]\n\
         [[charts]]\nid = \"bar\"\nkind = \"bar\"\nby = \"enterprise\"\nmeasure = \"linked_at_risk_ha\"\npest = \"rầy nâu\"\n",
    );
    drawn(&bench);
    // Rầy nâu is on A alone, đạo ôn on B alone.
    assert!(words(&bench, "maps/x-ray-nau").contains("3 ha liên kết có nguy cơ"), "{}", words(&bench, "maps/x-ray-nau"));
    assert!(words(&bench, "maps/y-dao-on").contains("4 ha liên kết có nguy cơ"), "{}", words(&bench, "maps/y-dao-on"));
    for empty in ["maps/x-dao-on", "maps/y-ray-nau"] {
        let said = words(&bench, empty);
        assert!(!said.contains("3 ha liên kết") && !said.contains("4 ha liên kết"), "{empty}: {said}");
    }
    let bar = words(&bench, "charts/bar");
    assert!(bar.contains("X") && bar.contains("chưa điều tra") && !bar.contains("Y: 4"), "{bar}");
}

#[test]
fn an_enterprise_in_a_week_before_has_what_it_had() {
    let bench = world(
        "[[maps]]\nid = \"x-{week}\"\nmeasure = \"linked_at_risk_ha\"\nenterprise = \"X\"\nfor_each = \"week\"\n\
         [[charts]]\nid = \"all-{week}\"\nkind = \"bar\"\nby = \"enterprise\"\nmeasure = \"linked_at_risk_ha\"\nfor_each = \"week\"\n\
         [[maps]]\nid = \"f-{week}\"\nkind = \"fields\"\nfor_each = \"week\"\n",
    );
    drawn(&bench);
    assert!(words(&bench, "maps/x-2024-03-29").contains("3 ha liên kết có nguy cơ"), "{}", words(&bench, "maps/x-2024-03-29"));
    let then = words(&bench, "charts/all-2024-03-29");
    assert!(then.contains("3 ha liên kết có nguy cơ"), "{then}");
    // In the week before nothing was on B; now đạo ôn is.
    let [then, now] = ["maps/f-2024-03-29", "maps/f-2024-04-05"].map(|file| words(&bench, file));
    assert!(then.contains("29/03/2024") && then.contains("4,8 ha ruộng từ mức trung bình trở lên (50 %)"), "{then}");
    assert!(now.contains("9,7 ha ruộng từ mức trung bình trở lên (100 %)"), "{now}");
}

#[test]
fn a_change_is_that_of_the_week_of_its_page() {
    let bench = world(
        "[[maps]]\nid = \"d-{week}\"\nkind = \"change\"\nmeasure = \"infested_ha\"\nfor_each = \"week\"\n\
         [[charts]]\nid = \"c-{week}\"\nkind = \"dots\"\nmeasure = \"infested_ha\"\nfor_each = \"week\"\n",
    );
    let ran = bench.command("build . --quiet --only maps,charts --format svg");
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    // Before the first week there is nothing to compare with, and that is said of the two pages.
    let problems = bench.read("out/problems.csv");
    assert_eq!(problems.matches("không có số liệu kỳ trước để so").count(), 2, "{problems}");
    assert!(!bench.path("out/maps/d-2024-03-29.svg").exists() && !bench.path("out/charts/c-2024-03-29.svg").exists());
    let said = words(&bench, "maps/d-2024-04-05");
    assert!(said.contains("tăng 4,84 ha sau một tuần (+100 %)"), "{said}");
}

#[test]
fn pages_that_would_all_be_the_same_are_refused() {
    for (part, kind, each) in [
        ("charts", "kind = \"bar\"\nmeasure = \"linked_ha\"", "commune"),
        ("charts", "kind = \"scatter\"\nmeasure = \"linked_ha\"\nwith = \"infested_ha\"", "enterprise"),
        ("charts", "kind = \"bar\"\nby = \"pest\"\nmeasure = \"infested_ha\"", "pest"),
        ("charts", "kind = \"time-series\"\nmeasure = \"infested_ha\"", "week"),
        ("maps", "kind = \"hotspots\"\nmeasure = \"infested_ha\"", "commune"),
        ("maps", "kind = \"fields\"", "enterprise"),
        ("maps", "kind = \"panels\"\nmeasure = \"infested_ha\"", "week"),
    ] {
        let bench = world(&format!("[[{part}]]\nid = \"a\"\n{kind}\nfor_each = \"{each}\"\n"));
        let ran = bench.command("check . --lang en");
        assert_eq!(ran.code, 2, "{kind} {each}: {}", ran.stderr);
        assert!(ran.stderr.contains("all pages would be the same") && ran.stderr.contains("for_each"), "{kind}: {}", ran.stderr);
    }
}

#[test]
fn fields_of_communes_that_were_not_chosen_do_not_count() {
    let bench = world("[[maps]]\nid = \"f\"\nkind = \"fields\"\n");
    let text = bench.read("ruong.toml").replace("[communes]\n", "[communes]\nonly = [\"40001\"]\n");
    bench.write("ruong.toml", text);
    drawn(&bench);
    let said = words(&bench, "maps/f");
    assert!(!said.contains("9,7 ha"), "{said}");
    assert!(said.contains("4,8 ha ruộng") && said.contains("3,0 ha có hợp đồng (trên tổng 3,0 ha)"), "{said}");
    let ran = bench.command("worklist . --out w --quiet");
    assert!(ran.code < 2, "{}", ran.stderr);
    let list = bench.read("w/worklist.csv");
    assert!(list.contains("\nA,") || list.contains(",A,"), "{list}");
    assert!(!list.contains("\nB,") && !list.contains(",B,"), "{list}");
}

/// What is forecast for a commune holds for all of its fields.
#[test]
fn fields_show_forecasts_of_their_communes() {
    let bench = world("[[maps]]\nid = \"f\"\nkind = \"fields\"\n");
    bench.write("p.csv", "commune,date,pest,severity\n40001,2024-04-05,rầy nâu,3\n40002,2024-04-05,rầy nâu,1\n");
    let text = bench.read("ruong.toml").replacen("key = { field = \"field_id\" }", "key = { commune = \"commune\" }", 1);
    bench.write("ruong.toml", text);
    drawn(&bench);
    let said = words(&bench, "maps/f");
    assert!(said.contains("4,8 ha ruộng từ mức trung bình trở lên (50 %)") && !said.contains("chưa điều tra"), "{said}");
}

#[test]
fn the_mean_over_pests_is_of_no_single_pest() {
    let bench = world("[[maps]]\nid = \"f\"\nkind = \"fields\"\nmeasure = \"mean_severity\"\npest = \"rầy nâu\"\n");
    let ran = bench.command("build . --quiet --only maps --format svg");
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(bench.read("out/problems.csv").contains("không của riêng một loài"));
}
