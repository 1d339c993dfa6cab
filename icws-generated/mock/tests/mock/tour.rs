//! The tour of the README, as a newcomer pastes it.

use std::process::Command;

use icws_mock::{MockServer, Scenario};
use serde_json::Value;

const README: &str = include_str!("../../README.md");

/// The blocks of a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let start = format!("```{language}\n");
    let blocks = README.split(&start).skip(1);
    blocks
        .map(|rest| rest.split("\n```").next().unwrap())
        .collect()
}

/// Without the digits, which differ from run to run.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).collect()
}

#[tokio::test]
async fn the_tour_of_the_readme_shows_what_it_says() {
    let scenario = Scenario::contact_center().unwrap();
    let server = MockServer::builder().world(scenario).start().await.unwrap();
    let script = blocks("bash").join("\n");
    assert!(script.contains("http://127.0.0.1:8018"));
    let script = script.replace("http://127.0.0.1:8018", &server.base_url());
    let folder = std::env::temp_dir().join(format!("icws-mock-tour-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let run = {
        let folder = folder.clone();
        move || {
            Command::new("bash")
                .arg("-ec")
                .arg(script)
                .current_dir(folder)
                .output()
        }
    };
    let output = tokio::task::spawn_blocking(run).await.unwrap().unwrap();
    std::fs::remove_dir_all(folder).unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}\n{errors}");
    // The order of properties means nothing.
    let json = |line: &str| serde_json::from_str::<Value>(&plain(line)).ok();
    let mut told_lines = told.lines().filter_map(json);
    let shown = blocks("text").into_iter().skip(1).flat_map(str::lines);
    for line in shown {
        let expected = json(line).unwrap();
        let found = told_lines.any(|told| told == expected);
        assert!(found, "{line} does not come, but\n{told}");
    }
}
