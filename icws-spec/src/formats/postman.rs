pub(super) fn document(_plan: &crate::plan::Plan<'_>) -> serde_json::Value {
    serde_json::Value::Null
}
