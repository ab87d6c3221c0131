pub fn hello_world() -> String {
    println!("{}", crate::__proto__::TEXT);
    crate::__proto__::TEXT.into()
}
