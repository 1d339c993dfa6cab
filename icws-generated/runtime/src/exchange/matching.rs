//! Which operation a request is of.

use http::Method;

use super::errors::RouteError;

/// An operation as a server tells it from others: by its method and its path.
///
/// ```
/// use icws_generated::http::Method;
/// use icws_generated::runtime::{RouteError, Routed, find_route};
///
/// struct Page(Method, Vec<Option<&'static str>>);
///
/// impl Routed for Page {
///     fn method(&self) -> &Method {
///         &self.0
///     }
///
///     fn pieces(&self) -> impl ExactSizeIterator<Item = Option<&str>> + Clone {
///         self.1.iter().copied()
///     }
/// }
///
/// let pages = [Page(Method::GET, vec![Some("users"), None])];
/// let (_, parameters) = find_route(&pages, &Method::GET, "/users/ada/").unwrap();
/// assert_eq!(parameters, ["users", "ada"]);
/// let error = find_route(&pages, &Method::PUT, "/users/ada").err();
/// assert!(matches!(error, Some(RouteError::MethodNotAllowed { .. })));
/// ```
pub trait Routed {
    /// The method.
    fn method(&self) -> &Method;

    /// The path in pieces; `None` for a parameter.
    fn pieces(&self) -> impl ExactSizeIterator<Item = Option<&str>> + Clone;
}

/// Finds the operation of a request, and the pieces of the path that those of
/// the operation stand for.
///
/// Lenient as real servers are to the clients in use: double slashes, a
/// slash at the end and the path of a proxy before the resource do no harm.
///
/// # Errors
/// When there is no such resource, or it has no such method.
pub fn find_route<'t, 'p, T: Routed>(
    table: &'t [T],
    method: &Method,
    path: &'p str,
) -> Result<(&'t T, Vec<&'p str>), RouteError> {
    let mut path: Vec<&str> = path.split('/').filter(|piece| !piece.is_empty()).collect();
    let matching = || {
        table
            .iter()
            .filter_map(|route| Some((specificity(route.pieces(), &path)?, route)))
    };
    let Some(best) = matching().map(|(rank, _)| rank).max() else {
        return Err(RouteError::NotFound);
    };
    let resource = || {
        matching()
            .filter(|(rank, _)| *rank == best)
            .map(|(_, route)| route)
    };
    let Some(route) = resource().find(|route| route.method() == method) else {
        return Err(RouteError::MethodNotAllowed {
            allow: resource().map(|route| route.method().clone()).collect(),
        });
    };
    let skipped = path.len().saturating_sub(route.pieces().len());
    Ok((route, path.split_off(skipped)))
}

/// Where all paths of the API begin.
const ROOT: &str = "icws";

/// How well a path fits: the length of the template, then which of its pieces
/// are literal. `None` when it does not fit.
fn specificity<'t>(
    template: impl ExactSizeIterator<Item = Option<&'t str>> + Clone,
    path: &[&str],
) -> Option<(usize, Vec<bool>)> {
    let length = template.len();
    let skipped = path.len().checked_sub(length)?;
    // A template that starts with a parameter would take any prefix for it.
    if skipped > 0 && !matches!(template.clone().next(), Some(Some(_))) {
        return None;
    }
    let mut pieces = template.clone().zip(path.get(skipped..)?);
    // The challenge of a 401 has its path in capitals: `/ICWS/connection`.
    let same =
        |text: &str, given: &str| text == given || text == ROOT && given.eq_ignore_ascii_case(ROOT);
    let fits = pieces.all(|(piece, given)| piece.is_none_or(|text| same(text, given)));
    fits.then(|| (length, template.map(|piece| piece.is_some()).collect()))
}
