//! House tests.

mod files;
mod gallery;
