#![doc = include_str!("../README.md")]

pub mod backup;
pub mod config;
pub mod demo;
pub mod doctor;
pub mod exchanging;
pub mod node;
pub mod packages;
pub mod serve;
pub mod verify;
