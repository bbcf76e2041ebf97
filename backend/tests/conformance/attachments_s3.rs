//! Files in a bucket, with a server that speaks S3.

use std::net::Ipv4Addr;

use casement_backend::{attachments::Storage, config::Config};
use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};
use s3s_fs::FileSystem;
use tokio::net::TcpListener;

use crate::harness::{Draft, Portal, Sample, on_both};

on_both!(files_are_kept_in_a_bucket);

const BUCKET: &str = "casement";
const KEY: &str = "access";
const SECRET: &str = "secret";

/// A server with an empty bucket; answers where it is.
async fn serve(folder: &std::path::Path) -> String {
    std::fs::create_dir(folder.join(BUCKET)).expect("the bucket");
    let mut builder = S3ServiceBuilder::new(FileSystem::new(folder).expect("a file system"));
    builder.set_auth(SimpleAuth::from_single(KEY, SECRET));
    let service = builder.build();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let connection = hyper::server::conn::http1::Builder::new()
                .serve_connection(hyper_util::rt::TokioIo::new(stream), service.clone());
            tokio::spawn(connection);
        }
    });
    address
}

fn storage(endpoint: String) -> Storage {
    let config = Config {
        s3_bucket: Some(BUCKET.to_owned()),
        s3_endpoint: Some(endpoint),
        s3_access_key: Some(KEY.to_owned()),
        s3_secret_key: Some(SECRET.to_owned()),
        ..Config::default()
    };
    config.open_files().expect("a store of files")
}

async fn files_are_kept_in_a_bucket(portal: Portal) {
    let folder = tempfile::tempdir().expect("a folder");
    let server = portal.with_files(storage(serve(folder.path()).await)).await;
    let customer = portal.customer().await.at(&server.base);
    customer.file(&Draft::problem("Kept in a bucket")).await;
    let file = Sample::text("in two pieces.txt");
    let id = customer.begin(&file.name, file.bytes.len()).await;
    customer.append(id, 0, &file.bytes[..7]).await.expect(204);
    customer.append(id, 7, &file.bytes[7..]).await.expect(204);
    customer.try_attach("CS-000001", "", &[id]).await.expect(201);
    assert_eq!(customer.download("CS-000001", id, &[]).await.2, file.bytes);
    let part = customer.download("CS-000001", id, &[("range", "bytes=6-9")]).await;
    assert_eq!((part.0, part.2.as_slice()), (206, b"line".as_slice()));
    assert!(folder.path().join(BUCKET).join(format!("attachments/{id}")).is_file());
    let pieces = std::fs::read_dir(folder.path().join(BUCKET).join(format!("uploads/{id}")));
    assert_eq!(pieces.map(|left| left.count()).unwrap_or_default(), 0, "the pieces are gone");
    let given_up = customer.upload(&Sample::text("given up.txt")).await;
    customer.send(customer.tus(reqwest::Method::DELETE, &format!("/uploads/{given_up}"))).await.expect(204);
    assert!(!folder.path().join(BUCKET).join(format!("attachments/{given_up}")).exists());
}
