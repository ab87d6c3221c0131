//! Landlock: which files a process may open, and that it reaches no port, socket or process.

use std::io::{self, ErrorKind};
use std::path::Path;

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, PathBeneath, PathFd,
    Ruleset, RulesetAttr, RulesetCreated, RulesetCreatedAttr, RulesetStatus, Scope,
};

use crate::sandbox::Reach;

/// The newest interface that this module was written for; an older kernel restricts less.
const KNOWN: ABI = ABI::V7;

/// Whether the kernel has Landlock, and it is switched on.
pub fn are_supported() -> bool {
    requires(|ruleset| ruleset.handle_access(AccessFs::from_all(ABI::V1)))
}

/// Whether Landlock keeps signals from processes outside the sandbox.
pub fn hold_back_signals() -> bool {
    requires(|ruleset| ruleset.scope(Scope::Signal))
}

fn requires(handle: impl FnOnce(Ruleset) -> Result<Ruleset, landlock::RulesetError>) -> bool {
    let ruleset = Ruleset::default().set_compatibility(CompatLevel::HardRequirement);
    handle(ruleset).and_then(Ruleset::create).is_ok()
}

/// The rules for a process of this reach.
pub fn ruleset(reach: &Reach) -> io::Result<RulesetCreated> {
    let mut ruleset = Ruleset::default()
        .handle_access(AccessFs::from_all(KNOWN))
        .and_then(|ruleset| ruleset.handle_access(AccessNet::from_all(KNOWN)))
        .and_then(|ruleset| ruleset.scope(Scope::from_all(KNOWN)))
        .and_then(Ruleset::create)
        .map_err(io::Error::other)?;
    let read = AccessFs::ReadFile | AccessFs::ReadDir | AccessFs::Execute;
    let write = AccessFs::ReadFile
        | AccessFs::ReadDir
        | AccessFs::WriteFile
        | AccessFs::Truncate
        | AccessFs::MakeReg
        | AccessFs::MakeDir
        | AccessFs::RemoveFile
        | AccessFs::RemoveDir
        | AccessFs::Refer;
    let reads = reach.read.iter().map(|path| (path, read));
    let writes = reach.write.iter().map(|path| (path, write));
    for (path, access) in reads.chain(writes) {
        if let Some(file) = open(path)? {
            let rule = PathBeneath::new(file, applicable(path, access));
            ruleset = ruleset.add_rule(rule).map_err(io::Error::other)?;
        }
    }
    Ok(ruleset)
}

/// Opens what a rule is about; a rule about nothing is none.
fn open(path: &Path) -> io::Result<Option<PathFd>> {
    match PathFd::new(path) {
        Ok(file) => Ok(Some(file)),
        Err(landlock::PathFdError::OpenCall { source, .. })
            if source.kind() == ErrorKind::NotFound =>
        {
            Ok(None)
        }
        Err(error) => Err(io::Error::other(error)),
    }
}

/// What of an access can be meant for a path: a file has no files in it.
fn applicable(path: &Path, access: BitFlags<AccessFs>) -> BitFlags<AccessFs> {
    if path.is_dir() { access } else { access & AccessFs::from_file(KNOWN) }
}

/// Restricts this process.
pub fn restrict(ruleset: RulesetCreated) -> io::Result<()> {
    match ruleset.restrict_self() {
        Ok(status) if status.ruleset != RulesetStatus::NotEnforced => Ok(()),
        // What exactly went wrong would have to be allocated.
        _ => Err(ErrorKind::PermissionDenied.into()),
    }
}
