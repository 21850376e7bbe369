//! What `ruong forecast weekly` and `ruong forecast evaluate` share: the history and its models.

use crate::forecast::weekly::history::{self, Columns, Combine};
use crate::forecast::weekly::models::{self, Model, REFERENCE};
use crate::forecast::weekly::{Panel, evaluate};
use crate::input::Source;
use crate::message;
use crate::readers::tables::{self, Form};
use crate::run::{Fault, Place, Problems, Progress, Result};
use crate::values::text::nearest;
use clap::ValueEnum;
use std::path::PathBuf;

/// A history and how to read it.
#[derive(Debug, clap::Args)]
pub(super) struct HistoryArguments {
    /// Bảng theo tuần: nơi, loài, tuần, số (table of weeks: unit, pest, week, number)
    #[arg(long)]
    history: PathBuf,
    /// Cột số cần dự báo (column to forecast)
    #[arg(long)]
    value: Option<String>,
    /// Cột địa điểm: mã xã, mã thửa, bẫy (column of units)
    #[arg(long)]
    unit: Option<String>,
    /// Cột sâu bệnh (column of pests)
    #[arg(long)]
    pest: Option<String>,
    /// Cột ngày hoặc tuần (column of days or weeks)
    #[arg(long)]
    date: Option<String>,
    /// Cột năm, khi tuần là một con số (column of years, beside --week)
    #[arg(long, requires = "week")]
    year: Option<String>,
    /// Cột số tuần (column of week numbers)
    #[arg(long, requires = "year")]
    week: Option<String>,
    /// Cột thời tiết hoặc số khác dùng để dự báo (columns of weather and other numbers)
    #[arg(long, value_delimiter = ',')]
    with: Vec<String>,
    /// Cột diện tích gieo trồng, dự báo không vượt quá (column of hectares sown, which forecasts do not exceed)
    #[arg(long)]
    sown_ha: Option<String>,
    /// Cột ngày sạ (column of sowing days)
    #[arg(long)]
    sown: Option<String>,
    /// Cách gộp nhiều dòng của một tuần (how rows of one week come together)
    #[arg(long, value_enum, default_value_t = Gather::Refuse)]
    combine: Gather,
    /// Bỏ những tuần giống hệt năm trước (take weeks that equal those of the year before as missing)
    #[arg(long)]
    drop_copied: bool,
    /// Mô hình: all, hoặc tên (models: all, or names)
    #[arg(long, value_delimiter = ',', default_value = "all")]
    models: Vec<String>,
    /// Số năm giữ lại để kiểm tra (years held out)
    #[arg(long, default_value_t = 5)]
    held_out: usize,
    /// Trang tính (sheet)
    #[arg(long)]
    sheet: Option<String>,
    /// Tệp CSV kết quả; không có thì in ra (CSV to write; printed without it)
    #[arg(long)]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Gather {
    /// Từ chối (refuse)
    Refuse,
    /// Cộng (add)
    Sum,
    /// Trung bình (mean)
    Mean,
    /// Lớn nhất (greatest)
    Max,
}

impl HistoryArguments {
    /// The file as the user wrote it.
    pub(super) fn file(&self) -> String {
        self.history.display().to_string()
    }

    pub(super) fn panel(&self, problems: &mut Problems) -> Result<Panel> {
        let source = Source::at(&self.history);
        let form = Form { sheet: self.sheet.clone(), ..Form::default() };
        let table = tables::read(&source, &form, problems)?;
        let columns = Columns {
            value: self.value.clone(),
            unit: self.unit.clone(),
            pest: self.pest.clone(),
            date: self.date.clone(),
            year: self.year.clone(),
            week: self.week.clone(),
            covariates: self.with.clone(),
            upper_bound: self.sown_ha.clone(),
            sown: self.sown.clone(),
            drop_copied: self.drop_copied,
            combine: match self.combine {
                Gather::Refuse => Combine::None,
                Gather::Sum => Combine::Sum,
                Gather::Mean => Combine::Mean,
                Gather::Max => Combine::Max,
            },
        };
        history::panel(&table, &columns, problems)
    }

    /// The models asked for, persistence always among them.
    pub(super) fn models(&self, panel: &Panel) -> Result<Vec<Box<dyn Model>>> {
        let mut ids: Vec<&str> = vec![REFERENCE];
        for id in &self.models {
            match id.as_str() {
                "all" => ids.extend(models::candidates(panel).iter().map(|model| model.id())),
                id => ids.push(id),
            }
        }
        let mut found: Vec<Box<dyn Model>> = Vec::new();
        for id in ids {
            if found.iter().any(|model| model.id() == id) {
                continue;
            }
            if models::lacks_weather(id, panel) {
                let message =
                    message!("{id} cần cột thời tiết, mà không có cột nào", "{id} needs columns of weather, and there are none");
                let fault = Fault::new("model-without-data", Place::default().column("--models").value(id), message);
                return Err(fault.hint(message!("thêm --with CỘT (cột thời tiết)", "add --with COLUMN (a column of weather)")));
            }
            found.push(models::named(id).ok_or_else(|| {
                let listed = models::ids().collect::<Vec<_>>().join(", ");
                let fault = Fault::new(
                    "unknown-model",
                    Place::default().column("--models").value(id),
                    message!("không có mô hình \"{id}\"; có: {listed}", "there is no model \"{id}\"; there are: {listed}"),
                );
                match nearest(id, models::ids()) {
                    Some(near) => fault.hint(message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?")),
                    None => fault,
                }
            })?);
        }
        Ok(found)
    }

    /// Years to score, and those rolled before them for the intervals of the first.
    pub(super) fn years(&self, panel: &Panel) -> (Vec<i32>, Vec<i32>) {
        evaluate::held_out(panel, self.held_out)
    }

    /// Forecasts the held-out years with every model.
    pub(super) fn roll(
        &self,
        panel: &Panel,
        models: &[Box<dyn Model>],
        years: &[i32],
        progress: &mut Progress,
    ) -> Vec<evaluate::Rolled> {
        let words = message!("dự báo lại các năm giữ lại để kiểm tra", "forecasting held-out years again");
        progress.stage("evaluate", (models.len() * years.len()) as u64, &words);
        let tick = progress.ticker();
        evaluate::roll(panel, models, years, &tick)
    }
}
