//! The finding of a measure: its facts gathered from all periods, for the sentence over a picture.

use crate::measures::find;
use crate::measures::list::LINKED_AT_RISK_HA;
use crate::message;
use crate::model::{Measured, When};
use crate::project::MeasureKey;
use crate::render::RenderContext;
use crate::run::{Fault, Place, Result};
use crate::values::Period;
use crate::words::Headline;
use crate::words::headlines::{Facts, Since, of_level};

impl RenderContext<'_> {
    /// How long before the reporting period another one is.
    pub fn since(&self, when: When) -> Since {
        self.since_in(None, when)
    }

    /// How long before a week, or before the reporting period, the one is that it is compared with.
    pub fn since_in(&self, week: Option<Period>, when: When) -> Since {
        let periods = week.map_or_else(|| self.joined.periods.clone(), |week| self.joined.periods.as_of(week));
        let days = periods.get(When::Current).zip(periods.get(when)).map_or(0, |(now, then)| (now.from - then.from).num_days());
        Since::of(when, days)
    }

    /// Whether a measure has a value of its own in each week; contracts, registers and indicators are as they are.
    ///
    /// # Errors
    /// It has none: pages of weeks would all show the same.
    pub fn must_move(&self, measure: &str) -> Result<()> {
        if find(measure).is_some_and(|known| known.needs.forecasts) {
            return Ok(());
        }
        let place = Place { value: measure.to_owned(), ..Place::default() };
        Err(Fault::new(
            "not-by-week",
            place,
            message!(
                "\"{measure}\" không có số riêng của từng tuần: mọi tuần sẽ như nhau",
                "\"{measure}\" has no numbers of single weeks: all weeks would be the same"
            ),
        )
        .hint(message!(
            "bỏ for_each = \"week\" hoặc \"weeks\"; hay đổi \"period\" rồi chạy lại",
            "leave for_each = \"week\" or weeks out; or change the period and run again"
        )))
    }

    /// The same of measures beside the first. What has no time may stand beside what moves; a register has the numbers of the reporting
    /// period.
    ///
    /// # Errors
    /// One of them is of a register.
    pub fn must_not_be_of_registers<'m>(&self, measures: impl IntoIterator<Item = &'m str>) -> Result<()> {
        measures.into_iter().filter(|measure| self.joined.is_of_register(measure)).try_for_each(|measure| self.must_move(measure))
    }

    /// The measure that is this one in per cent of its whole, where the project has what it needs.
    pub fn share_of(&self, key: &MeasureKey, week: Option<Period>) -> Option<Measured> {
        self.related(find(&key.measure)?.share?, key, week)
    }

    /// The measure that this one is a part of.
    pub fn whole_of(&self, key: &MeasureKey, week: Option<Period>) -> Option<Measured> {
        self.related(find(&key.measure)?.whole?, key, week)
    }

    fn related(&self, id: &str, key: &MeasureKey, week: Option<Period>) -> Option<Measured> {
        let plain = key.severity.is_none() && key.enterprise.is_none();
        let available = find(id).is_some_and(|measure| measure.available(self.joined));
        (plain && available).then(|| self.measured(&MeasureKey { measure: id.to_owned(), ..key.clone() }, week).ok()).flatten()
    }

    /// The finding of a measure over all communes, or in one of them.
    pub fn finding(&self, key: &MeasureKey, now: &Measured, week: Option<Period>, focus: Option<usize>) -> Result<Headline> {
        let before = if week.is_none() { self.compared(key, When::Previous)? } else { None };
        let share = self.share_of(key, week);
        let at_risk = key.measure == LINKED_AT_RISK_HA.id && key.pest.is_none() && key.enterprise.is_none();
        let unsurveyed = match (at_risk, self.whole_of(key, week).and_then(|whole| whole.total.number())) {
            (true, Some(linked)) => linked - self.accounts(week)?.whole(None).linked_surveyed_ha,
            _ => 0.0,
        };
        let facts = Facts {
            now,
            names: &self.joined.communes.names,
            before: before.as_ref(),
            since: self.since(When::Previous),
            share: share.as_ref(),
            unsurveyed,
            focus,
        };
        Ok(of_level(&facts, self.lang()))
    }
}
