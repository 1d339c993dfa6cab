//! Who connects.

use crate::connection::{
    AnyBaseAuthConnectionRequestSettings, AuthTokenConnectionRequestSettings,
    IcAuthConnectionRequestSettings, SingleSignOnTokenConnectionRequestSettings,
};

/// Who connects, by one of the three ways of `/icws/connection`. `Debug` shows
/// neither passwords nor tokens.
///
/// A token works once. A session made of one cannot be made again after it was
/// lost; with a password it can.
///
/// ```
/// use icws_generated::client::Credentials;
///
/// let credentials = Credentials::password("agent", "hunter2");
/// assert!(!format!("{credentials:?}").contains("hunter2"));
/// ```
#[derive(Debug, Clone)]
pub struct Credentials {
    /// Everything but the application's name, which the client knows.
    settings: AnyBaseAuthConnectionRequestSettings,
    reusable: bool,
}

impl Credentials {
    /// Returns credentials of a user with a password.
    ///
    /// See the example of [`Credentials`].
    pub fn password(user: impl Into<String>, password: impl Into<String>) -> Self {
        let settings = IcAuthConnectionRequestSettings::new("", user, password.into());
        Credentials {
            settings: settings.into(),
            reusable: true,
        }
    }

    /// Returns credentials of a token that another session asked for; it works once,
    /// within seven seconds.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let server = icws_mock::MockServer::start().await?;
    /// # let client = icws_generated::client::Client::builder().plain_http();
    /// # let client = client.host(server.address().to_string()).build()?;
    /// # let credentials = icws_generated::client::Credentials::password("agent", "secret");
    /// # let session = client.connect(credentials).await?;
    /// use icws_generated::client::Credentials;
    /// use icws_generated::connection::{CreateUniqueAuthToken, CreateUniqueAuthTokenRequest};
    ///
    /// // A second session of the same user, without the password.
    /// let seed = "0d9cf4ab-8d1b-4b6e-8f4e-3b1f0a2c7d11";
    /// let body = CreateUniqueAuthTokenRequest::new(seed);
    /// let token = session.call(CreateUniqueAuthToken::builder().body(body).build()).await?;
    /// let credentials = Credentials::auth_token(seed, &*token.auth_token, session.id());
    /// let second = client.connect(credentials).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn auth_token(
        seed: impl Into<String>,
        token: impl Into<String>,
        source_session: impl Into<String>,
    ) -> Self {
        let settings =
            AuthTokenConnectionRequestSettings::new("", seed, token.into(), source_session);
        Credentials {
            settings: settings.into(),
            reusable: false,
        }
    }

    /// Returns credentials of the token of a single sign-on.
    ///
    /// ```
    /// use icws_generated::client::Credentials;
    ///
    /// /// Takes the token of the identity provider, if the user came from there.
    /// fn credentials(token: Option<String>, password: &str) -> Credentials {
    ///     match token {
    ///         Some(token) => Credentials::single_sign_on(token),
    ///         None => Credentials::password("agent", password),
    ///     }
    /// }
    /// ```
    pub fn single_sign_on(token: impl Into<String>) -> Self {
        let settings = SingleSignOnTokenConnectionRequestSettings::new("", token.into());
        Credentials {
            settings: settings.into(),
            reusable: false,
        }
    }

    /// Returns true if another session can be made with them.
    pub(super) fn reusable(&self) -> bool {
        self.reusable
    }

    /// The representation that connects an application.
    pub(super) fn settings(&self, application: &str) -> AnyBaseAuthConnectionRequestSettings {
        use AnyBaseAuthConnectionRequestSettings as Any;

        let mut settings = self.settings.clone();
        let name = match &mut settings {
            Any::IcAuthConnectionRequestSettings(settings) => &mut settings.application_name,
            Any::AuthTokenConnectionRequestSettings(settings) => &mut settings.application_name,
            Any::SingleSignOnTokenConnectionRequestSettings(settings) => {
                &mut settings.application_name
            }
            Any::Unrecognized(_) => return settings,
        };
        application.clone_into(name);
        settings
    }
}
