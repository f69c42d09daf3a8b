//! Values that go in and come out.

use crate::StoreError;

/// A parameter, borrowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Slot<'a> {
    /// Absent.
    Null,
    /// 64-bit integer; booleans are 0 or 1.
    Int(i64),
    /// Double precision.
    Real(f64),
    /// Text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
}

/// What can be bound to `$1`.
pub trait Bind: Sync {
    /// The value as a slot.
    fn slot(&self) -> Slot<'_>;
}

/// A value that came out.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Absent.
    Null,
    /// 64-bit integer.
    Int(i64),
    /// Double precision.
    Real(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl Value {
    const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Int(_) => "an integer",
            Self::Real(_) => "a real number",
            Self::Text(_) => "text",
            Self::Bytes(_) => "bytes",
        }
    }
}

/// One row of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub(crate) values: Vec<Value>,
}

impl Row {
    /// The value at a position (from 0), as the type asked for.
    ///
    /// # Errors
    /// [`StoreError::Type`] when the column holds something else.
    pub fn get<T: FromValue>(&self, column: usize) -> Result<T, StoreError> {
        let value = self.values.get(column).unwrap_or(&Value::Null);
        T::from_value(value).ok_or(StoreError::Type { column, found: value.kind(), wanted: T::KIND })
    }
}

/// What a column can be read as.
pub trait FromValue: Sized {
    /// For the error's sentence.
    const KIND: &'static str;
    /// `None` when the value is of another type.
    fn from_value(value: &Value) -> Option<Self>;
}

impl FromValue for i64 {
    const KIND: &'static str = "an integer";
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Int(n) => Some(*n),
            _ => None,
        }
    }
}

impl FromValue for u32 {
    const KIND: &'static str = "a small integer";
    fn from_value(value: &Value) -> Option<Self> {
        i64::from_value(value).and_then(|n| Self::try_from(n).ok())
    }
}

impl FromValue for bool {
    const KIND: &'static str = "0 or 1";
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Int(0) => Some(false),
            Value::Int(1) => Some(true),
            _ => None,
        }
    }
}

impl FromValue for f64 {
    const KIND: &'static str = "a real number";
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Real(x) => Some(*x),
            Value::Int(n) => i32::try_from(*n).ok().map(Self::from),
            _ => None,
        }
    }
}

impl FromValue for String {
    const KIND: &'static str = "text";
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        }
    }
}

impl FromValue for Vec<u8> {
    const KIND: &'static str = "bytes";
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bytes(bytes) => Some(bytes.clone()),
            _ => None,
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    const KIND: &'static str = T::KIND;
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            other => T::from_value(other).map(Some),
        }
    }
}

macro_rules! bind {
    ($($kind:ty => |$v:ident| $slot:expr;)+) => {$(
        impl Bind for $kind {
            fn slot(&self) -> Slot<'_> {
                let $v = self;
                $slot
            }
        }
    )+};
}

bind! {
    i64 => |v| Slot::Int(*v);
    i32 => |v| Slot::Int(i64::from(*v));
    u32 => |v| Slot::Int(i64::from(*v));
    bool => |v| Slot::Int(i64::from(*v));
    f64 => |v| Slot::Real(*v);
    str => |v| Slot::Text(v);
    String => |v| Slot::Text(v);
    Vec<u8> => |v| Slot::Bytes(v);
    [u8] => |v| Slot::Bytes(v);
    [u8; 32] => |v| Slot::Bytes(v);
    Value => |v| match v {
        Value::Null => Slot::Null,
        Value::Int(n) => Slot::Int(*n),
        Value::Real(x) => Slot::Real(*x),
        Value::Text(text) => Slot::Text(text),
        Value::Bytes(bytes) => Slot::Bytes(bytes),
    };
}

impl<T: Bind + ?Sized> Bind for &T {
    fn slot(&self) -> Slot<'_> {
        (**self).slot()
    }
}

impl<T: Bind> Bind for Option<T> {
    fn slot(&self) -> Slot<'_> {
        self.as_ref().map_or(Slot::Null, Bind::slot)
    }
}
