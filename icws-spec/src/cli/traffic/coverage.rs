//! How much of a model was in the traffic.

use std::fmt::Write;

use icws_spec::traffic::{Coverage, SeenRecord};
use serde_json::{Value, json};

/// For people: in numbers, then what was there, then what never was.
pub(super) fn report(coverage: &Coverage) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write(coverage, &mut out);
    out
}

fn write(coverage: &Coverage, out: &mut String) -> std::fmt::Result {
    writeln!(out, "coverage")?;
    let statuses = || {
        let operations = coverage.operations.iter();
        operations.flat_map(|operation| &operation.statuses)
    };
    let records = || coverage.objects.iter().chain(&coverage.messages);
    let properties = || records().flat_map(|record| &record.properties);
    let values = || coverage.enums.iter().flat_map(|own| &own.values);
    total(
        out,
        "operations",
        coverage.operations.iter().map(|own| own.count),
    )?;
    total(out, "statuses", statuses().map(|(_, count)| *count))?;
    total(
        out,
        "messages",
        coverage.messages.iter().map(|own| own.count),
    )?;
    total(out, "objects", coverage.objects.iter().map(|own| own.count))?;
    total(out, "properties", properties().map(|(_, count)| *count))?;
    total(
        out,
        "values of enumerations",
        values().map(|(_, count)| *count),
    )?;

    let seen = coverage.operations.iter().filter(|own| own.count > 0);
    for (index, operation) in seen.enumerate() {
        if index == 0 {
            writeln!(out, "\noperations that were called")?;
        }
        let statuses = operation.statuses.iter();
        let came = list(statuses.clone().filter(|(_, count)| *count > 0));
        let never = names(statuses.filter(|(_, count)| *count == 0));
        let id = &operation.id;
        writeln!(
            out,
            "  {id} {}: {came}{}",
            operation.count,
            tail("never", &never)
        )?;
    }
    let groups = [
        ("messages", &coverage.messages),
        ("objects", &coverage.objects),
    ];
    for (title, records) in groups {
        let seen = records.iter().filter(|own| own.count > 0);
        for (index, record) in seen.enumerate() {
            if index == 0 {
                writeln!(out, "\n{title} that came or went")?;
            }
            self::record(out, record)?;
        }
    }
    let seen = coverage.enums.iter();
    let seen = seen.filter(|own| own.values.iter().any(|(_, count)| *count > 0));
    for (index, own) in seen.enumerate() {
        if index == 0 {
            writeln!(out, "\nvalues of enumerations")?;
        }
        let came = list(own.values.iter().filter(|(_, count)| *count > 0));
        let never = names(own.values.iter().filter(|(_, count)| *count == 0));
        writeln!(out, "  {}: {came}{}", own.id, tail("never", &never))?;
    }
    let operations = coverage.operations.iter().filter(|own| own.count == 0);
    never(out, "operations", operations.map(|own| own.id.as_str()))?;
    let messages = coverage.messages.iter().filter(|own| own.count == 0);
    never(out, "messages", messages.map(|own| own.id.as_str()))
}

fn total(
    out: &mut String,
    what: &str,
    counts: impl Iterator<Item = u64> + Clone,
) -> std::fmt::Result {
    let all = counts.clone().count();
    let seen = counts.filter(|count| *count > 0).count();
    writeln!(out, "  {seen} of {all} {what}")
}

fn record(out: &mut String, record: &SeenRecord) -> std::fmt::Result {
    let properties = record.properties.iter();
    let always = properties
        .clone()
        .filter(|(_, count)| *count == record.count);
    let always = names(always);
    let sometimes = properties.clone();
    let sometimes = list(sometimes.filter(|(_, count)| *count > 0 && *count != record.count));
    let never = names(properties.filter(|(_, count)| *count == 0));
    let (id, count) = (&record.id, record.count);
    let parts = [
        tail("always", &always),
        tail("sometimes", &sometimes),
        tail("never", &never),
    ];
    writeln!(out, "  {id} {count}{}", parts.concat())
}

fn list<'a>(counts: impl Iterator<Item = &'a (String, u64)>) -> String {
    let counts = counts.map(|(name, count)| format!("{name} {count}"));
    counts.collect::<Vec<_>>().join(", ")
}

fn names<'a>(counts: impl Iterator<Item = &'a (String, u64)>) -> String {
    let names = counts.map(|(name, _)| name.as_str());
    names.collect::<Vec<_>>().join(", ")
}

fn tail(word: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("; {word} {text}")
}

fn never<'a>(out: &mut String, what: &str, ids: impl Iterator<Item = &'a str>) -> std::fmt::Result {
    let ids: Vec<&str> = ids.collect();
    if ids.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{what} that never were in the traffic")?;
    ids.iter().try_for_each(|id| writeln!(out, "  {id}"))
}

/// For tools.
pub(super) fn json(coverage: &Coverage) -> Value {
    let counts = |counts: &[(String, u64)]| -> Value {
        let counts = counts.iter();
        counts
            .map(|(name, count)| (name.clone(), Value::from(*count)))
            .collect()
    };
    let records = |records: &[SeenRecord]| -> Vec<Value> {
        let records = records.iter().map(|own| {
            json!({ "id": own.id, "count": own.count, "properties": counts(&own.properties) })
        });
        records.collect()
    };
    let operations = coverage.operations.iter().map(|own| {
        json!({
            "id": own.id,
            "method": own.method,
            "path": own.path,
            "count": own.count,
            "statuses": counts(&own.statuses),
        })
    });
    let enums = coverage.enums.iter();
    let enums = enums.map(|own| json!({ "id": own.id, "values": counts(&own.values) }));
    json!({
        "operations": operations.collect::<Vec<_>>(),
        "messages": records(&coverage.messages),
        "objects": records(&coverage.objects),
        "enums": enums.collect::<Vec<_>>(),
    })
}
