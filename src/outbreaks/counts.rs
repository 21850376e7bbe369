//! Numbers of one outbreak that cannot all be true: more sick than animals, more dead than sick.

use crate::message;
use crate::run::{Place, Problems};

/// Lists what contradicts: animals, sick, dead and destroyed ones; `place` is that of the column of a role.
pub fn check([herd, sick, dead, destroyed]: [Option<f64>; 4], place: &dyn Fn(&str) -> Place, problems: &mut Problems) {
    let pairs = [
        (sick, herd, "sick", "sick-over-herd", message!("số mắc lớn hơn tổng đàn", "more sick than animals")),
        (dead, herd, "dead", "dead-over-herd", message!("số chết lớn hơn tổng đàn", "more dead than animals")),
        (dead, sick, "dead", "dead-over-sick", message!("số chết lớn hơn số mắc", "more dead than sick")),
        (
            destroyed,
            herd,
            "destroyed",
            "destroyed-over-herd",
            message!("số tiêu hủy lớn hơn tổng đàn", "more destroyed than animals"),
        ),
    ];
    for (part, whole, role, code, message) in pairs {
        if let (Some(part), Some(whole)) = (part, whole)
            && part > whole
        {
            problems.warning(code, place(role).value(format!("{part} > {whole}")), message, None);
        }
    }
}
