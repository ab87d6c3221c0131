//! What means something to one format or the other. The name of this file does to JavaScript.

pub const TEXT: &str = "\u{1b}[31mpwned\u{1b}[0m \u{1b}]0;pwned\u{7}\u{1b}[2J ]]> </testcase><pwned/>
<script>pwned()</script> <b onclick=\"pwned()\">pwned</b> <!-- pwned </details><details>
::error title=pwned::pwned
  ::add-mask::pwned
::stop-commands::pwned
pwned ##[group]pwned
# pwned
pwned
=====
| pwned | pwned |
| --- | --- |
| pwned || pwned
[pwned](https://pwned.example) ![pwned](https://pwned.example/x.png) [pwned](1)
<https://pwned.example> https://pwned.example www.pwned.example @pwned pwned/pwned#1
[pwned]: https://pwned.example
```pwned
~~~pwned
ok 1 - pwned # TODO pwned
not ok 2 - pwned # SKIP pwned
Bail out! pwned
1..0
pragma +bail
  ---
  ...
=cmd|' /C pwned'!A0
\0\r\u{202e}pwned\u{2066}\u{fffe}\u{ffff} %0A::error::pwned %s $pwned$ {0} {{pwned}} {";

pub fn fail() -> f64 {
    panic!("pwned: {TEXT}")
}
