//! Where an example does its work: on a contact center of its own, or on a server that
//! is named.

use std::error::Error;
use std::time::Duration;

use icws_generated::client::{Client, ClientBuilder, Credentials, Session};
use icws_generated::runtime::Union;
use icws_mock::{MockServer, Scenario};

/// A session, whose it is, and what else the command line says.
// Not every example looks at all of it.
#[allow(dead_code)]
pub struct Place<M: Union + Clone + Send + Sync> {
    pub session: Session<M>,
    pub user: String,
    pub arguments: Vec<String>,
    /// The server in this process, which ends with it.
    pub server: Option<MockServer>,
}

/// Logs in: without arguments as `agent01` of a contact center in this process, in which
/// something happens twice a second; with `SERVER USER …` on that server, over HTTPS, or
/// on `http://127.0.0.1:8018`, such as that of `icws-mock`, with the password of the
/// variable `ICWS_PASSWORD`, and the certificate of a private authority from the file that
/// `ICWS_ROOT` names.
// One example has settings.
#[allow(dead_code)]
pub async fn log_in<M>() -> Result<Place<M>, Box<dyn Error>>
where
    M: Union + Clone + Send + Sync,
{
    log_in_by(Client::builder()).await
}

/// The same by a client with settings of its own.
pub async fn log_in_by<M>(builder: ClientBuilder) -> Result<Place<M>, Box<dyn Error>>
where
    M: Union + Clone + Send + Sync,
{
    let mut arguments = std::env::args().skip(1);
    let Some(host) = arguments.next() else {
        let server = MockServer::builder().world(Scenario::contact_center()?);
        let server = server.tick(Duration::from_millis(500)).start().await?;
        let client = builder.plain_http().host(server.address().to_string());
        let client = client.build()?;
        let credentials = Credentials::password("agent01", "secret");
        return Ok(Place {
            session: client.connect_as(credentials).await?,
            user: "agent01".to_owned(),
            arguments: Vec::new(),
            server: Some(server),
        });
    };
    let user = arguments.next().ok_or("say a user after the server")?;
    let password = std::env::var("ICWS_PASSWORD");
    let password = password.map_err(|error| format!("ICWS_PASSWORD: {error}"))?;
    let mut client = match host.strip_prefix("http://") {
        Some(host) => builder.plain_http().host(host),
        None => builder.host(host),
    };
    if let Ok(file) = std::env::var("ICWS_ROOT") {
        client = client.root_certificate(std::fs::read(file)?);
    }
    let client = client.build()?;
    Ok(Place {
        session: client
            .connect_as(Credentials::password(&user, password))
            .await?,
        user,
        arguments: arguments.collect(),
        server: None,
    })
}
