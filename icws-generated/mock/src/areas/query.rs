//! What a list is asked for: which items, which of their properties, in which order,
//! and which page.

use std::cmp::Ordering;

use serde_json::Value;

use super::call::Call;
use crate::refusal::Refusal;

/// At most so many items are given when properties are selected.
const MOST: usize = 200;

/// The parameters of a list.
pub(super) struct Query {
    select: Vec<String>,
    conditions: Vec<Condition>,
    order: Vec<(Vec<String>, bool)>,
    /// The first item and the last.
    range: Option<(usize, usize)>,
}

/// No source tells the grammar of `where`. This server takes `path operator value`,
/// several of them joined by `and`.
struct Condition {
    path: Vec<String>,
    operator: Operator,
    value: String,
}

#[derive(Clone, Copy)]
enum Operator {
    Equal,
    Unequal,
    StartsWith,
    Contains,
}

const OPERATORS: &[(&str, Operator)] = &[
    ("eq", Operator::Equal),
    ("ne", Operator::Unequal),
    ("sw", Operator::StartsWith),
    ("ct", Operator::Contains),
];

/// A page of a list.
pub(super) struct Page {
    pub items: Vec<Value>,
    /// The `Content-Range`, if a range was asked for or not all items are there.
    pub range: Option<String>,
}

impl Query {
    pub fn read(call: &Call<'_>) -> Result<Self, Refusal> {
        let order = names(call.parameter("orderBy")).into_iter().map(|text| {
            let (path, direction) = text.split_once(' ').unwrap_or((&text, ""));
            (steps(path), direction.trim().eq_ignore_ascii_case("desc"))
        });
        let conditions = call.parameter("where").unwrap_or_default();
        let conditions = conditions.split(" and ").map(str::trim);
        let conditions = conditions.filter(|text| !text.is_empty()).map(condition);
        Ok(Query {
            select: names(call.parameter("select")),
            conditions: conditions.collect::<Result<_, _>>()?,
            order: order.collect(),
            range: call.parameter("Range").map(range).transpose()?,
        })
    }

    /// The items that are asked for.
    pub fn page<'i>(&self, items: impl Iterator<Item = &'i Value>) -> Page {
        let fits = |item: &&Value| self.conditions.iter().all(|condition| condition.fits(item));
        let mut items: Vec<&Value> = items.filter(fits).collect();
        items.sort_by(|one, other| self.compare(one, other));
        let total = items.len();
        let (first, last) = self.range.unwrap_or((0, usize::MAX));
        let count = last.saturating_sub(first).saturating_add(1);
        let most = if self.select.is_empty() {
            count
        } else {
            count.min(MOST)
        };
        let items = items.into_iter().skip(first).take(most);
        let items: Vec<Value> = items.map(|item| project(item, &self.select)).collect();
        let is_part = self.range.is_some() || items.len() < total;
        let range = is_part.then(|| match first.saturating_add(items.len()).checked_sub(1) {
            Some(last) if !items.is_empty() => format!("items {first}-{last}/{total}"),
            _ => format!("items */{total}"),
        });
        Page { items, range }
    }

    fn compare(&self, one: &Value, other: &Value) -> Ordering {
        let mut order = self.order.iter().map(|(path, descends)| {
            let ordering = text(at(one, path)).cmp(&text(at(other, path)));
            if *descends {
                ordering.reverse()
            } else {
                ordering
            }
        });
        order
            .find(|ordering| ordering.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

impl Condition {
    fn fits(&self, item: &Value) -> bool {
        let found = text(at(item, &self.path)).to_lowercase();
        let value = self.value.to_lowercase();
        match self.operator {
            Operator::Equal => found == value,
            Operator::Unequal => found != value,
            Operator::StartsWith => found.starts_with(&value),
            Operator::Contains => found.contains(&value),
        }
    }
}

fn condition(text: &str) -> Result<Condition, Refusal> {
    let problem = || {
        let known: Vec<&str> = OPERATORS.iter().map(|(word, _)| *word).collect();
        let problem = format!(
            "`{text}` is no condition of this server: it knows `path operator value`, with {}, \
             joined by `and`; what else real servers take is not known",
            known.join(", ")
        );
        Refusal::invalid("where", &problem)
    };
    let (path, rest) = text.split_once(' ').ok_or_else(problem)?;
    let (word, value) = rest.trim_start().split_once(' ').ok_or_else(problem)?;
    let mut operators = OPERATORS.iter();
    let operator = operators.find(|(known, _)| known.eq_ignore_ascii_case(word));
    Ok(Condition {
        path: steps(path),
        operator: operator.ok_or_else(problem)?.1,
        value: value.trim().trim_matches(['"', '\'']).to_owned(),
    })
}

/// `items=10-20`.
fn range(text: &str) -> Result<(usize, usize), Refusal> {
    let bounds = text
        .trim()
        .strip_prefix("items=")
        .and_then(|range| range.split_once('-'));
    let bounds = bounds.and_then(|(first, last)| {
        let first = first.trim().parse().ok()?;
        let last = match last.trim() {
            "" => usize::MAX,
            last => last.parse().ok()?,
        };
        (first <= last).then_some((first, last))
    });
    bounds.ok_or_else(|| Refusal::invalid("Range", "expected a range such as items=0-99"))
}

/// The names of a list in a parameter.
pub(super) fn names(text: Option<&str>) -> Vec<String> {
    let names = text.unwrap_or_default().split(',').map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// An item with the properties that are named: what says which it is comes with
/// them, and alone when none is named. `*` stands for all.
pub(super) fn project<N: AsRef<str>>(item: &Value, names: &[N]) -> Value {
    let is_named = |name: &str| {
        let mut names = names.iter().map(AsRef::as_ref);
        // A property within one selects that one.
        names.any(|known| known == "*" || known.split('.').next() == Some(name))
    };
    let properties = item.as_object().into_iter().flatten();
    let kept = properties.filter(|(name, _)| *name == "configurationId" || is_named(name));
    Value::Object(
        kept.map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
    )
}

fn steps(path: &str) -> Vec<String> {
    path.split('.').map(str::to_owned).collect()
}

fn at<'v>(item: &'v Value, path: &[String]) -> &'v Value {
    path.iter().fold(item, |value, step| &value[step.as_str()])
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
