// The AWS SDK for JavaScript as an independent client. Sends every command of the JSON array on standard input and ends. Responses are ignored.
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as lambda from '@aws-sdk/client-lambda';
import * as sfn from '@aws-sdk/client-sfn';

const { endpoint, calls } = JSON.parse(await new Response(process.stdin).text());
const options = { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'AKIDBENCH', secretAccessKey: 'bench-secret' }, maxAttempts: 1 };
const services = { sfn: [new sfn.SFNClient(options), sfn], lambda: [new lambda.LambdaClient(options), lambda], logs: [new logs.CloudWatchLogsClient(options), logs] };

// { "$bytes": base64 } is a blob.
const blobs = (key, value) => (value?.$bytes === undefined ? value : Buffer.from(value.$bytes, 'base64'));

for (const { service, operation, input } of calls) {
  const [client, commands] = services[service];
  try {
    await client.send(new commands[`${operation}Command`](JSON.parse(JSON.stringify(input), blobs)));
  } catch (error) {
    if (error.$metadata === undefined) throw error; // Not an answer, but no request.
  }
}
