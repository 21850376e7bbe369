//! What every picture must say about its numbers, beside the note of the project.

use crate::message;
use crate::model::Joined;
use crate::values::Lang;

/// The note of a project with what every picture must say about its numbers.
pub fn note(own: &str, joined: &Joined, lang: Lang) -> String {
    let mut words: Vec<String> = Vec::new();
    let forecasts = joined.forecasts.as_ref();
    if let Some(used) = forecasts.and_then(|forecasts| forecasts.thresholds.as_ref()) {
        let name = used.name.get(lang);
        words.push(message!("Mức nhiễm theo {name}", "Severity by {name}").get(lang).to_owned());
        if !used.unverified.is_empty() {
            let pests = used.unverified.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            let mark = message!("Ngưỡng chưa đối chiếu văn bản: {pests}", "Thresholds not verified: {pests}");
            words.push(mark.get(lang).to_owned());
        }
    }
    if forecasts.is_some_and(|forecasts| !forecasts.areas.is_empty() && forecasts.pests.len() > 1) {
        let largest = message!(
            "Diện tích nhiễm báo cáo: lấy loại có diện tích nhiễm lớn nhất trong xã, không cộng các sâu bệnh",
            "Reported infested areas: the largest of any pest, never their sum"
        );
        words.push(largest.get(lang).to_owned());
    }
    let all: Vec<String> = [own.to_owned()].into_iter().filter(|note| !note.is_empty()).chain(words).collect();
    all.join(". ")
}
