//! A NumPy printout.
#![no_main]

use grader::course::Precision;
use grader::course::printed::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for digits in [None, Some(0), Some(u32::MAX)] {
        match parse(text, digits) {
            Ok(printed) => {
                if let Precision::Printed(bounds) = printed.precision {
                    assert_eq!(bounds.shape(), printed.value.shape().unwrap_or_default());
                    assert!(bounds.iter().all(|bound| bound.is_finite() && *bound >= 0.0));
                }
            }
            // The place is underlined in the text, so it must be one.
            Err(error) => assert!(text.is_char_boundary(error.offset), "{error:?}"),
        }
    }
});
