//! How long one remembered authentication takes: `cargo run --release -p accounts --example authentication_speed`.

use std::{error::Error, sync::Arc, time::Instant};

use accounts::{
    Capabilities, Directory, KeyKind,
    api_key::{self, NewKey},
    service,
};
use audit::Stamp;
use jsonwebtoken::{EncodingKey, Header, encode};
use kernel::Clock;
use sea_orm_migration::{MigrationTrait, MigratorTrait};

/// Calls in one measurement.
const CALLS: u32 = 200_000;

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        audit::migrations().into_iter().chain(accounts::migrations()).collect()
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let test = testkit::TestDatabase::fresh::<Migrator>(testkit::Engine::Sqlite).await;
    let (vault, clock) = (Arc::new(testkit::vault()), Clock::system());
    let stamp = Stamp::system(clock.now());
    let tx = test.db.begin().await?;
    let service = service::create(&tx, &stamp, "Permits", None).await?.id;
    let mut keys = Vec::new();
    for name in ["one", "two", "three"] {
        let (name, capabilities) = (name.to_owned(), Capabilities::default());
        let new = NewKey { name, kind: KeyKind::Normal, capabilities };
        keys.push(api_key::issue(&tx, &vault, &stamp, service, &new).await?);
    }
    tx.commit().await?;
    let directory = Directory::new(test.db.clone(), vault, clock.clone());
    for (nth, key) in keys.iter().rev().enumerate() {
        let claims = serde_json::json!({"iss": service, "iat": clock.now().timestamp()});
        let secret = EncodingKey::from_secret(key.secret.expose().as_bytes());
        let token = format!("Bearer {}", encode(&Header::default(), &claims, &secret)?);
        println!("token, key {} of 3: {:.2} µs", nth + 1, measure(&directory, &token).await?);
    }
    let full = format!("ApiKey-v1 {}", keys[0].full.expose());
    println!("full key: {:.2} µs", measure(&directory, &full).await?);
    Ok(())
}

/// Microseconds a call, on one core, the reading of the database every two seconds included.
async fn measure(directory: &Directory, header: &str) -> Result<f64, Box<dyn Error>> {
    let start = Instant::now();
    for _ in 0..CALLS {
        directory.authenticate(Some(header)).await?;
    }
    Ok(start.elapsed().as_secs_f64() * 1e6 / f64::from(CALLS))
}
