//! Which resources of a model use an object or enumeration.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use crate::api::{Api, BodyType, EnumId, HeaderType, Operation, RecordId, Type};

/// Who uses the types of a model.
pub(super) struct Users<'p, 'm> {
    api: &'m Api,
    /// The path of the resource that is compared.
    path: &'p str,
    records: HashMap<RecordId, Vec<User>>,
    enums: HashMap<EnumId, Vec<User>>,
    derived: HashMap<RecordId, Vec<RecordId>>,
    /// What was asked for.
    told: RefCell<HashMap<Used, Option<String>>>,
}

/// A type that may have users.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Used {
    Record(RecordId),
    Enum(EnumId),
}

/// What uses a type.
#[derive(Clone, Copy)]
enum User {
    /// A resource, by its number.
    Resource(usize),
    /// A property of a record.
    Record(RecordId),
}

impl<'p, 'm> Users<'p, 'm> {
    pub fn of(api: &'m Api, path: &'p str) -> Self {
        let mut users = Users {
            api,
            path,
            records: HashMap::new(),
            enums: HashMap::new(),
            derived: HashMap::new(),
            told: RefCell::default(),
        };
        for (id, record) in api.records.entries() {
            for property in &record.properties {
                users.add(&property.ty, User::Record(id));
            }
            if let Some(base) = record.base {
                users.derived.entry(base).or_default().push(id);
            }
        }
        for (number, resource) in api.resources.iter().enumerate() {
            for operation in &resource.operations {
                users.operation(operation, User::Resource(number));
            }
        }
        users
    }

    fn operation(&mut self, operation: &Operation, user: User) {
        for parameter in &operation.parameters {
            self.add(&parameter.ty, user);
        }
        operation.body.iter().for_each(|body| self.add(body, user));
        for reply in &operation.replies {
            if let Some(BodyType::Value(ty)) = &reply.body {
                self.add(ty, user);
            }
            for header in &reply.headers {
                if let HeaderType::Value(ty) = &header.ty {
                    self.add(ty, user);
                }
            }
            let errors = reply.errors.iter().filter_map(|error| error.ty);
            for id in reply.messages.iter().copied().chain(errors) {
                self.records.entry(id).or_default().push(user);
            }
        }
    }

    fn add(&mut self, ty: &Type, user: User) {
        match ty {
            Type::Record(id) => self.records.entry(*id).or_default().push(user),
            Type::Enum(id) => self.enums.entry(*id).or_default().push(user),
            Type::List(list) => self.add(&list.item, user),
            Type::Map(map) => self.add(&map.value, user),
            _ => {}
        }
    }

    /// Why a record is not a matter of the resource alone that has this path.
    pub fn of_record(&self, id: RecordId) -> Option<String> {
        self.told_of(Used::Record(id))
    }

    /// Why an enumeration is not a matter of this resource alone.
    pub fn of_enum(&self, id: EnumId) -> Option<String> {
        self.told_of(Used::Enum(id))
    }

    fn told_of(&self, used: Used) -> Option<String> {
        if let Some(told) = self.told.borrow().get(&used) {
            return told.clone();
        }
        let (id, others) = match used {
            Used::Record(id) => (self.api[id].id(), self.others(vec![id], &[])),
            Used::Enum(id) => {
                let users = self.enums.get(&id).map(Vec::as_slice).unwrap_or_default();
                (self.api[id].id(), self.others(Vec::new(), users))
            }
        };
        let told = shared(&id, &others);
        self.told.borrow_mut().insert(used, told.clone());
        told
    }

    /// The paths of the other resources that use any of these, through whatever
    /// others.
    fn others(&self, mut open: Vec<RecordId>, users: &[User]) -> Vec<&'m str> {
        let mut seen: HashSet<RecordId> = HashSet::new();
        let mut resources: HashSet<usize> = HashSet::new();
        let mut take = |users: &[User], open: &mut Vec<RecordId>| {
            for user in users {
                match user {
                    User::Resource(number) => drop(resources.insert(*number)),
                    User::Record(id) => open.push(*id),
                }
            }
        };
        let users_of = |id: RecordId| self.records.get(&id).map(Vec::as_slice).unwrap_or_default();
        take(users, &mut open);
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            take(users_of(id), &mut open);
            // It may stand where one of its bases is asked for.
            let mut base = self.api[id].base;
            while let Some(id) = base {
                take(users_of(id), &mut open);
                base = self.api[id].base;
            }
            // What derives from it has all that it has.
            open.extend(self.derived.get(&id).into_iter().flatten());
        }
        let all = self.api.resources.iter().enumerate();
        let used =
            all.filter(|(number, other)| resources.contains(number) && other.path != self.path);
        used.map(|(_, other)| other.path.as_str()).collect()
    }
}

fn shared(name: &str, others: &[&str]) -> Option<String> {
    let first = others.first()?;
    let more = match others.len() - 1 {
        0 => String::new(),
        1 => " and another resource".to_owned(),
        more => format!(" and {more} other resources"),
    };
    Some(format!("`{name}` is also of `{first}`{more}"))
}
