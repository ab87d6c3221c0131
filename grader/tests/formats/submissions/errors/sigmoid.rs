/// Refused before it is compiled, with the line that says so.
pub fn sigmoid() {
    unsafe { "::error::pwned ##[group]pwned ]]> `pwned` <b>pwned</b>" };
}
