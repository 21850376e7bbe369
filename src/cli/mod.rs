//! Arguments, one file per command, and the exit code. No domain logic.

mod build;
mod bulletin;
mod check;
mod classify;
mod completions;
mod crosswalk;
mod forecast;
mod frame;
mod give;
mod hotspots;
mod inputs;
mod match_names;
mod new;
mod outbreaks;
mod outputs;
mod readings;
mod registers;
mod scales;
mod sensors;
mod slides;
mod watch;
mod worklist;
mod zonal;
mod zones;

use crate::console::printed::{code, not_printed, print};
use crate::console::{help, report, terminal, usage, version};
use crate::message;
use crate::project::Scheme;
use crate::run::Fault;
use crate::values::Lang;
use clap::{FromArgMatches, Parser, Subcommand, ValueEnum};
use frame::Frame;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

/// Bản đồ và biểu đồ nông nghiệp cho cuộc họp: ranh giới + dự báo sâu bệnh + diện tích liên kết.
/// (Maps and charts for the meeting: boundaries, pest forecasts and linked production.)
#[derive(Debug, Parser)]
#[command(name = "ruong", version, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    frame: Frame,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Đọc, nối, tính, vẽ và ghi mọi kết quả (the whole pipeline)
    Build(BuildArguments),
    /// Đọc, nối và liệt kê mọi vấn đề, không ghi gì (reports every problem, writes nothing)
    Check(CheckArguments),
    /// Chia một cột số thành lớp, in JSON (classifies a column of numbers, prints JSON)
    Classify(ClassifyArguments),
    /// Chuyển số liệu từ đơn vị cũ sang đơn vị mới (values of old units for new ones)
    Crosswalk(crosswalk::CrosswalkArguments),
    /// Dự báo từ thời tiết: bệnh lúa, tích nhiệt (forecasts from weather: rice diseases, degree days)
    Forecast(forecast::ForecastArguments),
    /// Nơi số liệu tụ lại: Moran, G*, quét cụm, làm trơn tỷ lệ (where values cluster)
    Hotspots(hotspots::HotspotsArguments),
    /// Đối chiếu tên xã trong bảng với ranh giới (which names of a table are which communes)
    Match(match_names::MatchArguments),
    /// Xem các tệp và viết ruong.toml dựng được ngay (looks into files, writes a project file that builds)
    New(NewArguments),
    /// In phần tự hoàn thành lệnh cho bash, zsh, fish, PowerShell (prints completions for a shell)
    Completions(completions::CompletionsArguments),
    /// Dịch bệnh vật nuôi: đường cong dịch, tỷ lệ, nguy cơ lây lan (animal disease: curve, rates, spread)
    Outbreaks(outbreaks::OutbreaksArguments),
    /// Cảm biến đồng ruộng: số mới nhất, ngoài ngưỡng, biểu đồ (field sensors: latest values, out of range, charts)
    Sensors(sensors::SensorsArguments),
    /// Thang màu của dự án: giữ các mốc cố định (scales of a project: breaks that stay)
    Scales(scales::ScalesArguments),
    /// Mẫu trang chiếu của cơ quan (slide templates)
    Slides(slides::SlidesArguments),
    /// Các trường của mẫu thông báo (fields of a notice's template)
    Bulletin(bulletin::BulletinArguments),
    /// Dựng lại mỗi khi có tệp mới hoặc tệp đổi (builds again whenever a file is new or changes)
    Watch(watch::WatchArguments),
    /// Danh sách thửa cần phun, nặng trước: CSV, Excel, GeoJSON, KML (fields to spray, worst first)
    Worklist(worklist::WorklistArguments),
    /// Thống kê raster theo thửa hoặc xã (statistics of rasters within fields or communes)
    Zonal(zonal::ZonalArguments),
    /// Vùng dịch quanh các ổ đang hoạt động, xã và đàn trong vùng (zones around outbreaks, communes and animals inside)
    Zones(zones::ZonesArguments),
}

/// Arguments of `ruong new`.
#[derive(Debug, clap::Args)]
struct NewArguments {
    /// Thư mục của dự án mới (folder of the new project)
    folder: PathBuf,
    /// Tệp ranh giới và bảng số liệu, hoặc thư mục; mặc định là chính thư mục của dự án (boundary files and tables, or folders; the project's
    /// folder by default)
    files: Vec<PathBuf>,
    /// Lấy tiêu đề, đơn vị, quyết định về tên, thang màu từ một dự án cũ (takes over title, office, aliases and scales of a project)
    #[arg(long)]
    like: Option<PathBuf>,
    /// Ghi đè ruong.toml đã có (overwrite)
    #[arg(long)]
    force: bool,
}

/// Arguments of `ruong build`.
#[derive(Debug, clap::Args)]
struct BuildArguments {
    /// Tệp ruong.toml, hoặc thư mục chứa nó, hoặc thư mục có nhiều dự án; lặp lại được (project files, their folders, or a folder of them)
    #[arg(required = true)]
    projects: Vec<PathBuf>,
    /// Thư mục kết quả; nhiều dự án thì mỗi dự án một thư mục con (output folder; one below it for each of several projects)
    #[arg(long)]
    out: Option<PathBuf>,
    /// Chỉ làm các phần này (only these parts)
    #[arg(long, value_delimiter = ',')]
    only: Vec<Part>,
    /// Kỳ báo cáo thay cho kỳ trong dự án: latest, previous, 2024-W16 (reporting period in place of the project's)
    #[arg(long)]
    period: Option<String>,
    /// Dạng ảnh (picture formats)
    #[arg(long, value_delimiter = ',', default_values_t = [Format::Png, Format::Svg, Format::Pdf])]
    format: Vec<Format>,
    /// Thang xám và nét gạch thay cho màu, để in đen trắng (greys and hatches instead of colours)
    #[arg(long)]
    bw: bool,
    /// Số điểm ảnh mỗi inch của PNG (pixels an inch of PNG)
    #[arg(long)]
    dpi: Option<f32>,
    /// Vẽ lại cả những ảnh không đổi (draw unchanged pictures again)
    #[arg(long)]
    force: bool,
    /// In mọi loại vấn đề, không chỉ tóm tắt (every kind of problem, not only the summary)
    #[arg(long, short)]
    verbose: bool,
    /// In kết quả dạng JSON ra stdout (one JSON object on stdout)
    #[arg(long)]
    json: bool,
    /// Mã thoát 1 khi có vấn đề mức lỗi, như dòng không được tính (exit code 1 on any problem of level error)
    #[arg(long)]
    strict: bool,
}

/// Arguments of `ruong classify`.
#[derive(Debug, clap::Args)]
struct ClassifyArguments {
    /// Bảng CSV (CSV table)
    #[arg(long)]
    table: PathBuf,
    /// Cột số (column of numbers)
    #[arg(long, alias = "column")]
    value: String,
    /// Cách chia lớp (scheme)
    #[arg(long)]
    scheme: Scheme,
    /// Số lớp (number of classes)
    #[arg(long, default_value_t = 5)]
    classes: usize,
    /// Giới hạn trên của các lớp, với --scheme fixed (upper limits of classes)
    #[arg(long, value_delimiter = ',', allow_negative_numbers = true)]
    breaks: Vec<f64>,
    /// Dấu thập phân, nếu tệp không tự chứng minh: "." hay "," (decimal sign)
    #[arg(long)]
    decimal: Option<String>,
}

/// Arguments of `ruong check`.
#[derive(Debug, clap::Args)]
struct CheckArguments {
    /// Tệp ruong.toml, hoặc thư mục chứa nó (project file or its folder)
    project: PathBuf,
    /// In kết quả dạng JSON ra stdout (one JSON object on stdout)
    #[arg(long)]
    json: bool,
}

/// Parts of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    Tables,
    Maps,
    Charts,
    Pages,
    Outputs,
    Gis,
    Slides,
    Handout,
    Bulletin,
}

/// Picture formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Png,
    Svg,
    Pdf,
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Format::Png => "png",
            Format::Svg => "svg",
            Format::Pdf => "pdf",
        })
    }
}

/// What a command came to: exit code 0, 1 or 2.
enum Outcome {
    /// All that was asked for was written
    Complete,
    /// Some outputs could not be made
    Partial,
}

/// The definition of the whole command line as it is written: every text in both languages.
pub(crate) fn bilingual() -> clap::Command {
    <Arguments as clap::CommandFactory>::command()
}

/// The definition of the whole command line in one language.
pub fn definition(lang: Lang) -> clap::Command {
    help::in_language(bilingual(), lang).long_version(version::version(lang))
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let given: Vec<OsString> = std::env::args_os().collect();
    let words = frame::of_words(&given);
    let mut command = definition(words);
    let understood = command.try_get_matches_from_mut(&given).and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match understood {
        Ok(arguments) => arguments,
        Err(error) if !error.use_stderr() => {
            not_printed(error.print());
            return code(0, words);
        }
        Err(error) if error.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            not_printed(error.print());
            return code(2, words);
        }
        Err(error) => {
            let fault = usage::fault(&error, &command, &given);
            report::fault(&fault, words);
            if given.iter().any(|word| word == "--json") {
                print(&serde_json::json!({ "error": crate::run::Problem::from(fault).entry(words) }).to_string());
            }
            return code(2, words);
        }
    };
    for (old, new) in help::old_spellings(&command, &given) {
        terminal::tell(message!("{old} nay là {new}", "{old} is now {new}").get(words));
    }
    let (frame, lang) = (arguments.frame, arguments.frame.asked());
    let json = match &arguments.command {
        Command::Build(build) => build.json,
        Command::Check(check) => check.json,
        Command::Match(names) => names.json,
        _ => false,
    };
    if let Some(jobs) = frame.jobs {
        // Fails only if a pool exists already, and none does.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs.clamp(1, MOST_JOBS)).build_global();
    }
    let result = match arguments.command {
        Command::Build(build) => build::run(&build, frame),
        Command::Watch(arguments) => watch::run(&arguments, frame),
        Command::Check(check) => check::run(&check, frame),
        Command::New(new) => new::run(&new, frame),
        Command::Completions(arguments) => completions::run(&arguments, frame),
        Command::Scales(arguments) => scales::run(&arguments, frame),
        Command::Slides(arguments) => slides::run(&arguments, frame),
        Command::Bulletin(arguments) => bulletin::run(&arguments, frame),
        Command::Classify(classify) => classify::run(&classify, frame),
        Command::Match(names) => match_names::run(&names, frame),
        Command::Crosswalk(arguments) => crosswalk::run(&arguments, frame),
        Command::Forecast(forecast) => forecast::run(&forecast, frame),
        Command::Hotspots(hotspots) => hotspots::run(&hotspots, frame),
        Command::Outbreaks(outbreaks) => outbreaks::run(&outbreaks, frame),
        Command::Sensors(sensors) => sensors::run(&sensors, frame),
        Command::Worklist(worklist) => worklist::run(&worklist, frame),
        Command::Zonal(zonal) => zonal::run(&zonal, frame),
        Command::Zones(zones) => zones::run(&zones, frame),
    };
    match result {
        Ok(Outcome::Complete) => code(0, lang.unwrap_or_default()),
        Ok(Outcome::Partial) => code(1, lang.unwrap_or_default()),
        Err(fault) => {
            let (fault, project_lang): (Fault, Lang) = *fault;
            let lang = lang.unwrap_or(project_lang);
            report::fault(&fault, lang);
            if json {
                print(&serde_json::json!({ "error": crate::run::Problem::from(fault).entry(lang) }).to_string());
            }
            code(2, lang)
        }
    }
}

/// More threads than this only cost memory.
const MOST_JOBS: usize = 256;

/// A fault with the language of the project it stopped.
type Stopped = Box<(Fault, Lang)>;

/// Gives a fault its language.
fn stop(lang: Lang) -> impl Fn(Fault) -> Stopped {
    move |fault| Box::new((fault, lang))
}
