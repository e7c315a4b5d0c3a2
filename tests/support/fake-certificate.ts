/**
 * A certificate that signs itself, for 0.0.0.0, 127.0.0.1 and localhost, good from 2020 to 2119, with its key: made for the tests
 * and worth nothing anywhere else.
 */
export const fakeCertificate = {
  cert: pem('CERTIFICATE', [
    'MIIBbDCCAROgAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlmYWtlLXNt',
    'dHAwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM',
    'CWZha2Utc210cDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABFK0IcCSrqO+qOQF',
    'vBorc+YXwuwrYjs+gmMbnzfLou44+L9ccJ6mNHYpJmR0gZO1Li7QmxCF3JFfw5ti',
    'd5PjJhajVDBSMA8GA1UdEwEB/wQFMAMBAf8wIAYDVR0RBBkwF4cEAAAAAIcEfwAA',
    'AYIJbG9jYWxob3N0MB0GA1UdDgQWBBSl1aEJK1I/5sJBUz6H568ukCuZHzAKBggq',
    'hkjOPQQDAgNHADBEAiAXwNFuL7znQ6Tj9eLj+HMLzIRTqCgAmVMnTlqY6rERxQIg',
    'URbyGS48roJiyXrl0Jkc+Jek84BI2jnzHCZSQPm3LsQ=',
  ]),
  key: pem('PRIVATE KEY', [
    'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgFDauhnL4vP6FuyKb',
    'JbpogEyDy7oKkeY+mj8WUrmUERqhRANCAARStCHAkq6jvqjkBbwaK3PmF8LsK2I7',
    'PoJjG583y6LuOPi/XHCepjR2KSZkdIGTtS4u0JsQhdyRX8ObYneT4yYW',
  ]),
};

function pem(what: string, lines: readonly string[]): string {
  return [`-----BEGIN ${what}-----`, ...lines, `-----END ${what}-----`, ''].join('\n');
}
