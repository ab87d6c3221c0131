pub fn hello_world() -> String {
    panic!("{}", crate::__proto__::TEXT)
}
