//! House tests.

mod files;
