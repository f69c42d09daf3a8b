//! The pages of people who are signed in.

mod accounts;
mod apply;
mod cases;
mod conflict;
mod consents;
mod correction;
mod foreign;
mod help;
mod holdings;
mod materials;
mod receipts;
mod renewals;
mod tracker;
