//! What an office keeps to itself: its secret, exact places, lists that are nobody else's business.
#![cfg(unix)]

mod common;

use common::{Bench, communes_in_a_row};
use std::os::unix::fs::PermissionsExt;

const REGISTER: &str = "ngay,benh,so_con_mac,kinh_do,vi_do\n2024-04-02,Dịch tả heo châu Phi,24,105.05,10.05\n";

fn mode(bench: &Bench, name: &str) -> u32 {
    std::fs::metadata(bench.path(name)).expect("it is there").permissions().mode() & 0o777
}

/// A project made of a register, with its secret.
fn made() -> Bench {
    let bench = Bench::new();
    bench.write("xa.geojson", communes_in_a_row(2)).write("o.csv", REGISTER);
    let ran = bench.run(&["new", "p", "xa.geojson", "o.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    bench
}

#[test]
fn an_office_gets_a_secret_of_its_own_and_nothing_gives_it_away() {
    let (a, b) = (made(), made());
    let secret = |bench: &Bench| bench.read("p/ruong.seed").lines().last().expect("a number").to_owned();
    assert!(secret(&a).parse::<u64>().is_ok_and(|number| number > 1));
    assert_ne!(secret(&a), secret(&b), "two offices have two secrets");
    assert_eq!(mode(&a, "p/ruong.seed"), 0o600);
    let ran = a.run(&["build", "p", "--format", "svg"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    for name in ["p/ruong.toml", "p/out/run.json", "p/out/problems.csv", "p/out/maps/zones-o.svg"] {
        assert!(!a.read(name).contains(&secret(&a)), "{name} gives the secret away");
    }
    assert!(!a.read("p/out/problems.csv").contains("ruong.seed"), "an office with a secret needs no warning");
    // A project made again keeps it: two maps by two secrets tell more than one.
    let before = secret(&a);
    assert_eq!(a.run(&["new", "p", "xa.geojson", "o.csv", "--force"]).code, 0);
    assert_eq!(secret(&a), before);
}

#[test]
fn places_move_by_the_secret_and_the_common_seed_is_warned_about() {
    let bench = made();
    let map = |bench: &Bench| {
        let ran = bench.run(&["build", "p", "--format", "svg"]);
        assert!(ran.code < 2, "{}", ran.stderr);
        bench.read("p/out/maps/zones-o.svg")
    };
    let own = map(&bench);
    bench.write("p/ruong.seed", "7\n");
    assert_ne!(map(&bench), own);
    for text in ["1\n", "# 1\n1\n"] {
        bench.write("p/ruong.seed", text);
        let _ = map(&bench);
        assert!(bench.read("p/out/problems.csv").contains("ruong.seed"), "the seed that ships is known to everybody");
    }
    bench.write("p/ruong.seed", "4711x\n");
    let ran = bench.run(&["build", "p"]);
    assert!(ran.code == 2 && ran.stderr.contains("ruong.seed") && !ran.stderr.contains("4711"), "{}", ran.stderr);
}

#[test]
fn decisions_on_names_replace_no_other_file() {
    let bench = Bench::new();
    bench.write("xa.geojson", communes_in_a_row(2)).write("t.csv", "ten,so\nXã Lạ,5\n");
    for (name, text) in [("mine.csv", "a,b\n1,2\n"), ("more.csv", "ten,tinh,ma,goi_y,ghi_chu\nA,,1,,của tôi\n")] {
        bench.write(name, text);
        let ran = bench.run(&["match", "t.csv", "--communes", "xa.geojson", "--write-aliases", name]);
        assert!(ran.code == 2 && ran.stderr.contains(name), "{}", ran.stderr);
        assert_eq!(bench.read(name), text);
    }
    for _ in 0..2 {
        bench.run(&["match", "t.csv", "--communes", "xa.geojson", "--aliases", "a.csv", "--write-aliases", "a.csv"]);
        assert!(bench.read("a.csv").contains("Xã Lạ"));
    }
}
