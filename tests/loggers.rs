//! Readings of traps and sensors as loggers and officers write them: what comes out is the same whatever the layout.

mod common;

use common::{Bench, Ran, communes_in_a_row, number, rows};
use std::collections::BTreeMap;

/// 25.0 at midnight of 5 April, a tenth more every six hours: 26.5 at 18:00 of the 8th.
fn temperatures() -> Vec<(u32, u32, f64)> {
    (0..16u32).map(|n| (5 + n / 4, 6 * (n % 4), 25.0 + f64::from(n) / 10.0)).collect()
}

fn table(head: &str, row: impl Fn(u32, u32, f64) -> String) -> String {
    temperatures().into_iter().fold(format!("{head}\n"), |text, (day, hour, value)| format!("{text}{}\n", row(day, hour, value)))
}

type Latest = BTreeMap<String, BTreeMap<String, String>>;

/// The latest reading of each quantity, and what was said.
fn sensors(bench: &Bench, file: &str, more: &[&str]) -> (Latest, Ran) {
    let ran = bench.run(&[&["sensors", "--readings", file, "--out", "o", "--lang", "en", "--quiet"], more].concat());
    assert!(ran.code < 2, "{file}: {}", ran.stderr);
    let latest = rows(&bench.read("o/latest.csv")).into_iter().map(|row| (row["quantity"].clone(), row)).collect();
    (latest, ran)
}

#[test]
fn loggers_of_every_make_say_the_same() {
    let bench = Bench::new();
    let hour = |hour: u32| {
        format!("{}:00:00 {}", if hour.is_multiple_of(12) { 12 } else { hour % 12 }, if hour < 12 { "AM" } else { "PM" })
    };
    let files = [
        ("long.csv", table("trạm,chỉ tiêu,thời gian,giá trị", |d, h, v| format!("T1,Nhiệt độ,2024-04-{d:02} {h:02}:00,{v}"))),
        ("apart.csv", table("Date,Time,Temp,RH,Batt", |d, h, v| format!("{d:02}/04/2024,{h:02}:00,{v},80,12.4"))),
        (
            "hobo.csv",
            table(
                "\"Plot Title: 1012\"\n\"#\",\"Date Time, GMT+07:00\",\"Temp, °C (LGR S/N: 1012, SEN S/N: 1)\",\"Coupler Detached (LGR S/N: 1012)\"",
                |d, h, v| format!("{},04/{d:02}/24 {},{v},", 4 * (d - 5) + h / 6 + 1, hour(h)),
            ),
        ),
        (
            "toa5.dat",
            table(
                "\"TOA5\",\"Tram1\",\"CR300\",\"1234\"\n\"TIMESTAMP\",\"RECORD\",\"BattV_Min\",\"AirTC_Avg\"\n\"TS\",\"RN\",\"Volts\",\"Deg C\"\n\"\",\"\",\"Min\",\"Avg\"",
                |d, h, v| format!("\"2024-04-{d:02} {h:02}:00:00\",{},12.6,{v}", 4 * (d - 5) + h / 6),
            ),
        ),
        // Seconds since 1970, of universal time: 5 April 00:00 here is 17:00 of the 4th there.
        (
            "epoch.csv",
            table("device,parameter,time,value", |d, h, v| {
                format!("S1,temp,{},{v}", 1_712_250_000 + 86_400 * (d - 5) + 3600 * h)
            }),
        ),
        (
            "davis.txt",
            table("Date\tTime\tTemp Out\tOut Hum", |d, h, v| {
                format!(
                    "{d}/4/24\t{}:00 {}\t{v}\t80",
                    if h.is_multiple_of(12) { 12 } else { h % 12 },
                    if h < 12 { "a" } else { "p" }
                )
            }),
        ),
        (
            "offset.csv",
            table("trạm,chỉ tiêu,thời gian,giá trị", |d, h, v| {
                format!("T1,Nhiệt độ,2024-04-{d:02} {h:02}:30+07:00,{v}")
            }),
        ),
        (
            "unit-in-a-column.csv",
            table("trạm,chỉ tiêu,ĐVT,thời gian,giá trị", |d, h, v| {
                format!("T1,Nhiệt độ,°F,2024-04-{d:02} {h:02}:30,{}", v * 1.8 + 32.0)
            }),
        ),
        (
            "unit-in-the-heading.csv",
            table("trạm,thời gian,Nhiệt độ (°F)", |d, h, v| format!("T1,2024-04-{d:02} {h:02}:30,{}", v * 1.8 + 32.0)),
        ),
        (
            "fahrenheit.csv",
            table("trạm,chỉ tiêu,thời gian,giá trị", |d, h, v| {
                format!("T1,Nhiệt độ (°F),{d:02}/04/2024 {h}h00,{}", v * 1.8 + 32.0)
            }),
        ),
    ];
    for (name, text) in files {
        bench.write(name, text);
        let (latest, ran) = sensors(&bench, name, &[]);
        let of_temperature: Vec<_> = latest.values().filter(|row| row["unit"] == "°C").collect();
        let [row] = of_temperature[..] else { panic!("{name}: {latest:?}\n{}", ran.stderr) };
        assert_eq!(row["date"], "2024-04-08", "{name}");
        assert!((number(row, "value") - 26.5).abs() < 1e-9, "{name}: {row:?}");
        assert_eq!(row["days"], "4", "{name}");
        assert!(
            !latest.keys().any(|name| name.contains("Batt") || name.contains("Coupler") || name == "#"),
            "{name}: {latest:?}"
        );
    }
}

#[test]
fn a_day_does_not_depend_on_the_order_of_its_rows_and_rain_is_added() {
    let bench = Bench::new();
    let mut lines: Vec<String> = (0..24).map(|hour| format!("T1,Nhiệt độ,2024-04-08 {hour:02}:00,{}", 20 + hour / 2)).collect();
    // Twelve times 0.4 mm from 16:00 on.
    lines.extend((0..24).map(|n| {
        format!("T1,Mưa,2024-04-08 {:02}:{:02},{}", n / 2 + 12, 30 * (n % 2), if (8..20).contains(&n) { 0.4 } else { 0.0 })
    }));
    for backwards in [false, true] {
        if backwards {
            lines.reverse();
        }
        bench.write("a.csv", format!("trạm,chỉ tiêu,thời gian,giá trị\n{}\n", lines.join("\n")));
        let (latest, ran) = sensors(&bench, "a.csv", &[]);
        assert_eq!(number(&latest["Nhiệt độ"], "value"), 31.0);
        assert!((number(&latest["Mưa"], "value") - 4.8).abs() < 1e-9, "{latest:?}");
        assert!(bench.read("o/problems.csv").contains("several readings on 1 days were added"), "{}", ran.stderr);
    }
}

#[test]
fn error_codes_units_and_times_of_other_zones_are_said() {
    let bench = Bench::new();
    let days = |thing: &str, values: &[&str]| -> String {
        (1..).zip(values).map(|(day, value)| format!("T1,{thing},{day:02}/04/2024,{value}\n")).collect()
    };
    bench.write(
        "a.csv",
        format!(
            "trạm,chỉ tiêu,ngày,giá trị\n{}{}{}{}",
            days("Nhiệt độ", &["28.1", "-9999", "9999", "-888.88", "65535", "28.9", "-40.1"]),
            days("Độ ẩm", &["80", "999", "81", "104.2", "85", "9999"]),
            days("Chất X", &["5", "6", "7999", "7"]),
            days("Áp suất (hPa)", &["1009", "1010"]),
        ),
    );
    let (latest, ran) = sensors(&bench, "a.csv", &[]);
    let value = |name: &str| number(&latest[name], "value");
    assert_eq!((value("Nhiệt độ"), value("Độ ẩm"), value("Chất X"), value("Áp suất")), (28.9, 85.0, 7.0, 1010.0));
    assert_eq!(latest["Nhiệt độ"]["date"], "2024-04-06", "{}", ran.stderr);
    let listed: Vec<String> = rows(&bench.read("o/problems.csv")).iter().map(|row| row["value"].clone()).collect();
    for code in ["-9999", "9999", "-888.88", "65535", "-40.1", "999", "7999"] {
        assert!(listed.contains(&code.to_owned()), "{code}: {listed:?}");
    }
    // Conductivity is brought to salt, metres to centimetres; degrees of a water level are nothing.
    bench.write(
        "b.csv",
        format!(
            "trạm,chỉ tiêu,ngày,giá trị\n{}{}{}",
            days("Độ mặn (mS/cm)", &["3.5"]),
            days("Mực nước (m)", &["0.05"]),
            days("pH (°C)", &["7"])
        ),
    );
    let (latest, _) = sensors(&bench, "b.csv", &[]);
    assert!((number(&latest["Độ mặn"], "value") - 2.24).abs() < 1e-9, "{latest:?}");
    assert!((number(&latest["Mực nước"], "value") - 5.0).abs() < 1e-9 && !latest.contains_key("pH"), "{latest:?}");
    assert!(bench.read("o/problems.csv").contains("pH (°C)"));
    // 23:45 of universal time is the next morning here.
    bench.write(
        "c.csv",
        "trạm,chỉ tiêu,thời gian,giá trị\nT1,Nhiệt độ,2024-04-08T16:59:00Z,23\nT1,Nhiệt độ,2024-04-08T23:45:00Z,24\n",
    );
    let (latest, _) = sensors(&bench, "c.csv", &[]);
    assert_eq!((latest["Nhiệt độ"]["date"].as_str(), number(&latest["Nhiệt độ"], "value")), ("2024-04-09", 24.0));
    assert!(bench.read("o/problems.csv").contains("Vietnam time"));
}

/// A season of catches whose one peak is 240 on 4 April.
fn season() -> Vec<(chrono::NaiveDate, u32)> {
    let first = chrono::NaiveDate::from_ymd_opt(2024, 3, 12).expect("a day");
    first
        .iter_days()
        .take(46)
        .enumerate()
        .map(|(n, day)| (day, 240u32.saturating_sub(10 * (n as i32 - 23).unsigned_abs()).max(4)))
        .collect()
}

fn peaks(bench: &Bench, text: &str, more: &[&str]) -> (Vec<(String, String, f64)>, Ran) {
    bench.write("t.csv", text);
    let ran = bench.run(&[&["forecast", "traps", "--readings", "t.csv", "--out", "o", "--lang", "en", "--quiet"], more].concat());
    assert!(ran.code < 2, "{}", ran.stderr);
    let found = rows(&bench.read("o/peaks.csv"));
    (found.iter().map(|row| (row["species"].clone(), row["peak"].clone(), number(row, "count"))).collect(), ran)
}

#[test]
fn catches_by_hour_by_turn_and_of_counters_come_to_those_of_nights() {
    let bench = Bench::new();
    let peak = vec![("Rầy nâu".to_owned(), "2024-04-04".to_owned(), 240.0)];
    let head = "trạm,loài,loại bẫy,ngày,số con\n";
    let of =
        |row: &dyn Fn(&str, u32) -> String| season().iter().map(|(day, count)| row(&day.to_string(), *count)).collect::<String>();
    let nights = format!("{head}{}", of(&|day, count| format!("B1,Rầy nâu,tự động,{day},{count}\n")));
    assert_eq!(peaks(&bench, &nights, &[]).0, peak);
    let hours = format!(
        "trạm,loài,loại bẫy,thời gian,số con\n{}",
        of(&|day, count| (0..4)
            .map(|n| format!("B1,Rầy nâu,tự động,{day} {}:00,{}\n", 18 + n, if n == 0 { count - 3 } else { 1 }))
            .collect())
    );
    assert_eq!(peaks(&bench, &hours, &[]).0, peak);
    // From six in the evening to five in the morning: the night is that of its evening.
    let through = format!(
        "trạm,loài,loại bẫy,thời gian,số con\n{}",
        season()
            .iter()
            .flat_map(|(day, count)| {
                let next = day.succ_opt().expect("a day");
                [format!("B1,Rầy nâu,tự động,{day} 19:00,{}\n", count - 3), format!("B1,Rầy nâu,tự động,{next} 02:00,3\n")]
            })
            .collect::<String>()
    );
    assert_eq!(peaks(&bench, &through, &[]).0, peak);
    assert!(bench.read("o/problems.csv").contains("counts for the night before"));
    let turns = format!(
        "trạm,loài,loại bẫy,ngày,ca,số con\n{}",
        of(&|day, count| format!("B1,Rầy nâu,thủ công,{day},tối,{}\nB1,Rầy nâu,thủ công,{day},sáng,{}\n", count / 2, count / 2))
    );
    assert_eq!(peaks(&bench, &turns, &[]).0, peak);
    let mut sum = 0;
    let counts: String = season()
        .iter()
        .map(|(day, count)| {
            sum += count;
            format!("B1,Rầy nâu,tự động,{day},{sum}\n")
        })
        .collect();
    let (found, ran) = peaks(&bench, &format!("{head}{counts}"), &[]);
    assert_eq!(found, peak);
    assert!(bench.read("o/problems.csv").contains("taken for a counter"), "{}", ran.stderr);
    // Whoever says that they are no counter is obeyed: numbers that only grow have no peak but their last.
    let (found, _) = peaks(&bench, &format!("{head}{counts}"), &["--cumulative", "false"]);
    assert!(!found.iter().any(|(_, day, _)| day == "2024-04-04"), "{found:?}");
    // Two numbers of a night that nothing tells apart are refused.
    bench.write("t.csv", format!("{head}B1,Rầy nâu,thủ công,2024-04-04,20\nB1,Rầy nâu,thủ công,2024-04-04,5\n"));
    let ran = bench.run(&["forecast", "traps", "--readings", "t.csv", "--out", "p", "--lang", "en"]);
    assert!(ran.code == 2 && ran.stderr.contains("row 2 has this day already"), "{}", ran.stderr);
}

#[test]
fn species_across_are_read_and_new_proposes_readings() {
    let bench = Bench::new();
    let of =
        |row: &dyn Fn(&str, u32) -> String| season().iter().map(|(day, count)| row(&day.to_string(), *count)).collect::<String>();
    let wide = format!("Ngày,Bẫy,Rầy nâu,Sâu cuốn lá\n{}", of(&|day, count| format!("{day},B1,{count},{}\n", count / 10)));
    let (found, _) = peaks(&bench, &wide, &[]);
    assert!(found.contains(&("Rầy nâu".to_owned(), "2024-04-04".to_owned(), 240.0)), "{found:?}");
    let by_commune = format!(
        "Mã xã,Tên xã,Ngày,Rầy nâu (con/đêm),Sâu cuốn lá (con/đêm)\n{}",
        of(&|day, count| format!("29950,Xã 0,{day},{count},0\n29951,Xã 1,{day},{},0\n", count / 2))
    );
    bench
        .write("xa.geojson", communes_in_a_row(3))
        .write("bay.csv", by_commune)
        .write("cam-bien.csv", table("Date,Time,Temp (°C),RH (%)", |d, h, v| format!("{d:02}/04/2024,{h:02}:00,{v},80")));
    let made = bench.run(&["new", "p", "xa.geojson", "bay.csv", "cam-bien.csv"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let text = bench.read("p/ruong.toml");
    assert_eq!(text.matches("kind = \"readings\"").count(), 2, "{text}");
    bench.write(
        "p/ruong.toml",
        format!("{text}\n[[outputs]]\nid = \"bd\"\nkind = \"traps\"\n[[outputs]]\nid = \"cb\"\nkind = \"sensors\"\n"),
    );
    let ran = bench.run(&["build", "p", "--only", "outputs", "--format", "svg", "--quiet"]);
    assert_eq!(ran.code, 0, "{}\n{text}", ran.stderr);
    // Both communes together: the geometric mean of 240 and 120, of counts plus one.
    let peak = &rows(&bench.read("p/out/outputs/bd/peaks.csv"))[0];
    assert_eq!((peak["species"].as_str(), peak["peak"].as_str()), ("Rầy nâu", "2024-04-04"));
    assert!((number(peak, "count") - ((241.0f64 * 121.0).sqrt() - 1.0)).abs() < 1e-9, "{peak:?}");
    assert_eq!(rows(&bench.read("p/out/outputs/cb/latest.csv")).len(), 2);
    // A trap that is called like a commune stands there.
    let windows = bench.read("p/out/outputs/bd/windows.csv");
    assert!(rows(&windows).iter().any(|row| row["code"] == "29950"), "{windows}");
    assert!(bench.read("p/out/problems.csv").contains("đặt ở giữa xã"));
}

#[test]
fn a_declared_decimal_sign_settles_what_the_numbers_do_not() {
    let bench = Bench::new();
    bench.write("a.csv", "trạm,chỉ tiêu,ngày,giá trị\nT1,EC,01/04/2024,1.234\n");
    let refused = bench.run(&["sensors", "--readings", "a.csv", "--out", "o", "--lang", "en", "--quiet"]);
    assert!(refused.code == 2 && refused.stderr.contains("1.234"), "{}", refused.stderr);
    let (latest, _) = sensors(&bench, "a.csv", &["--decimal", "."]);
    assert!((number(&latest["EC"], "value") - 1.234).abs() < 1e-12, "{latest:?}");
}

/// CO2 is no catch of a light trap: a quantity without a name here stands beside ones that are known, or has a unit that no catch has.
#[test]
fn unknown_quantities_are_measured_and_not_added() {
    let bench = Bench::new();
    bench.write("xa.geojson", communes_in_a_row(2));
    let table = |beside: bool| {
        let mut text = "trạm,chỉ tiêu,thời gian,giá trị\n".to_owned();
        for hour in 0..24 {
            let name = if beside { "CO2" } else { "CO2 (ppm)" };
            text.push_str(&format!("T1,{name},2024-04-08 {hour:02}:00,{}\n", 400 + hour % 3));
            if beside {
                text.push_str(&format!("T1,Nhiệt độ (°C),2024-04-08 {hour:02}:00,{}\n", 25 + hour % 4));
            }
        }
        text
    };
    for beside in [true, false] {
        bench.write("s.csv", table(beside));
        bench.write(
            "ruong.toml",
            "version = 1\n[communes]\nfile = \"xa.geojson\"\n[[tables]]\nid = \"cb\"\nkind = \"readings\"\nfile = \"s.csv\"\n\
             [[outputs]]\nid = \"cb\"\nkind = \"sensors\"\n",
        );
        let ran = bench.run(&["build", ".", "--only", "outputs", "--quiet"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let latest = rows(&bench.read("out/outputs/cb/latest.csv"));
        let of = latest.iter().find(|row| row["quantity"].starts_with("CO2")).expect("CO2");
        assert_eq!(number(of, "value"), 402.0, "{latest:?}");
    }
}
