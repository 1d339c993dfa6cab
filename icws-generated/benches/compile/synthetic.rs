//! A model with the shape of the real API, and copies of the callback page:
//! the same every time, at any size.

/// A model to be written in YAML or as an OpenAPI document.
#[derive(Default)]
pub struct Model {
    pub namespaces: Vec<String>,
    pub enums: Vec<Enum>,
    pub objects: Vec<Object>,
    pub operations: Vec<Operation>,
}

/// An enumeration.
pub struct Enum {
    pub namespace: usize,
    pub name: String,
    pub numbers: Vec<i64>,
}

/// An object or message.
pub struct Object {
    pub namespace: usize,
    pub name: String,
    pub message: bool,
    pub is_abstract: bool,
    pub base: Option<usize>,
    pub properties: Vec<Property>,
}

/// A property.
pub struct Property {
    pub name: String,
    pub ty: Type,
    pub required: bool,
    pub nullable: bool,
}

/// The type of a property.
#[derive(Clone, Copy)]
pub enum Type {
    Basic(&'static str),
    List(&'static str),
    Enum(usize),
    Object(usize),
    Objects(usize),
    Map,
}

/// An operation.
pub struct Operation {
    pub namespace: usize,
    pub name: String,
    pub method: &'static str,
    pub path: String,
    pub parameters: Vec<String>,
    pub success: u16,
    pub body: Option<usize>,
    pub answer: Option<usize>,
    pub failures: Vec<u16>,
    pub message: Option<usize>,
}

/// A small generator of numbers that look random and never change.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % end.max(1)
    }

    /// True in so many of a hundred cases.
    fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// Names of properties in the real API that are keywords of Rust.
const KEYWORDS: &[&str] = &["type", "override", "where"];

/// `pages` copies of the callback page: two operations and a message each.
pub fn copies(pages: usize) -> Model {
    let mut model = Model {
        namespaces: vec!["common".to_owned()],
        ..Model::default()
    };
    for page in 0..pages {
        let namespace = model.namespaces.len();
        model
            .namespaces
            .push(format!("interactions.callback{page}"));
        let property = |name: &str, ty, required| Property {
            name: name.to_owned(),
            ty: Type::Basic(ty),
            required,
            nullable: false,
        };
        model.objects.push(Object {
            namespace,
            name: format!("callback{page}Message"),
            message: true,
            is_abstract: false,
            base: None,
            properties: vec![
                property("isDelta", "boolean", true),
                property("interactionId", "string", true),
                property("target", "string", true),
                property("name", "string", false),
                property("subject", "string", true),
                property("attempts", "int", false),
                property("maxAttempts", "int", false),
                property("associatedCallId", "string", false),
                property("snoozed", "boolean", false),
            ],
        });
        for (method, name, success) in [("PUT", "subscribe", 200), ("DELETE", "unsubscribe", 204)] {
            model.operations.push(Operation {
                namespace,
                name: format!("{name}{page}"),
                method,
                path: format!("/icws/{{sessionId}}/messaging/subscriptions/interactions/{{interactionId}}/callback{page}"),
                parameters: vec!["interactionId".to_owned()],
                success,
                body: None,
                answer: None,
                failures: vec![400, 404, 403, 401, 410, 500],
                message: (success == 200).then_some(page),
            });
        }
    }
    model
}

/// A model with the proportions of the real API, which has 670 operations:
/// 470 paths, 970 objects, 148 enumerations, 112 messages, 70 namespaces.
pub fn like_the_api(operations: usize) -> Model {
    let part = |of: usize| (of * operations).div_ceil(670);
    let mut numbers = Numbers(7);
    let mut model = Model {
        namespaces: vec!["common".to_owned()],
        ..Model::default()
    };
    for namespace in 0..part(70) {
        let parent = namespace / 4;
        let name = if namespace % 4 == 0 {
            format!("area{parent}")
        } else {
            format!("area{parent}.part{namespace}")
        };
        model.namespaces.push(name);
    }
    let namespaces = model.namespaces.len() - 1;
    for number in 0..part(148) {
        let mut values: Vec<i64> = (0..3 + numbers.below(6))
            .map(|value| i64::try_from(value).unwrap_or_default())
            .collect();
        // Gaps, negative numbers, any order.
        if number % 8 == 0 {
            values.push(i64::try_from(100 + number).unwrap_or_default());
            values.insert(0, -1);
        }
        let namespace = 1 + number % namespaces;
        model.enums.push(Enum {
            namespace,
            name: format!("kind{number}"),
            numbers: values,
        });
    }
    let (objects, messages) = (part(970), part(112));
    for number in 0..objects + messages {
        let message = number >= objects;
        model.objects.push(object(
            number,
            message,
            objects,
            &model.enums,
            namespaces,
            &mut numbers,
        ));
    }
    let paths = part(470);
    for number in 0..operations {
        let operation = operation(number, paths, objects, messages, namespaces, &mut numbers);
        model.operations.push(operation);
    }
    model
}

fn object(
    number: usize,
    message: bool,
    objects: usize,
    enums: &[Enum],
    namespaces: usize,
    numbers: &mut Numbers,
) -> Object {
    // Every eighteenth object is a base; the three after it derive from it, the
    // last through another one.
    let place = number % 18;
    let base = match place {
        1 | 2 if !message => Some(number - place),
        3 if !message => Some(number - 1),
        _ => None,
    };
    let name = match (message, number % 69) {
        (true, _) => format!("thing{number}Message"),
        // Short names that are the same in many namespaces.
        (false, 5) => "location".to_owned(),
        (false, 6) => "statusMessages".to_owned(),
        (false, _) => format!("thing{number}Settings"),
    };
    let count = if message { 6 } else { 2 + numbers.below(4) };
    let mut properties = Vec::new();
    if message {
        properties.push(Property {
            name: "isDelta".to_owned(),
            ty: Type::Basic("boolean"),
            required: true,
            nullable: false,
        });
        properties.push(Property {
            name: "subscriptionId".to_owned(),
            ty: Type::Basic("string"),
            required: true,
            nullable: false,
        });
    }
    for index in 0..count {
        let ty = match numbers.below(20) {
            0..9 => Type::Basic("string"),
            9..11 => Type::Basic("boolean"),
            11..13 => Type::Basic("int"),
            13 => Type::Basic("dateTime"),
            14 => Type::List("string"),
            15 | 16 => Type::Enum(numbers.below(enums.len())),
            17 if number > 0 => Type::Object(numbers.below(number.min(objects))),
            18 if number > 0 => Type::Objects(numbers.below(number.min(objects))),
            _ => Type::Map,
        };
        let name = match (number % 40, index) {
            (keyword @ 0..3, 0) => KEYWORDS[keyword].to_owned(),
            // The two casings that the real API has.
            (7, 1) => "userID".to_owned(),
            (8, 1) => "userId".to_owned(),
            _ => format!("property{number}x{index}"),
        };
        let required = numbers.percent(30);
        let nullable = !required && numbers.percent(44) || required && numbers.percent(1);
        properties.push(Property {
            name,
            ty,
            required,
            nullable,
        });
    }
    // Three objects hold themselves.
    if !message && number % (objects / 3 + 1) == 9 {
        let ty = Type::Object(number);
        properties.push(Property {
            name: "inner".to_owned(),
            ty,
            required: false,
            nullable: true,
        });
    }
    Object {
        namespace: 1 + number % namespaces,
        name,
        message,
        is_abstract: !message && place == 0 && number.is_multiple_of(36),
        base,
        properties,
    }
}

fn operation(
    number: usize,
    paths: usize,
    objects: usize,
    messages: usize,
    namespaces: usize,
    numbers: &mut Numbers,
) -> Operation {
    let path = number % paths;
    let methods = if path.is_multiple_of(3) {
        ["PUT", "DELETE"]
    } else {
        ["GET", "POST"]
    };
    let method = methods[number / paths % 2];
    let with_id = path.is_multiple_of(2);
    let id = if with_id { "/{thingId}" } else { "" };
    let answers = method == "GET" || numbers.percent(20);
    let success = match method {
        "POST" if answers => 201,
        _ if answers => 200,
        _ => 204,
    };
    let mut failures = vec![400, 401, 410, 500];
    if numbers.percent(51) {
        failures.push(403);
    }
    if with_id || numbers.percent(10) {
        failures.push(404);
    }
    Operation {
        namespace: 1 + path % namespaces,
        name: format!("{}Thing{path}", method.to_lowercase()),
        method,
        path: format!(
            "/icws/{{sessionId}}/area{}/things{path}{id}",
            path % namespaces
        ),
        parameters: if with_id {
            vec!["thingId".to_owned()]
        } else {
            Vec::new()
        },
        success,
        body: matches!(method, "PUT" | "POST").then(|| numbers.below(objects)),
        answer: answers.then(|| numbers.below(objects)),
        failures,
        message: (method == "PUT").then(|| objects + numbers.below(messages)),
    }
}
