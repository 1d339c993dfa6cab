//! Words that every request has on the wire.

/// What clients accept (reference page
/// `ConceptualContent/GettingStarted_MakingRequests`).
pub(super) const ACCEPT: &str = "application/vnd.inin.icws+JSON";

/// The header of the CSRF token, as the pages of all operations write it.
pub(super) const CSRF_TOKEN: &str = "ININ-ICWS-CSRF-Token";

/// The header of the session cookie.
pub(super) const COOKIE: &str = "Cookie";
