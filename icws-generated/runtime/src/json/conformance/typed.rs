//! Lists of a type against what `serde_json` reads as that type.

use super::suite;
use crate::json::{Blank, Reader, Value, read_new};

fn ours<T: Value + Blank>(text: &[u8]) -> Option<T> {
    let mut reader = Reader::new(text);
    let value = read_new(&mut reader).ok()?;
    reader.finish().ok()?;
    Some(value)
}

/// What one reader takes and the other does not, or takes for something else.
macro_rules! differences {
    ($texts:expr, $($type:ty),*) => {{
        let mut differences = Vec::new();
        for (name, text) in $texts {$(
            let read = ours::<Vec<$type>>(&text);
            let theirs = serde_json::from_slice::<Vec<$type>>(&text).ok();
            if read != theirs {
                differences.push(format!(
                    "{} as {}: {read:?}, not {theirs:?}", name, stringify!($type)
                ));
            }
        )*}
        differences
    }};
}

#[test]
fn lists_of_the_suite_are_read_as_serde_json_does() {
    // Halves of characters are the differences of the suite itself.
    let cases = suite::cases().into_iter().filter(|(name, _)| {
        let has_half = name.contains("surrogate") || name.contains("_escaped_invalid_codepoint");
        !(has_half && name.starts_with(['i', 't']) && !name.contains("UTF8"))
    });
    let differences = differences!(cases, i64, i32, f64, bool, String);
    // A whole number has one zero; `serde_json` makes a fraction of the other.
    let zeros = ["minus_zero", "negative_zero"].map(|zero| {
        ["i64", "i32"].map(|number| format!("y_number_{zero} as {number}: Some([0]), not None"))
    });
    assert_eq!(differences, zeros.concat());
}

/// Clients send them so and servers take it, and an example of the reference has a version
/// in quotes. What stands there need not be in the form of JSON.
#[test]
fn numbers_and_booleans_may_be_in_quotes() {
    let texts = [
        "5",
        "-5",
        "+5",
        "05",
        "5.0",
        "1e2",
        ".5",
        "5.",
        "1e-400",
        "2147483648",
        "true",
        "false",
    ];
    let texts = texts.map(|text| (text, format!("[\"{text}\"]").into_bytes()));
    let differences = differences!(texts, i64, i32, f64, bool);
    let expected = [
        "5 as i64: Some([5])",
        "5 as i32: Some([5])",
        "5 as f64: Some([5.0])",
        "-5 as i64: Some([-5])",
        "-5 as i32: Some([-5])",
        "-5 as f64: Some([-5.0])",
        "+5 as i64: Some([5])",
        "+5 as i32: Some([5])",
        "+5 as f64: Some([5.0])",
        "05 as i64: Some([5])",
        "05 as i32: Some([5])",
        "05 as f64: Some([5.0])",
        "5.0 as f64: Some([5.0])",
        "1e2 as f64: Some([100.0])",
        ".5 as f64: Some([0.5])",
        "5. as f64: Some([5.0])",
        "1e-400 as f64: Some([0.0])",
        "2147483648 as i64: Some([2147483648])",
        "2147483648 as f64: Some([2147483648.0])",
        "true as bool: Some([true])",
        "false as bool: Some([false])",
    ];
    assert_eq!(
        differences,
        expected.map(|text| format!("{text}, not None"))
    );
}

#[test]
fn other_texts_in_quotes_are_no_numbers() {
    let texts = [
        "",
        " ",
        " 5",
        "5 ",
        "0x1",
        "1_0",
        "1,5",
        "inf",
        "-inf",
        "infinity",
        "NaN",
        "1e400",
        "9223372036854775808x",
        "True",
        "yes",
        "null",
        "\\u0035x",
    ];
    let texts = texts.map(|text| (text, format!("[\"{text}\"]").into_bytes()));
    let differences = differences!(texts, i64, i32, f64, bool);
    assert_eq!(differences, [""; 0]);
}

#[test]
fn numbers_are_not_made_whole_and_not_made_small() {
    let texts = [
        "5.0",
        "1e2",
        "1e400",
        "-1e400",
        "2147483648",
        "-2147483649",
        "9223372036854775808",
        "1",
        "0.1",
        "true",
        "null",
        "1e-400",
        "1.7976931348623157e308",
        "1.7976931348623159e308",
        "9007199254740993",
    ];
    let texts = texts.map(|text| (text, format!("[{text}]").into_bytes()));
    let differences = differences!(texts, i64, i32, f64, bool, String);
    assert_eq!(differences, [""; 0]);
}
