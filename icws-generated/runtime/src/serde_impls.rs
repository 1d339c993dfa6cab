//! serde's traits for generated types, if anybody wants them.

/// Implements serde's traits for types of three kinds, by the functions that
/// `json::serde` has for each. Without the feature `serde` this makes nothing:
/// generated code names it always, and no crate of bindings needs a feature of
/// its own.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($($kind:ident { $($name:ident)* })*) => {$($(
        impl $crate::__private1::serde::Serialize for $name {
            fn serialize<S: $crate::__private1::serde::Serializer>(
                &self,
                serializer: S,
            ) -> $crate::__private1::Result<S::Ok, S::Error> {
                $crate::__private1::serde::$kind::serialize(self, serializer)
            }
        }

        impl<'de> $crate::__private1::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private1::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> $crate::__private1::Result<Self, D::Error> {
                $crate::__private1::serde::$kind::deserialize(deserializer)
            }
        }
    )*)*};
}

#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($($any:tt)*) => {};
}
