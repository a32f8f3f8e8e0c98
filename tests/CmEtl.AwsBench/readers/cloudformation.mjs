// Two independent readers of a CloudFormation template: CfnInclude of aws-cdk-lib converts it to typed resources, and cdk-nag checks them. Writes JSON.
import { rmSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
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
process.stdout.write(JSON.stringify({ resources, findings }));
