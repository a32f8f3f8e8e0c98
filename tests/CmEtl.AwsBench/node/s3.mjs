// S3 servers for the bench.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import S3rver from 's3rver';
import account from 's3rver/lib/models/account.js';

// s3rver does not verify this: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html. The body is signed by its hash.
function signed({ method, url, headers }, accessKey, secretKey) {
  const [, key, scope, names, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\S+?), *SignedHeaders=(\S+?), *Signature=(\S+)$/.exec(headers.authorization ?? '') ?? [];
  if (key !== accessKey) return true; // s3rver itself refuses unknown keys.
  const [path, query = ''] = url.split('?');
  const hash = (text) => createHash('sha256').update(text).digest('hex');
  const sign = (with_, text) => createHmac('sha256', with_).update(text).digest();
  const canonical = [
    method, path, query.split('&').filter(Boolean).map((p) => (p.includes('=') ? p : `${p}=`)).sort().join('&'),
    names.split(';').map((name) => `${name}:${headers[name]?.trim()}\n`).join(''), names, headers['x-amz-content-sha256'],
  ].join('\n');
  const expected = sign(
    scope.split('/').reduce(sign, `AWS4${secretKey}`), ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, hash(canonical)].join('\n')).toString('hex');
  return expected.length === signature.length && timingSafeEqual(Buffer.from(expected), Buffer.from(signature));
}

// Calls `tell` with every request. Requests are answered with the errors in `faults` first.
export async function serve({ directory, buckets, accessKey, secretKey }, faults, tell) {
  account.DUMMY_ACCOUNT.createKeyPair(accessKey, secretKey);
  const server = new S3rver({
    address: '127.0.0.1', port: 0, silent: true, directory, vhostBuckets: false, configureBuckets: buckets.map((name) => ({ name })),
  });
  server.middleware.unshift(async (call, next) => {
    const fault = faults.shift() ?? (signed(call.req, accessKey, secretKey) ? null : { status: 403, code: 'SignatureDoesNotMatch' });
    if (fault) {
      call.status = fault.status;
      call.type = 'application/xml';
      call.body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${fault.code}</Code><Message>As the test ordered.</Message></Error>`;
    } else {
      await next();
    }
    tell({ method: call.method, path: call.path, headers: call.headers, status: call.status });
  });
  await server.run();
  return server.httpServer;
}
