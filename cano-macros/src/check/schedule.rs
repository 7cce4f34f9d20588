use syn::LitStr;

use crate::{
    cron::{Fault, check},
    mistake::{Mistake, Mistakes},
    model::Workflow,
};

/// W0119
pub(super) fn it_fires(workflow: &Workflow, mistakes: &mut Mistakes) {
    let Some(schedule) = &workflow.schedule else { return };
    let expression = schedule.expression.value();
    if let Err(fault) = check(&expression) {
        let is_crontab = expression.split_whitespace().count() == 5;
        let note = match (&fault, is_crontab) {
            (Fault::Count(_), _) => None,
            (_, true) => Some("5 fields are a crontab's: minute, hour, day of month, month, day of week"),
            (_, false) => {
                Some("6 or 7 fields are second, minute, hour, day of month, month, day of week, year")
            }
        };
        let rule = format!("cron expression `{expression}`{}", fault.rule());
        let mistake = Mistake::at(&schedule.expression, rule).code("W0119").help(fault.help(is_crontab));
        mistakes.push(note.into_iter().fold(mistake, Mistake::note));
    }
    if let Some(zone) = schedule.zone.as_ref().filter(|zone| !has_form_of_a_zone(zone)) {
        mistakes.push(
            Mistake::at(zone, format!("`{}` is not the name of a time zone", zone.value()))
                .code("W0119")
                .help("write a name of the IANA database, as `Europe/Berlin`")
                .note("whether the database has it is found when the schedule is added"),
        );
    }
}

fn has_form_of_a_zone(zone: &LitStr) -> bool {
    zone.value().split('/').all(|part| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.chars().all(|c| c.is_ascii_alphanumeric() || ['_', '-', '+'].contains(&c))
    })
}
