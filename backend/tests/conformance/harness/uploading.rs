//! Bringing files, as a browser does.

use contract::{
    Entry,
    attachment::{Attachment, tus},
};
use reqwest::{Method, RequestBuilder};
use serde_json::json;
use uuid::Uuid;

use super::{Answer, Client, Sample};

impl Client {
    /// A request that speaks tus.
    pub fn tus(&self, method: Method, path: &str) -> RequestBuilder {
        self.request(method, path).header(tus::RESUMABLE, tus::VERSION)
    }

    /// Tries to begin an upload.
    pub async fn try_begin(&self, name: &str, size: usize) -> Answer {
        let request = self.tus(Method::POST, "/uploads").header(tus::LENGTH, size);
        self.send(request.header(tus::METADATA, tus::metadata(name))).await
    }

    /// Begins one; answers its id.
    pub async fn begin(&self, name: &str, size: usize) -> Uuid {
        let answer = self.try_begin(name, size).await.expect(201);
        let location = answer.header("location").expect("an address");
        location.strip_prefix("/api/v1/uploads/").expect("below uploads").parse().expect("an id")
    }

    /// Sends a piece.
    pub async fn append(&self, id: Uuid, at: usize, piece: &[u8]) -> Answer {
        let request = self.tus(Method::PATCH, &format!("/uploads/{id}")).header(tus::OFFSET, at);
        self.send(request.header("content-type", tus::PIECE).body(piece.to_vec())).await
    }

    /// How much of an upload has arrived; none where there is no such upload.
    pub async fn arrived(&self, id: Uuid) -> Option<usize> {
        let answer = self.tus(Method::HEAD, &format!("/uploads/{id}")).send().await.expect("an answer");
        let offset = answer.headers().get(tus::OFFSET)?.to_str().expect("digits").parse();
        assert_eq!(answer.status(), 200);
        Some(offset.expect("a number"))
    }

    /// Brings a whole file.
    pub async fn upload(&self, file: &Sample) -> Uuid {
        let id = self.begin(&file.name, file.bytes.len()).await;
        self.append(id, 0, &file.bytes).await.expect(204);
        id
    }

    /// Tries to send files, with a text or without.
    pub async fn try_attach(&self, number: &str, text: &str, ids: &[Uuid]) -> Answer {
        self.post(&format!("/cases/{number}/messages"), &json!({ "body": text, "attachments": ids })).await
    }

    /// Sends files.
    pub async fn attach(&self, number: &str, text: &str, files: &[Sample]) -> Entry {
        let mut ids = Vec::new();
        for file in files {
            ids.push(self.upload(file).await);
        }
        self.try_attach(number, text, &ids).await.expect(201).json()
    }

    /// The files of a case.
    pub async fn attachments(&self, number: &str) -> Vec<Attachment> {
        self.get(&format!("/cases/{number}/attachments")).await.ok()
    }

    /// A file's bytes with the answer's headers, asked for with more headers.
    pub async fn download(
        &self,
        number: &str,
        id: Uuid,
        headers: &[(&str, &str)],
    ) -> (u16, reqwest::header::HeaderMap, Vec<u8>) {
        let mut request = self.request(Method::GET, &format!("/cases/{number}/attachments/{id}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send().await.expect("an answer");
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        (status, headers, answer.bytes().await.expect("its bytes").to_vec())
    }
}
