//! A browser that shows the console, for as long as a test runs.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use icws_mock::MockServer;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// So long a page may take to show something. Nothing is measured by it.
pub const PATIENCE: Duration = Duration::from_secs(20);

const SET_UP: &str = "run icws-generated/mock/console-tests/set-up.sh, which gets it";

/// A window at the console of a server.
pub struct Browser {
    pub client: Client,
    driver: Child,
    /// The number of the browser's process, as its driver told it.
    process: Option<u64>,
    folder: PathBuf,
}

/// A way of looking at the page.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub width: u32,
    pub height: u32,
    pub scheme: &'static str,
}

pub const WIDE: Look = Look {
    width: 1280,
    height: 800,
    scheme: "light",
};

pub const NARROW: Look = Look {
    width: 400,
    height: 800,
    scheme: "dark",
};

pub const NARROW_LIGHT: Look = Look {
    scheme: "light",
    ..NARROW
};

impl Browser {
    /// Opens the console of a server.
    pub async fn open(server: &MockServer) -> Browser {
        let browser = Browser::start().await;
        browser.show(server).await;
        browser
    }

    /// Starts a browser. That takes seconds, so parts of a test use the same.
    pub async fn start() -> Browser {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("icws-console-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let (driver, port) = drive(&folder).await;
        let mut options = json!({
            "args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", "--force-device-scale-factor=1",
                format!("--user-data-dir={}", folder.join("profile").display()),
            ],
        });
        if let Ok(chromium) = std::env::var("ICWS_CHROMIUM") {
            options["binary"] = json!(chromium);
        }
        let Value::Object(capabilities) =
            json!({ "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" } })
        else {
            unreachable!("it is written as an object");
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap_or_else(|error| panic!("Chromium does not start: {error}; {SET_UP}"));
        let told = client.capabilities();
        let process = told.and_then(|told| told.get("goog:processID")?.as_u64());
        Browser {
            client,
            driver,
            process,
            folder,
        }
    }

    /// Shows the console of a server.
    pub async fn show(&self, server: &MockServer) {
        self.look(WIDE).await;
        let page = format!("{}/mock/", server.base_url());
        self.client.goto(&page).await.unwrap();
        self.until("document.getElementById('online').textContent === 'live'")
            .await;
    }

    /// Ends the browser. The log of the page must have no mistakes.
    pub async fn close(mut self) {
        let log = self.log().await;
        let refused: Vec<&Value> = log
            .iter()
            .filter(|entry| entry["level"] == "SEVERE")
            .collect();
        assert!(refused.is_empty(), "{refused:?}");
        let client = self.client.clone();
        client.close().await.unwrap();
        self.driver.kill().await.unwrap();
    }

    async fn log(&self) -> Vec<Value> {
        let log = self
            .client
            .issue_cmd(Plain("se/log", json!({ "type": "browser" })))
            .await
            .unwrap();
        // Answers of the control that are no success are told by the page itself.
        let of_page = |entry: &&Value| entry["source"] != "network";
        log.as_array()
            .unwrap()
            .iter()
            .filter(of_page)
            .cloned()
            .collect()
    }

    /// Takes a size and a colour scheme.
    pub async fn look(&self, look: Look) {
        let metrics = json!({ "width": look.width, "height": look.height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics)
            .await;
        let scheme =
            json!({ "features": [{ "name": "prefers-color-scheme", "value": look.scheme }] });
        self.devtools("Emulation.setEmulatedMedia", scheme).await;
    }

    pub async fn devtools(&self, command: &str, parameters: Value) {
        let command = json!({ "cmd": command, "params": parameters });
        self.client
            .issue_cmd(Plain("goog/cdp/execute", command))
            .await
            .unwrap();
    }

    /// The value of an expression.
    pub async fn value(&self, expression: &str) -> Value {
        self.client
            .execute(&format!("return ({expression});"), Vec::new())
            .await
            .unwrap()
    }

    /// Waits until an expression is true.
    pub async fn until(&self, expression: &str) {
        let holds = async {
            while self.value(&format!("Boolean({expression})")).await != true {
                tokio::time::sleep(Duration::from_millis(30)).await;
            }
        };
        if tokio::time::timeout(PATIENCE, holds).await.is_err() {
            let shown = self.value("document.body.innerText").await;
            panic!(
                "{expression} does not come to hold; the page shows\n{}",
                shown.as_str().unwrap_or_default()
            );
        }
    }

    /// Goes to a view.
    pub async fn view(&self, name: &str) {
        let link = self
            .client
            .find(Locator::Css(&format!("nav a[href='#{name}']")))
            .await
            .unwrap();
        link.click().await.unwrap();
        self.until(&format!(
            "document.querySelector('nav a[aria-current]')?.hash === '#{name}'"
        ))
        .await;
    }

    /// The element in sight that a selector finds, with a text.
    async fn with_text(&self, selector: &str, text: &str) -> Element {
        let (selector, text) = (json!(selector), json!(text));
        let found = format!(
            "[...document.querySelectorAll({selector})].find((one) => one.checkVisibility() \
             && one.textContent.includes({text}))"
        );
        self.until(&found).await;
        let script = format!(
            "const found = {found}; found.id ||= `found-${{Math.random().toString(36).slice(2)}}`; return found.id;"
        );
        let id = self.client.execute(&script, Vec::new()).await.unwrap();
        self.client
            .find(Locator::Id(id.as_str().unwrap()))
            .await
            .unwrap()
    }

    /// Presses keys where the focus is.
    pub async fn keys(&self, keys: &str) {
        let focused = self.client.active_element().await.unwrap();
        focused.send_keys(keys).await.unwrap();
    }

    /// Waits until the page has told something.
    pub async fn told(&self, text: &str) {
        self.until(&format!(
            "document.getElementById('notes').textContent.includes({})",
            json!(text)
        ))
        .await;
    }

    /// Presses the button with a text.
    pub async fn press(&self, text: &str) {
        self.with_text("button, summary, .check", text)
            .await
            .click()
            .await
            .unwrap();
    }

    /// Presses the button with a text in the row of a table that has another text.
    pub async fn press_in(&self, row: &str, text: &str) {
        let (row, text) = (json!(row), json!(text));
        // The text of a button may follow what the row shows.
        let found = format!(
            "[...[...document.querySelectorAll('tbody tr')].find((one) => one.checkVisibility() && one.textContent.includes({row}))\
             ?.querySelectorAll('button') ?? []].find((one) => one.textContent.includes({text}))"
        );
        self.until(&found).await;
        let script = format!("{found}.click(); return true;");
        self.client.execute(&script, Vec::new()).await.unwrap();
    }

    /// Confirms the dialog that is open by the button with a text, and waits until it closes.
    pub async fn press_in_dialog(&self, text: &str) {
        self.with_text("dialog button[type=submit]", text)
            .await
            .click()
            .await
            .unwrap();
        self.until("!document.querySelector('dialog')").await;
    }

    /// Chooses the row of a list that has a text.
    pub async fn choose(&self, text: &str) {
        self.with_text("[role=option]", text)
            .await
            .click()
            .await
            .unwrap();
    }

    /// The control with a label.
    async fn control(&self, label: &str) -> Element {
        let script = format!(
            "[...document.querySelectorAll('label')].find((one) => one.checkVisibility() && one.textContent.trim() === {})",
            json!(label)
        );
        self.until(&script).await;
        let id = self.value(&format!("{script}.htmlFor")).await;
        self.client
            .find(Locator::Id(id.as_str().unwrap()))
            .await
            .unwrap()
    }

    /// Writes into the input with a label.
    pub async fn fill(&self, label: &str, text: &str) {
        let control = self.control(label).await;
        control.clear().await.unwrap();
        control.send_keys(text).await.unwrap();
    }

    /// Chooses in the select with a label.
    pub async fn select(&self, label: &str, value: &str) {
        let control = self.control(label).await;
        control.select_by_value(value).await.unwrap();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A driver that is killed, or in haste, leaves its browser behind.
        let _ = self.driver.start_kill();
        if let Some(process) = self.process {
            let mut kill = std::process::Command::new("kill");
            let kill = kill.args(["-KILL", &process.to_string()]);
            let _ = kill.stderr(Stdio::null()).status();
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Starts a driver at a free port.
async fn drive(folder: &Path) -> (Child, u16) {
    let program = std::env::var("ICWS_CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
    let child = Command::new(&program)
        .arg("--port=0")
        .env("HOME", folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn();
    let mut child = child.unwrap_or_else(|error| panic!("{program}: {error}; {SET_UP}"));
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        let port = line
            .rsplit("on port ")
            .next()
            .and_then(|port| port.trim_end_matches('.').parse().ok());
        if let Some(port) = port.filter(|_| line.contains("successfully")) {
            // What it says later is of no account, but it has to be able to say it.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return (child, port);
        }
    }
    panic!("{program} did not start; {SET_UP}");
}

/// The text of axe-core.
pub fn axe() -> String {
    let path = std::env::var_os("ICWS_AXE").map_or_else(
        || {
            let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
            let target = target
                .unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../target"));
            target.join("axe/package/axe.min.js")
        },
        PathBuf::from,
    );
    std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; {SET_UP}", path.display()))
}

/// A command of the driver that WebDriver does not have.
#[derive(Debug)]
struct Plain(&'static str, Value);

impl WebDriverCompatibleCommand for Plain {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/{}",
            session.unwrap_or_default(),
            self.0
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.1.to_string()))
    }
}
