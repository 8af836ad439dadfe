//! Documents laid over each other field by field: national ← province ← city ← county.

use super::field::Field;
use super::label::HEAD;
use super::pack::RulePack;
use crate::document::{Document, Value};
use serde::de::value::{Error, MapDeserializer, SeqDeserializer, StringDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};
use std::collections::BTreeMap;

/// The fields of one region on one day. What a field was set to last counts; a field of another version of this program, which
/// this one does not know, is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(BTreeMap<String, Value>);

impl Fields {
    /// Documents over each other, the highest region first.
    #[must_use]
    pub fn of<'a>(documents: impl IntoIterator<Item = &'a Document>) -> Self {
        let mut fields = Self::default();
        for document in documents {
            fields.lay(document);
        }
        fields
    }

    /// Lays a document over them.
    pub fn lay(&mut self, document: &Document) {
        for entry in &document.0 {
            if HEAD.contains(&entry.field.as_str()) || Field::named(&entry.field).is_some() {
                self.0.insert(entry.field.clone(), entry.value.clone());
            }
        }
    }

    /// What a field is set to.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&Value> {
        self.0.get(field)
    }

    /// A field that is a number.
    #[must_use]
    pub fn whole(&self, field: &str) -> Option<i64> {
        match self.get(field)? {
            Value::Whole(number) => Some(*number),
            Value::Flag(_) | Value::Text(_) | Value::List(_) | Value::Other => None,
        }
    }

    /// The rules that these fields make, with the versions that they come from.
    ///
    /// # Errors
    /// Which field is missing or wrong; checked documents over the national defaults make a whole pack.
    pub fn pack(&self, basis: &str) -> Result<RulePack, String> {
        let fields = self.0.iter().map(|(name, value)| (name.as_str(), Given(value.clone())));
        let pack =
            RulePack::deserialize(MapDeserializer::<_, Error>::new(fields)).map_err(|error| error.to_string())?;
        Ok(RulePack {
            basis: basis.to_owned(),
            ..pack
        })
    }
}

/// A value as serde reads it, so that the type of each field stands in [`RulePack`] alone.
struct Given(Value);

impl IntoDeserializer<'_, Error> for Given {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Given {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Whole(number) => visitor.visit_i64(number),
            Value::Flag(flag) => visitor.visit_bool(flag),
            Value::Text(text) => visitor.visit_string(text),
            Value::List(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter())),
            Value::Other => visitor.visit_unit(),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let text = match self.0 {
            Value::Text(text) => text,
            Value::Whole(_) | Value::Flag(_) | Value::List(_) | Value::Other => String::new(),
        };
        StringDeserializer::<Error>::new(text).deserialize_enum(name, variants, visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}
