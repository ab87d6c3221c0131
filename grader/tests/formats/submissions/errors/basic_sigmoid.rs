compile_error!("</failure> ]]> <b>pwned</b>\n::error title=pwned::pwned\n##[group]pwned\n```\n# pwned\n| pwned |\n\u{1b}[31m\0\u{202e}");
