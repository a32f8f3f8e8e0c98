// S3 for the bench. One JSON object per line: in, the answer that the next requests get instead; out, where it listens and what it was asked.
import { createInterface } from 'node:readline';
import S3rver from 's3rver';
import account from 's3rver/lib/models/account.js';

const { directory, buckets, accessKey, secretKey } = JSON.parse(process.argv[2]);
account.DUMMY_ACCOUNT.createKeyPair(accessKey, secretKey);
const say = (line) => process.stdout.write(JSON.stringify(line) + '\n');
const faults = [];
const server = new S3rver({
  address: '127.0.0.1', port: 0, silent: true, directory, vhostBuckets: false, configureBuckets: buckets.map((name) => ({ name })),
});
server.middleware.unshift(async (call, next) => {
  const fault = faults.shift();
  if (fault) {
    call.status = fault.status;
    call.type = 'application/xml';
    call.body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${fault.code}</Code><Message>As the test ordered.</Message></Error>`;
  } else {
    await next();
  }
  say({ method: call.method, path: call.path, headers: call.headers, status: call.status });
});
say({ port: (await server.run()).port });

for await (const line of createInterface({ input: process.stdin })) {
  faults.push(JSON.parse(line));
  say({ armed: true });
}
process.exit(0);
