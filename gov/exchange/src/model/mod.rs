//! What the exchange is about; nothing here touches a database or a network.

pub mod answer;
pub mod batch;
pub mod circuit;
pub mod code;
pub mod envelope;
pub mod feed;
pub mod identifier;
pub mod log;
pub mod message;
pub mod proof;
pub mod question;
pub mod rights;
pub mod service;
