//! The two that tell which operation a request is of: the bindings, and the check of
//! traffic, which cannot use them.

use http::Method;
use icws_generated::ROUTES;
use icws_generated::runtime::find_route;
use icws_spec::traffic::{Exchange, Traffic};
use icws_spec::{Model, ModelSource};

#[test]
fn the_bindings_and_the_check_of_traffic_find_the_same_operations() {
    let model = Model::load(ModelSource::Shipped).unwrap();
    let mut traffic = Traffic::new(model.api());
    let mut count = 0;
    for (resource, operation) in model.api().operations() {
        for before in ["", "/app/api/cic"] {
            let path = format!("{before}{}", resource.path.replace(['{', '}'], ""));
            let method: Method = operation.method.parse().unwrap();
            let Ok((found, _)) = find_route(ROUTES, &method, &path) else {
                continue;
            };
            count += 1;
            let findings = traffic.exchange(&Exchange {
                method: operation.method.clone(),
                url: path.clone(),
                status: Some(599),
                ..Exchange::default()
            });
            let status = findings
                .iter()
                .find(|finding| finding.rule.id == "undocumented-status");
            assert_eq!(status.unwrap().subject, found.meta.id, "{path}");
        }
    }
    assert!(count > 150, "{count}");
}
