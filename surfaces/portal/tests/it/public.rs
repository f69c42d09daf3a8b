//! The pages that anybody may read.

use gate::testing::Answer;

use crate::county::County;

#[tokio::test]
async fn home_renders() {
    let county = County::new();
    let answer: Answer = county.browser("zh-CN").get("/").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}
