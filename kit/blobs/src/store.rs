use std::future::Future;
use std::path::Path as FsPath;
use std::sync::{Arc, mpsc};

use futures_util::TryStreamExt;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload};
use tokio::runtime::{Builder, Runtime};

use crate::error::BlobError;
use crate::name::BlobName;

/// Worker threads of the runtime inside; the disk work itself runs on its blocking threads.
const WORKER_THREADS: usize = 1;
/// Blocking threads, so that a burst of uploads does not open a thread each.
const BLOCKING_THREADS_MAX: usize = 16;

/// How to reach a bucket of S3-compatible storage.
#[derive(Debug, Clone)]
pub struct S3Config {
    /// Bucket name.
    pub bucket: String,
    /// Region; storage without regions takes any word, usually `us-east-1`.
    pub region: String,
    /// Address of the service, for storage that is not Amazon's.
    pub endpoint: Option<String>,
    /// Access key id.
    pub access_key_id: String,
    /// Secret access key.
    pub secret_access_key: String,
    /// Allow `http://` endpoints: only for a service on the same machine or private network.
    pub allow_http: bool,
}

/// The content-addressed store; a cheap handle, cloned freely.
#[derive(Clone)]
pub struct Blobs(Arc<Inner>);

struct Inner {
    objects: Arc<dyn ObjectStore>,
    runtime: Option<Runtime>,
}

impl Blobs {
    /// Blobs in a folder of this machine, which is made when it is missing.
    pub fn folder(path: &FsPath) -> Result<Blobs, BlobError> {
        std::fs::create_dir_all(path).map_err(|e| BlobError::storage("make the folder", e))?;
        let objects = LocalFileSystem::new_with_prefix(path).map_err(|e| BlobError::storage("open the folder", e))?;
        Blobs::over(Arc::new(objects.with_fsync(true)))
    }

    /// Blobs in a bucket of S3-compatible storage.
    pub fn s3(config: S3Config) -> Result<Blobs, BlobError> {
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(config.bucket)
            .with_region(config.region)
            .with_access_key_id(config.access_key_id)
            .with_secret_access_key(config.secret_access_key)
            .with_allow_http(config.allow_http);
        if let Some(endpoint) = config.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        let objects = builder.build().map_err(|e| BlobError::storage("configure the bucket", e))?;
        Blobs::over(Arc::new(objects))
    }

    /// Blobs in memory, for tests: gone with the last handle.
    pub fn memory() -> Result<Blobs, BlobError> {
        Blobs::over(Arc::new(InMemory::new()))
    }

    /// Stores the bytes and answers their name when they are durable. Storing the same bytes again changes nothing.
    pub fn put(&self, bytes: &[u8], size_max_bytes: u64) -> Result<BlobName, BlobError> {
        check_size(u64::try_from(bytes.len()).unwrap_or(u64::MAX), size_max_bytes)?;
        if bytes.is_empty() {
            return Err(BlobError::Empty);
        }
        let name = BlobName::of(bytes);
        let path = Path::from(name.path());
        let payload = PutPayload::from(bytes.to_vec());
        let objects = self.0.objects.clone();
        let stored = name.clone();
        self.wait(async move {
            let create = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
            match objects.put_opts(&path, payload.clone(), create).await {
                Ok(_) => Ok(()),
                Err(Error::AlreadyExists { .. }) => mend(objects.as_ref(), &path, &stored, payload).await,
                Err(e) => Err(BlobError::storage("write the blob", e)),
            }
        })?;
        Ok(name)
    }

    /// The bytes of a blob, checked against its name.
    pub fn get(&self, name: &BlobName, size_max_bytes: u64) -> Result<Vec<u8>, BlobError> {
        let path = Path::from(name.path());
        let objects = self.0.objects.clone();
        let wanted = name.clone();
        let bytes = self.wait(async move {
            let found = objects.get(&path).await.map_err(|e| read_error(&wanted, e))?;
            check_size(found.meta.size, size_max_bytes)?;
            found.bytes().await.map_err(|e| read_error(&wanted, e))
        })?;
        if BlobName::of(&bytes) != *name {
            return Err(BlobError::Altered(name.clone()));
        }
        Ok(bytes.into())
    }

    /// Whether a blob of this name is stored; its content is not read.
    pub fn exists(&self, name: &BlobName) -> Result<bool, BlobError> {
        let path = Path::from(name.path());
        let objects = self.0.objects.clone();
        self.wait(async move {
            match objects.head(&path).await {
                Ok(_) => Ok(true),
                Err(Error::NotFound { .. }) => Ok(false),
                Err(e) => Err(BlobError::storage("look for the blob", e)),
            }
        })
    }

    /// The names of all blobs, sorted; files that are not blobs are passed over.
    pub fn list(&self) -> Result<Vec<BlobName>, BlobError> {
        let objects = self.0.objects.clone();
        let mut names = self.wait(async move {
            let found = objects.list(None).try_collect::<Vec<_>>().await.map_err(|e| BlobError::storage("list the blobs", e))?;
            Ok(found.iter().filter_map(|meta| BlobName::from_path(meta.location.as_ref())).collect::<Vec<_>>())
        })?;
        names.sort();
        Ok(names)
    }

    fn over(objects: Arc<dyn ObjectStore>) -> Result<Blobs, BlobError> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(WORKER_THREADS)
            .max_blocking_threads(BLOCKING_THREADS_MAX)
            .thread_name("blobs")
            .enable_all()
            .build()
            .map_err(|e| BlobError::storage("start the blob threads", e))?;
        Ok(Blobs(Arc::new(Inner { objects, runtime: Some(runtime) })))
    }

    /// Runs the work on the runtime inside and waits for it. A channel instead of `block_on`, which would panic
    /// when the caller is a thread of another runtime.
    fn wait<T: Send + 'static>(&self, work: impl Future<Output = Result<T, BlobError>> + Send + 'static) -> Result<T, BlobError> {
        let Some(runtime) = &self.0.runtime else {
            return Err(BlobError::storage("run the blob work", "the store is closed"));
        };
        let (sender, receiver) = mpsc::sync_channel(1);
        runtime.spawn(async move {
            let _ = sender.send(work.await);
        });
        receiver.recv().map_err(|e| BlobError::storage("run the blob work", e))?
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // Dropping a runtime waits, and panics inside another runtime; the work of every caller has ended already.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// The name is taken: by the same bytes, or by a damaged copy, which is then replaced.
async fn mend(objects: &dyn ObjectStore, path: &Path, name: &BlobName, payload: PutPayload) -> Result<(), BlobError> {
    let found = objects.get(path).await.map_err(|e| read_error(name, e))?;
    let bytes = found.bytes().await.map_err(|e| read_error(name, e))?;
    if BlobName::of(&bytes) == *name {
        return Ok(());
    }
    objects.put(path, payload).await.map_err(|e| BlobError::storage("replace the damaged blob", e))?;
    Ok(())
}

fn check_size(size_bytes: u64, size_max_bytes: u64) -> Result<(), BlobError> {
    if size_bytes > size_max_bytes {
        return Err(BlobError::TooLarge { size_bytes, size_max_bytes });
    }
    Ok(())
}

fn read_error(name: &BlobName, error: Error) -> BlobError {
    match error {
        Error::NotFound { .. } => BlobError::Missing(name.clone()),
        other => BlobError::storage("read the blob", other),
    }
}
