//! Reads what NumPy printed.
