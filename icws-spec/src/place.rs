//! Places in the files of a model.

use crate::syntax::NodeId;

/// Which file of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub(crate) usize);

impl FileId {
    /// The root file of a model.
    pub(crate) const ROOT: FileId = FileId(0);

    /// A node or key of the file.
    pub(crate) fn at(self, node: NodeId) -> Place {
        Place { file: self, node }
    }
}

/// A place in a model: a node or key of one of its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The node or key.
    pub node: NodeId,
}

impl Place {
    /// The whole of a file.
    #[cfg(feature = "cli")]
    pub(crate) fn whole(file: FileId) -> Place {
        let node = NodeId::ROOT;
        Place { file, node }
    }
}
