//! Reading and writing what is not the worker's, with nothing but the standard library.

use std::fs;
use std::net::TcpListener;
use std::os::unix::net::UnixListener;

use crate::attack::{
    BOX, ESCAPED, LOOK, NOTHING, attacked, case, command, costs_nothing, grade, graded, has_box,
    shown,
};
use crate::probe::Bare::{Depends, Works};
use crate::probe::{Probe, denied};
use crate::project::text;

const USE: &str = "
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
";

/// Hidden cases, references and everything else on the disk can be neither read nor found.
#[test]
fn r_12_hidden_fixtures_on_disk_cannot_be_read() {
    let probes: &[Probe] = &[
        ("a fixture", Works, "fs::read(Path::new(ROOT).join(\"fixtures/softmax.toml\"))"),
        ("a reference", Works, "fs::read(Path::new(ROOT).join(\"solutions/src/softmax.rs\"))"),
        ("another's file", Works, "fs::read(Path::new(FOLDER).join(\"secret\"))"),
        ("list of fixtures", Works, "fs::read_dir(Path::new(ROOT).join(\"fixtures\"))"),
        ("list of the root", Works, "fs::read_dir(\"/\")"),
        ("list of kept workers", Works, "fs::read_dir(Path::new(ROOT).join(\"target/grader\"))"),
        ("list of where it is", Works, "fs::read_dir(\".\")"),
        ("what a fixture is", Works, "fs::metadata(Path::new(ROOT).join(\"fixtures\"))"),
        ("the way to a fixture", Works, "fs::canonicalize(Path::new(ROOT).join(\"fixtures\"))"),
        ("password file", Works, "fs::read(\"/etc/passwd\")"),
        ("its own program", Works, "fs::read(std::env::current_exe()?)"),
        ("list of devices", Works, "fs::read_dir(\"/dev\")"),
        ("the kernel", Works, "fs::read(\"/sys/kernel/notes\")"),
    ];
    denied(probes, USE);
}

/// A score written beside the grader's own must not appear.
#[test]
fn r_03_a_score_file_cannot_be_written() {
    let probes: &[Probe] = &[
        (
            "where it is",
            Works,
            "File::create(\"results.json\").and(fs::remove_file(\"results.json\"))",
        ),
        ("in a folder", Works, "File::create(Path::new(FOLDER).join(\"results.json\"))"),
        ("a folder", Works, "fs::create_dir(Path::new(FOLDER).join(\"results\"))"),
        (
            "in the temporary folder",
            Works,
            "let file = std::env::temp_dir().join(format!(\"grader-{}\", std::process::id())); File::create(&file)?; fs::remove_file(file)",
        ),
        (
            "in shared memory",
            Depends,
            "let file = format!(\"/dev/shm/grader-{}\", std::process::id()); File::create(&file)?; fs::remove_file(file)",
        ),
        (
            "over a fixture",
            Works,
            "File::options().append(true).open(Path::new(ROOT).join(\"fixtures/softmax.toml\"))",
        ),
        (
            "over its own program",
            Works,
            "let exe = std::env::current_exe()?; let copy = Path::new(FOLDER).join(\"exe\"); fs::hard_link(exe, &copy).or_else(|_| File::create(copy).map(drop))",
        ),
        ("a terminal", Depends, "File::options().write(true).open(\"/dev/tty\")"),
    ];
    denied(probes, USE);
}

/// The report's folder can be neither opened to others nor emptied.
#[test]
fn r_05_a_result_file_cannot_be_replaced() {
    let probes: &[Probe] = &[
        (
            "open it to all",
            Works,
            "use std::os::unix::fs::PermissionsExt; fs::set_permissions(Path::new(FOLDER), fs::Permissions::from_mode(0o700))",
        ),
        (
            "move it",
            Works,
            "fs::rename(Path::new(FOLDER).join(\"secret\"), Path::new(FOLDER).join(\"moved\"))",
        ),
        (
            "link to it",
            Works,
            "std::os::unix::fs::symlink(\"moved\", Path::new(FOLDER).join(\"link\"))",
        ),
        ("copy over it", Works, "File::create(Path::new(FOLDER).join(\"secret\"))"),
        (
            "touch it",
            Works,
            "File::options().write(true).open(Path::new(FOLDER).join(\"secret\"))?.set_modified(std::time::UNIX_EPOCH)",
        ),
        ("remove it", Works, "fs::remove_file(Path::new(FOLDER).join(\"secret\"))"),
    ];
    denied(probes, USE);
}

/// Expected values are not in the process, and it cannot look at its memory as a file either.
#[test]
fn r_13_its_own_memory_cannot_be_read_as_a_file() {
    let probes: &[Probe] = &[
        ("map of its memory", Works, "fs::read(\"/proc/self/maps\")"),
        (
            "its memory",
            Works,
            "use std::os::unix::fs::FileExt; let number = 42_u64; let place = std::ptr::from_ref(&number) as u64; File::open(\"/proc/self/mem\")?.read_exact_at(&mut [0; 8], place)",
        ),
        ("its state", Works, "fs::read(\"/proc/self/status\")"),
        ("its threads", Works, "fs::read_dir(\"/proc/self/task\")"),
        ("its descriptors", Works, "fs::read_dir(\"/proc/self/fd\")"),
        ("a descriptor by name", Works, "File::open(\"/proc/self/fd/0\")"),
        ("a descriptor as a device", Works, "File::open(\"/dev/fd/0\")"),
    ];
    denied(probes, USE);
}

/// A constant stays constant: safe code cannot write to memory through a file.
#[test]
fn r_14_its_own_memory_cannot_be_written_as_a_file() {
    let probes: &[Probe] = &[
        (
            "write to memory",
            Works,
            "use std::os::unix::fs::FileExt; let number = std::hint::black_box(42_u64); let place = std::ptr::from_ref(&number) as u64; File::options().write(true).open(\"/proc/self/mem\")?.write_all_at(&[7; 8], place)",
        ),
        (
            "change of its score to be killed",
            Works,
            "File::options().write(true).open(\"/proc/self/oom_score_adj\")",
        ),
        ("change of its name", Works, "File::options().write(true).open(\"/proc/self/comm\")"),
    ];
    denied(probes, USE);
}

/// Processes of the same user, as the grader is one, cannot be looked into.
#[test]
fn r_15_other_processes_cannot_be_looked_into() {
    let probes: &[Probe] = &[
        ("its memory", Depends, "File::open(format!(\"/proc/{}/mem\", PROCESS))"),
        ("map of its memory", Depends, "fs::read(format!(\"/proc/{}/maps\", PROCESS))"),
        ("its state", Works, "fs::read(format!(\"/proc/{}/status\", PROCESS))"),
        ("its descriptors", Depends, "fs::read_dir(format!(\"/proc/{}/fd\", PROCESS))"),
        ("its root", Depends, "fs::read_dir(format!(\"/proc/{}/root/\", PROCESS))"),
        ("where it is", Depends, "fs::read_dir(format!(\"/proc/{}/cwd/\", PROCESS))"),
        ("all processes", Works, "fs::read_dir(\"/proc\")"),
    ];
    denied(probes, USE);
}

/// A secret on another's command line or in its environment is out of reach.
#[test]
fn r_16_secrets_of_the_grader_s_environment_cannot_be_read() {
    let probes: &[Probe] = &[
        ("its own command line", Works, "fs::read(\"/proc/self/cmdline\")"),
        ("its own environment", Works, "fs::read(\"/proc/self/environ\")"),
        ("its own auxiliary vector", Works, "fs::read(\"/proc/self/auxv\")"),
        ("another's command line", Works, "fs::read(format!(\"/proc/{}/cmdline\", PROCESS))"),
        ("another's environment", Depends, "fs::read(format!(\"/proc/{}/environ\", PROCESS))"),
    ];
    denied(probes, USE);

    let show = "for (name, value) in std::env::vars_os() { println!(\"{name:?}={value:?}\"); }
        for arg in std::env::args().skip(1) { println!(\"{}\", &arg[..5]); }";
    let submission = attacked(show);
    // A look at the tokens refuses it, which is not what keeps the secret.
    assert_eq!(grade(&submission, NOTHING, &["softmax"]).verdict("softmax"), "did not compile");
    let output = command(&submission, LOOK)
        .env("GRADER_SECRET", "hunter2")
        .args(["softmax", "--format", "json"])
        .output()
        .unwrap();
    costs_nothing(&graded(&output));
    // It knows how it was started, and which submission it is by a hash of that, and nothing else.
    let stdout = shown(case(&graded(&output)), "stdout").to_owned();
    assert!(["part_\n", "zygot\npart_\n"].contains(&&*stdout), "{stdout}");
    assert!(!text(&output.stdout).contains("hunter2"));
}

/// Nothing can be sent anywhere: neither to this machine nor out of it.
#[test]
fn r_17_no_connection_can_be_made() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("socket");
    let _unix = UnixListener::bind(&socket).unwrap();
    let prelude = format!("const PORT: u16 = {port};\nconst SOCKET: &str = {socket:?};\n");
    let probes: &[Probe] = &[
        (
            "connect",
            Works,
            "std::net::TcpStream::connect((\"127.0.0.1\", PORT))?.write_all(b\"x\")",
        ),
        ("listen", Works, "std::net::TcpListener::bind(\"127.0.0.1:0\")"),
        (
            "send",
            Works,
            "std::net::UdpSocket::bind(\"127.0.0.1:0\")?.send_to(b\"x\", (\"127.0.0.1\", PORT))",
        ),
        ("connect to a socket file", Works, "std::os::unix::net::UnixStream::connect(SOCKET)"),
        ("a pair of sockets", Works, "std::os::unix::net::UnixStream::pair()"),
        (
            "a nameless address",
            Works,
            "use std::os::linux::net::SocketAddrExt; let name = format!(\"grader-{}\", std::process::id()); std::os::unix::net::UnixListener::bind_addr(&std::os::unix::net::SocketAddr::from_abstract_name(name)?)",
        ),
    ];
    denied(probes, &format!("{USE}{prelude}"));
    // Only the run without a box has knocked.
    listener.set_nonblocking(true).unwrap();
    let knocks = std::iter::from_fn(|| listener.accept().ok()).count();
    assert!((1..=2).contains(&knocks), "{knocks}");
}

/// A descriptor that the grader has inherited, here an open file, is closed in workers.
#[test]
fn r_12_an_inherited_descriptor_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret");
    fs::write(&secret, "hunter2").unwrap();
    let attack = "for number in 3..64 {
            let read = || -> Result<String, crate::unsound::Refused> {
                let room = vec![0_u8; 64].leak();
                let place = room.as_ptr() as i64;
                match crate::unsound::syscall(17, [number, place, 64, 0, 0, 0]) {
                    count @ 1.. => Ok(String::from_utf8_lossy(&room[..count as usize]).into_owned()),
                    _ => Err(crate::unsound::Refused),
                }
            };
            if let Ok(text) = read() { println!(\"ESCAPED: {number} holds {text}\"); }
        }";
    let unsound = format!("{}\npub struct Refused;\n", include_str!("unsound.rs"));
    let submission = attacked(attack).with("unsound.rs", &unsound);
    // The shell hands on a descriptor that is not closed when a program is started.
    let grader = command(&submission, NOTHING);
    let output = std::process::Command::new("sh")
        .arg("-c")
        .arg("exec 7<\"$0\"; exec \"$@\"")
        .arg(&secret)
        .arg(grader.get_program())
        .args(grader.get_args())
        .args(["softmax", "--format", "json"])
        .envs(grader.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .current_dir(grader.get_current_dir().unwrap())
        .output()
        .unwrap();
    costs_nothing(&graded(&output));
    assert_eq!(shown(case(&graded(&output)), "stdout"), "");
}

/// The disk cannot be filled: no file can be made, and none could grow.
#[test]
fn r_11_the_disk_cannot_be_filled() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("full");
    let fill = format!(
        "use std::io::Write;
        let filled = std::fs::File::create({place:?}).and_then(|mut file| file.write_all(&[1; 1 << 20]));
        if filled.is_ok() {{ println!(\"{ESCAPED}\"); }}"
    );
    let submission = attacked(&fill);
    let boxed = grade(&submission, NOTHING, &["softmax"]);
    if has_box(&boxed) {
        costs_nothing(&boxed);
        assert!(!place.exists());
    }
    // Without a box there is the limit on the size of files.
    let bare = grade(&submission, BOX, &["softmax"]);
    assert!(shown(case(&bare), "message").contains("too large a file"), "{:#}", case(&bare));
    assert_eq!(fs::metadata(place).unwrap().len(), 0);
}
