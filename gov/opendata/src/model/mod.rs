//! What there is to say about public data.

pub mod dataset;
pub mod harvest;
pub mod key;
pub mod release;
pub mod resource;
pub mod voice;
pub mod words;

ids::id_type! {
    /// 数据集
    DatasetId, "dataset";
    /// 数据文件
    ResourceId, "resource";
    /// 来信
    VoiceId, "voice";
    /// 开发者密钥
    KeyId, "key";
    /// 采集来源
    HarvestId, "harvest";
}
