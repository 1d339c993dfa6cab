//! A model of the size and shape of the whole API is clean and expands.

#[path = "../../icws-generated/benches/compile/synthetic.rs"]
mod synthetic;
#[path = "../../icws-generated/benches/compile/yaml.rs"]
mod yaml;

use std::fs;

use icws_spec::codegen::{Options, generate};
use icws_spec::diff::Diff;
use icws_spec::plan::{Generic, RustType};
use icws_spec::{Model, ModelSource};

fn load(name: &str, model: &synthetic::Model) -> Model {
    let folder = crate::scratch(module_path!(), name);
    fs::create_dir_all(&folder).unwrap();
    for (path, text) in yaml::files(model) {
        fs::write(folder.join(path), text).unwrap();
    }
    crate::sound(ModelSource::Path(&folder))
}

#[test]
fn the_whole_api_is_clean_and_expands() {
    let model = load("api", &synthetic::like_the_api(670));
    let api = model.api();
    assert_eq!((api.operations().count(), api.resources.len()), (670, 470));
    // The objects of the API, and the shared error.
    assert_eq!(
        (
            api.objects().count(),
            api.messages().count(),
            api.enums.len()
        ),
        (971, 112, 148)
    );
    let plan = model.plan();
    let fields = plan.structs.iter().flat_map(|planned| &planned.fields);
    let is_boxed = |ty: &RustType| matches!(ty, RustType::Of(Generic::Boxed, _));
    assert!(fields.clone().filter(|f| is_boxed(&f.value)).count() >= 3);
    assert!(fields.filter(|f| f.name.as_str().starts_with("r#")).count() >= 8);
    assert!(!generate(&model, &Options::default()).is_empty());
    assert_eq!(Diff::between(&model, &model).findings, []);
}

#[test]
fn copies_of_the_page_are_clean() {
    let model = load("copies", &synthetic::copies(20));
    assert_eq!(model.api().resources.len(), 20);
}
