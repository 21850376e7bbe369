//! What a picture of infested land must say about its numbers.

use crate::measures::estimates;
use crate::message;
use crate::model::Joined;
use crate::values::text::fold;
use crate::values::{Lang, Message};

/// What must be said of numbers of one pest, or of all. `each_pest`: every pest has numbers of its own.
pub fn caveats(joined: &Joined, pest: Option<&str>, each_pest: bool, lang: Lang) -> Vec<String> {
    let Some(forecasts) = joined.forecasts.as_ref() else { return Vec::new() };
    let mut words: Vec<String> = Vec::new();
    if let Some(used) = forecasts.thresholds.as_ref() {
        let name = used.name.get(lang);
        words.push(message!("Mức nhiễm theo {name}", "Severity by {name}").get(lang).to_owned());
        let shown = |name: &&str| pest.is_none_or(|pest| fold(pest) == fold(name));
        let pests: Vec<&str> = used.unverified.iter().map(String::as_str).filter(shown).collect();
        if !pests.is_empty() {
            let pests = pests.join(", ");
            let mark = message!("Ngưỡng chưa đối chiếu văn bản: {pests}", "Thresholds not verified: {pests}");
            words.push(mark.get(lang).to_owned());
        }
    }
    if pest.is_none() && !each_pest && !forecasts.areas.is_empty() && forecasts.pests.len() > 1 {
        let largest = message!(
            "Diện tích nhiễm báo cáo: lấy loại có diện tích nhiễm lớn nhất trong xã, không cộng các sâu bệnh",
            "Reported infested areas: the largest of any pest, never their sum"
        );
        words.push(largest.get(lang).to_owned());
    }
    if !forecasts.from_print.is_empty() {
        let periods: Vec<&str> = forecasts.from_print.iter().map(|when| when.title(lang)).collect();
        let periods = periods.join(", ");
        words.push(message!("Theo số in trong thông báo: {periods}", "As printed in the notice: {periods}").get(lang).to_owned());
    }
    words
}

/// How contracts at risk are estimated from communes alone.
pub fn estimate(joined: &Joined) -> Message {
    if estimates::know_sown_land(joined) {
        message!(
            "Liên kết có nguy cơ là ước tính từ số liệu xã (không có thửa): ít nhất LK + nhiễm − gieo trồng, nhiều nhất min(LK, nhiễm)",
            "Contracts at risk are estimated by commune (no fields): at least contracts + infested − sown, at most min(contracts, infested)"
        )
    } else {
        message!(
            "Liên kết có nguy cơ là ước tính nhiều nhất: min(liên kết, nhiễm mức trung bình trở lên); cần diện tích gieo trồng để có khoảng",
            "Contracts at risk are the highest estimate, min(contracts, infested at medium or worse); a range needs the hectares sown"
        )
    }
}
