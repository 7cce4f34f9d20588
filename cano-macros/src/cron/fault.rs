//! What is wrong with an expression.

use super::field::Field;

/// What is wrong with an expression.
#[derive(Debug)]
pub(crate) enum Fault {
    /// It has so many fields.
    Count(usize),
    /// A field cannot be read.
    Field { field: Field, text: String, why: Why },
    /// No date matches, because of this field.
    Never { field: Field, text: String },
}

/// Why a field cannot be read.
#[derive(Debug)]
pub(crate) enum Why {
    /// It begins or ends with `,`, `-` or `/`.
    HalfWritten,
    /// A value that the field does not have.
    OutOfRange(String),
    /// A range that ends before it begins.
    Backwards(String),
    /// A step that the field does not have.
    Step { step: String, most: u32 },
    /// Neither a number, nor a range, nor a name.
    Unreadable(String),
    /// A name of nothing in this field.
    Unnamed(String),
}

impl Fault {
    pub(super) fn at(field: Field, text: &str, why: Why) -> Self {
        Self::Field { field, text: text.to_owned(), why }
    }

    /// What is wrong, behind the expression's name.
    pub(crate) fn rule(&self) -> String {
        match self {
            Self::Count(1) => " has 1 field".to_owned(),
            Self::Count(found) => format!(" has {found} fields"),
            Self::Field { field, text, why } => {
                format!(": {} `{text}` cannot be read: {}", field.name(), why.text())
            }
            Self::Never { field, text } => {
                format!(" never fires: {} `{text}` leaves no date that exists", field.name())
            }
        }
    }

    /// What to write.
    pub(crate) fn help(&self, is_crontab: bool) -> String {
        match self {
            Self::Count(_) => {
                "write 5 as in a crontab (minute, hour, day of month, month, day of week), or 6 or 7 \
                               (second, minute, hour, day of month, month, day of week, year)"
                    .to_owned()
            }
            Self::Field { field, .. } => format!(
                "write `*`, a value, a list `a,b`, a range `a-b` or steps `*/n` of {}",
                field.allowed(is_crontab)
            ),
            Self::Never { field: Field::Year, .. } => {
                "write years that have the date, or leave the seventh field out".to_owned()
            }
            Self::Never { .. } => "write a day that the months have".to_owned(),
        }
    }
}

impl Why {
    fn text(&self) -> String {
        match self {
            Self::HalfWritten => "something is missing beside a `,`, `-` or `/`".to_owned(),
            Self::OutOfRange(value) => format!("`{value}` is not one of its values"),
            Self::Backwards(range) => format!("the range `{range}` ends before it begins"),
            Self::Step { step, most } => format!("a step is 1 to {most}, not `{step}`"),
            Self::Unreadable(item) => format!("`{item}` is neither a value nor a range"),
            Self::Unnamed(name) => format!("nothing is named `{name}` here"),
        }
    }
}
