mod grading;
mod lifecycle;
mod lists;
mod negative;
mod world;
