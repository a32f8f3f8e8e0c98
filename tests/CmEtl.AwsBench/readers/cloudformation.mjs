// Two independent readers of a CloudFormation template: CfnInclude of aws-cdk-lib converts it to typed resources, and cdk-nag checks them. Writes JSON.
import { rmSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';

const app = new App({ analyticsReporting: false });
const stack = new Stack(app, 'CmEtl');
new CfnInclude(stack, 'Template', { templateFile: process.argv[2] });
const assembly = app.synth();
const resources = Object.values(assembly.getStackByName('CmEtl').template.Resources).map((r) => r.Type);
const findings = [AwsSolutionsChecks, ServerlessChecks].flatMap((Pack) => new Pack(app).validate({ appConstruct: app, templatePaths: [] }).violations)
  .flatMap((v) => v.violatingResources.map((r) => `${v.ruleName} ${r.constructPath.split('/').at(-1)}`));
rmSync(assembly.directory, { recursive: true });
// The names that the CDK has for the metrics of these services.
const arn = (service, resource) => `arn:aws:${service}:us-east-1:123456789012:${resource}`;
const [machine, fn, queue] = [StateMachine.fromStateMachineArn(stack, 'M', arn('states', 'stateMachine:m')),
  Function.fromFunctionArn(stack, 'F', arn('lambda', 'function:f')), Queue.fromQueueArn(stack, 'Q', arn('sqs', 'q'))];
const metrics = [machine.metricFailed(), machine.metricTimedOut(), machine.metricThrottled(), fn.metricErrors(), fn.metricThrottles(),
  queue.metricApproximateNumberOfMessagesVisible()].map((m) => `${m.namespace} ${m.metricName} ${Object.keys(m.dimensions)}`);
process.stdout.write(JSON.stringify({ resources, findings, metrics }));
