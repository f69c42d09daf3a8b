//! What there is to say about public data.

pub mod dataset;
pub mod release;
pub mod resource;
pub mod words;

ids::id_type! {
    /// 数据集
    DatasetId, "dataset";
    /// 数据文件
    ResourceId, "resource";
    /// 数据需求
    RequestId, "wish";
    /// 意见反馈
    FeedbackId, "feedback";
    /// 应用成果
    ReuseId, "reuse";
    /// 开发者密钥
    KeyId, "key";
    /// 采集来源
    HarvestId, "harvest";
}
