pub fn hello_world() -> String {
    println!("</pre><script>document.title = 'stolen'</script>");
    panic!("</p></section><img src=x onerror=\"document.title = 'stolen'\"><h1>140/140</h1>");
}
