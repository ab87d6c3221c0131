pub fn hello_world() -> f64 {
    let pwned: f64 = "[31m</failure> ]]> <b>pwned</b> ::error::pwned"; // ##[group]pwned `pwned` | [pwned](https://pwned.example) @pwned
    "
::error title=pwned::pwned
# pwned
</details>
```
"
}
