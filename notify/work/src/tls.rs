//! How we speak TLS to others: rustls with ring, the system's authorities or a file of one's own.

use std::{path::Path, sync::Arc};

use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};

use crate::provider::settings::Unusable;

/// A client configuration that trusts the authorities in `ca_file`, or the system's.
///
/// # Errors
/// [`Unusable`] when the file cannot be read or holds none. A system without any is no error here:
/// every handshake then fails with its own reason.
pub(crate) fn client(ca_file: Option<&Path>) -> Result<Arc<ClientConfig>, Unusable> {
    let mut roots = RootCertStore::empty();
    match ca_file {
        Some(path) => read(&mut roots, path)?,
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|e| Unusable::new("ca_file", e.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

fn read(roots: &mut RootCertStore, path: &Path) -> Result<(), Unusable> {
    let unusable = |e: String| Unusable::new("ca_file", format!("{}: {e}", path.display()));
    let found = CertificateDer::pem_file_iter(path).map_err(|e| unusable(e.to_string()))?;
    for certificate in found {
        let certificate = certificate.map_err(|e| unusable(e.to_string()))?;
        roots.add(certificate).map_err(|e| unusable(e.to_string()))?;
    }
    if roots.is_empty() {
        return Err(unusable("holds no certificate".to_owned()));
    }
    Ok(())
}
