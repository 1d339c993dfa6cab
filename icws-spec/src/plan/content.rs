//! Names of what operations share: by what is in it, so that a name stays what
//! it is whatever else a model has.

/// A name for some content: the readable part alone where it says all of it,
/// else with a digest of the content behind it.
pub(super) fn name(readable: &str, is_all: bool, content: &str) -> String {
    if is_all {
        readable.to_owned()
    } else {
        format!("{readable}X{:08X}", digest(content))
    }
}

/// FNV-1a, folded to 32 bits: the same with every compiler, unlike the hashes of
/// the standard library.
fn digest(content: &str) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in content.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let folded = (hash >> 32) ^ (hash & 0xffff_ffff);
    u32::try_from(folded).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_the_same_for_ever() {
        assert_eq!(name("A", true, "x"), "A");
        assert_eq!(name("A", false, "interaction_id: String"), "AX32D1A66D");
    }
}
