//! Registers of outbreaks as offices, WAHIS and ADIS keep them: several rows of one outbreak, orders of dates, ways of writing a place.

mod common;

use common::{Bench, Ran, collection, communes_in_a_row, feature, number, rows, square};

/// Zones of 1 km: how many outbreaks each radius has, and the communes within.
fn zones(bench: &Bench, register: &str, more: &[&str]) -> (u32, Vec<String>, Ran) {
    bench.write("o.csv", register);
    let own = [
        "zones",
        "--outbreaks",
        "o.csv",
        "--communes",
        "xa.geojson",
        "--radius-km",
        "1",
        "--exact",
        "--out",
        "z",
        "--lang",
        "en",
        "--quiet",
    ];
    let ran = bench.run(&[&own, more].concat());
    if ran.code == 2 {
        return (0, Vec::new(), ran);
    }
    let count = rows(&bench.read("z/zones.csv")).iter().map(|row| row["outbreaks"].parse::<u32>().unwrap_or(0)).sum();
    let communes = rows(&bench.read("z/communes.csv")).iter().map(|row| row["name"].clone()).collect();
    (count, communes, ran)
}

fn rates(bench: &Bench) -> [f64; 4] {
    let ran = bench.run(&["outbreaks", "rates", "--outbreaks", "o.csv", "--communes", "xa.geojson", "--out", "r", "--quiet"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    let found = rows(&bench.read("r/rates.csv"));
    let sum = |column: &str| found.iter().map(|row| row[column].parse::<f64>().unwrap_or(0.0)).sum();
    [sum("outbreaks"), sum("sick"), sum("dead"), sum("destroyed")]
}

#[test]
fn species_are_parts_of_an_outbreak_and_later_reports_take_the_place_of_earlier_ones() {
    let bench = Bench::new();
    bench.write("xa.geojson", communes_in_a_row(3));
    // Headings of WAHIS: two outbreaks, the first with rows of two species.
    let (count, _, ran) = zones(
        &bench,
        "disease_eng,outbreak_id,Outbreak_start_date,Outbreak_end_date,Longitude,Latitude,Species,susceptible,cases,dead,killed_disposed\n\
         African swine fever,90001,2024-04-02,,105.05,10.05,Swine,100,5,3,92\n\
         African swine fever,90001,2024-04-02,,105.05,10.05,Wild boar,10,1,1,0\n\
         African swine fever,90002,2024-04-03,,105.15,10.05,Swine,50,4,2,40\n",
        &[],
    );
    assert_eq!(count, 2, "{}", ran.stderr);
    assert!(bench.read("z/problems.csv").contains("2 rows are of 1 outbreaks"));
    assert_eq!(rates(&bench), [2.0, 10.0, 6.0, 132.0]);
    // Only one species: the other rows are no part.
    let only = bench.run(&[
        "zones",
        "--outbreaks",
        "o.csv",
        "--communes",
        "xa.geojson",
        "--radius-km",
        "1",
        "--species",
        "Wild boar",
        "--out",
        "z",
        "--quiet",
    ]);
    assert!(only.code < 2, "{}", only.stderr);
    assert_eq!(rows(&bench.read("z/zones.csv"))[0]["outbreaks"], "1");
    // Follow-ups whose numbers add up over time, in any order of rows.
    let mut lines = [
        "ÔD-7,1,Dịch tả heo châu Phi,03/06/2024,05/06/2024,105.05,10.05,20,3,1",
        "ÔD-7,2,Dịch tả heo châu Phi,03/06/2024,11/06/2024,105.05,10.05,20,8,4",
        "ÔD-7,3,Dịch tả heo châu Phi,03/06/2024,17/06/2024,105.05,10.05,20,20,20",
        "ÔD-8,1,Dịch tả heo châu Phi,07/06/2024,09/06/2024,105.15,10.05,150,12,6",
    ];
    for _ in 0..2 {
        let text = format!(
            "mã ổ dịch,lần báo cáo,bệnh,ngày khởi phát,ngày báo cáo,kinh độ,vĩ độ,tổng đàn,số mắc,số chết\n{}\n",
            lines.join("\n")
        );
        let (count, _, ran) = zones(&bench, &text, &[]);
        assert_eq!((count, rates(&bench)[..3].to_vec()), (2, vec![2.0, 32.0, 26.0]), "{}", ran.stderr);
        assert!(!bench.read("z/problems.csv").contains("report-falls"));
        lines.reverse();
    }
    // A later report that says less, and one id at two places, are doubts that are listed.
    let (count, ..) = zones(
        &bench,
        "mã ổ dịch,bệnh,ngày khởi phát,ngày báo cáo,kinh độ,vĩ độ,số mắc\nA,Dịch tả heo châu Phi,03/06/2024,05/06/2024,105.05,10.05,9\n\
         A,Dịch tả heo châu Phi,03/06/2024,11/06/2024,105.05,10.05,4\nB,Dịch tả heo châu Phi,13/06/2024,15/06/2024,105.05,10.05,1\n\
         B,Dịch tả heo châu Phi,13/06/2024,16/06/2024,105.15,10.05,1\n",
        &[],
    );
    let problems = bench.read("z/problems.csv");
    assert_eq!(count, 3, "{problems}");
    assert!(problems.contains("a later report states less") && problems.contains("name other diseases or places"), "{problems}");
}

#[test]
fn an_adis_file_is_a_register_and_ends_outbreaks() {
    let bench = Bench::new();
    bench.write("xa.geojson", communes_in_a_row(3));
    let text = "\"n\",\"ADIS Reference\",\"Region\",\"Code region\",\"Latitude\",\"Longitude\",\"Species\",\"HPAI strain\",\"Confirmation date\",\"Extinction date\"\n\
        1,\"IT-1\",\"VENETO\",5,10.05,105.05,\"Meat turkey\",\"H5N1\",2021-10-19,2021-10-22\n\
        2,\"IT-2\",\"VENETO\",5,10.05,105.15,\"Meat turkey\",\"H5N1\",2021-10-23,2021-11-25\n";
    let (count, ..) = zones(&bench, text, &["--to", "2021-11-08"]);
    assert_eq!(count, 1);
    let made = bench.run(&["new", "p", "xa.geojson", "o.csv"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    assert!(bench.read("p/ruong.toml").contains("kind = \"outbreaks\""), "{}", bench.read("p/ruong.toml"));
}

#[test]
fn a_file_of_empres_is_a_register() {
    let bench = Bench::new();
    bench.write("xa.geojson", communes_in_a_row(3));
    let text = "Event ID,Disease,Serotypes,Country,Locality,Latitude,Longitude,Animal type,Species,Observation date (dd/mm/yyyy),Report date (dd/mm/yyyy),Humans affected\n\
        340001,Influenza - Avian,H5N1 HPAI,Viet Nam,A,10.05,105.05,Domestic,Domestic Chicken,03/04/2024,05/04/2024,\n\
        340002,African swine fever,,Viet Nam,B,10.05,105.15,Domestic,Swine,04/04/2024,06/04/2024,\n";
    let (count, communes, ran) = zones(&bench, text, &[]);
    assert_eq!((count, communes.len()), (2, 2), "{}", ran.stderr);
    assert!(!bench.read("z/problems.csv").contains("not known"), "{}", bench.read("z/problems.csv"));
    let made = bench.run(&["new", "p", "xa.geojson", "o.csv"]);
    assert!(made.code == 0 && bench.read("p/ruong.toml").contains("kind = \"outbreaks\""), "{}", bench.read("p/ruong.toml"));
}

#[test]
fn one_order_of_day_and_month_holds_for_a_file() {
    let bench = Bench::new();
    bench.write("xa.geojson", communes_in_a_row(3));
    // Onsets alone would be the 4th of January to June; 04/13 proves that months come first.
    let text = "onset,reported,disease,lon,lat,herd,sick\n04/01/2024,04/13/2024,ASF,105.05,10.05,100,10\n04/02/2024,04/14/2024,ASF,105.06,10.05,100,10\n";
    bench.write("o.csv", text);
    let ran = bench.run(&["outbreaks", "curve", "--outbreaks", "o.csv", "--out", "c", "--lang", "en", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = rows(&bench.read("c/curve.csv"));
    let first = found.iter().find(|row| row["outbreaks"] != "0").expect("a week");
    assert_eq!((first["week"].as_str(), first["outbreaks"].as_str()), ("2024-04-01", "2"));
    assert!(bench.read("c/problems.csv").contains("month/day/year"));
}

#[test]
fn places_are_read_in_whatever_way_they_are_written() {
    let bench = Bench::new();
    bench.write("xa.geojson", communes_in_a_row(3));
    // 105.15, 10.05 in the second commune; in metres by an independent computation (PROJ, EPSG:4326 to EPSG:5897 over EPSG:6960).
    let head = |place: &str| format!("{place},bệnh,ngày khởi phát\n");
    let rest = "Dịch tả heo châu Phi,01/04/2024\n";
    let cases: [(&str, String, &[&str]); 6] = [
        ("plain", format!("{}105.15,10.05,{rest}", head("lon,lat")), &[]),
        ("sexagesimal", format!("{}\"105°09'00\"\"E\",\"10°03'00\"\"N\",{rest}", head("lon,lat")), &[]),
        ("one cell", format!("{}\"10.05, 105.15\",{rest}", head("tọa độ")), &[]),
        ("VN-2000", format!("{}516245.97,1111389.50,{rest}", head("x,y")), &["--crs", "EPSG:5897"]),
        ("VN-2000, X to the north", format!("{}1111389.50,516245.97,{rest}", head("x,y")), &["--crs", "EPSG:5897"]),
        ("one cell with a comma", format!("{}\"10,05; 105,15\",{rest}", head("vị trí")), &[]),
    ];
    for (name, text, more) in cases {
        let (count, communes, ran) = zones(&bench, &text, more);
        assert_eq!((count, communes), (1, vec!["Xã 1".to_owned()]), "{name}: {}", ran.stderr);
        if name.contains("north") {
            assert!(bench.read("z/problems.csv").contains("northings"), "{name}");
        }
    }
    // What is no position stays where it was, and is listed.
    let (count, _, ran) = zones(&bench, &format!("{}\"105°79'00\"\"E\",\"10°03'00\"\"N\",{rest}", head("lon,lat")), &[]);
    assert_eq!(count, 0, "{}", ran.stderr);
    assert!(bench.read("z/problems.csv").contains("not a position"));
}

#[test]
fn a_layer_of_several_is_chosen_by_every_command() {
    let bench = Bench::new();
    let folder = |name: &str, x: f64| {
        format!(
            "<Folder><name>{name}</name><Placemark><name>Xã {name}</name><Polygon><outerBoundaryIs><LinearRing><coordinates>\
             {x},10 {e},10 {e},10.1 {x},10.1 {x},10</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Folder>",
            e = x + 0.2
        )
    };
    let kml = format!(
        "<?xml version=\"1.0\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>{}{}</Document></kml>",
        folder("cu", 105.0),
        folder("moi", 105.1)
    );
    bench
        .write("hai.kml", kml)
        .write("o.csv", "lon,lat,bệnh,ngày khởi phát\n105.15,10.05,Dịch tả heo châu Phi,01/04/2024\n")
        .write("t.csv", "xã,ha\nXã moi,5\n")
        .write("xa.geojson", collection(&[feature("\"code\":\"1\",\"name\":\"Xã moi\"", &square(105.1, 10.0, 105.3, 10.1))]));
    let own = [
        "zones",
        "--outbreaks",
        "o.csv",
        "--communes",
        "hai.kml",
        "--radius-km",
        "1",
        "--exact",
        "--out",
        "z",
        "--lang",
        "en",
        "--quiet",
    ];
    let refused = bench.run(&own);
    assert!(refused.code == 2 && refused.stderr.contains("cu, moi"), "{}", refused.stderr);
    let ran = bench.run(&[&own[..], &["--layer", "moi"]].concat());
    assert!(ran.code < 2, "{}", ran.stderr);
    assert_eq!(rows(&bench.read("z/communes.csv"))[0]["name"], "Xã moi");
    let names = bench.run(&["match", "t.csv", "--communes", "hai.kml", "--layer", "moi", "--json"]);
    assert!(names.code == 0 && names.stdout.contains("\"matched\":1"), "{}{}", names.stdout, names.stderr);
    let ran = bench.run(&["crosswalk", "--from", "hai.kml", "--to", "xa.geojson", "--from-layer", "cu", "--out", "x"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    // Half of the old unit lies in the new one.
    let share: f64 = rows(&bench.read("x/units.csv"))
        .iter()
        .filter(|row| row["new_code"] == "1")
        .map(|row| number(row, "share_old_area"))
        .sum();
    assert!((share - 0.5).abs() < 1e-6, "{}", bench.read("x/units.csv"));
}

/// Ducks fall ill, and the register of herds has pigs: nobody is at risk that it knows of.
#[test]
fn rates_are_not_over_animals_that_do_not_get_the_disease() {
    let bench = Bench::new();
    bench.write("xa.geojson", communes_in_a_row(2));
    bench.write(
        "o.csv",
        "ngày khởi phát,bệnh,mã xã,số mắc,số chết\n2024-04-02,Cúm gia cầm,29950,50,40\n2024-04-03,Cúm gia cầm,29951,30,30\n",
    );
    let rates = |herds: &str| {
        bench.write("h.csv", herds);
        let own = ["outbreaks", "rates", "--outbreaks", "o.csv", "--column", "commune=mã xã", "--communes", "xa.geojson"];
        let more = ["--herds", "h.csv", "--herds-column", "commune=mã xã", "--until", "2024-04-10", "--out", "r", "--quiet"];
        let ran = bench.run(&[&own[..], &more].concat());
        assert!(ran.code < 2, "{}", ran.stderr);
        rows(&bench.read("r/rates.csv"))
    };
    let of_ducks = rates("mã xã,loài,tổng đàn\n29950,Vịt,400\n29951,Vịt,100\n");
    assert_eq!([number(&of_ducks[0], "attack_pct"), number(&of_ducks[1], "attack_pct")], [12.5, 30.0]);
    let of_pigs = rates("mã xã,loài,tổng đàn\n29950,Heo thịt,400\n29951,Lợn nái,100\n");
    assert!(!of_pigs[0].contains_key("attack_pct") && number(&of_pigs[0], "sick") == 50.0, "{of_pigs:?}");
    assert!(bench.read("r/problems.csv").contains("sổ đàn không có loài nào mắc Cúm gia cầm"));
    // A word that does not tell the animal stands for any.
    let of_any = rates("mã xã,loài,tổng đàn\n29950,Vật nuôi,400\n29951,Vật nuôi,100\n");
    assert_eq!(number(&of_any[0], "attack_pct"), 12.5);
}

#[test]
fn outbreaks_that_are_over_by_word_are_not_active_and_unread_columns_are_named() {
    let bench = Bench::new();
    bench.write("xa.geojson", communes_in_a_row(2));
    let register = "ngày khởi phát,bệnh,longitude,latitude,Tình trạng,Mật độ nuôi,Ngày họp\n\
        2024-04-02,LMLM,105.05,10.05,Đã công bố hết dịch,12,2024-04-09\n2024-04-03,LMLM,105.15,10.05,Đang xử lý,9,2024-04-09\n\
        2024-04-04,LMLM,105.16,10.05,Chưa hết dịch,8,2024-04-09\n";
    let (count, _, ran) = zones(&bench, register, &["--until", "2024-04-10"]);
    assert_eq!(count, 2, "{}", ran.stderr);
    let problems = bench.read("z/problems.csv");
    assert!(problems.contains("1 rows are said to be over without a day"), "{problems}");
    assert!(problems.contains("Mật độ nuôi,,this column of figures is not read"), "{problems}");
    assert!(problems.contains("Ngày họp,,this column of days is not read"), "{problems}");
    // Before the last day that the register speaks of nobody knew.
    let (count, _, ran) = zones(&bench, register, &["--until", "2024-04-03"]);
    assert_eq!(count, 2, "{}", ran.stderr);
}
