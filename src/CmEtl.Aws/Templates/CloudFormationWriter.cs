using System.Text.Json.Nodes;
using CmEtl.Aws.Deployment;

namespace CmEtl.Aws.Templates;

/// <summary>
/// The model as a CloudFormation template. Resources and properties:
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html.
/// </summary>
internal sealed class CloudFormationWriter(TemplateModel model)
{
    private readonly TemplateOptions _options = model.Options;
    private readonly JsonObject _resources = [];

    public JsonObject Write()
    {
        WriteFunction();
        WriteMachine();
        WriteBucket();
        WriteSchedules();
        WriteAlarms();
        var template = new JsonObject
        {
            ["AWSTemplateFormatVersion"] = "2010-09-09",
            ["Description"] = "CmEtl: function, state machine, schedule, alarms. Written by Export-CmTemplate. Change its parameters instead of this file.",
            ["Parameters"] = new JsonObject(model.Parameters.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)Parameter(p)))),
            ["Resources"] = _resources,
            ["Outputs"] = new JsonObject
            {
                ["LambdaFunctionArn"] = Output("{{LambdaFunctionArn}}"), ["StateMachineArn"] = Output("{{StateMachineAliasArn}}"), ["TopicArn"] = Output("{{TopicArn}}"),
            },
        };
        return TokenText.Render(template, Text)!.AsObject();
    }

    private static JsonNode Text(string text) => TokenText.Single(text) is { } name
        ? Expression(name).Split('.') is [var resource, var attribute]
            ? new JsonObject { ["Fn::GetAtt"] = new JsonArray(resource, attribute) }
            : new JsonObject { ["Ref"] = Expression(name) }
        : TokenText.Has(text) ? new JsonObject { ["Fn::Sub"] = TokenText.Replace(text, "${!", Expression) }
        : JsonValue.Create(text);

    private static string Expression(string token) => token switch
    {
        "Partition" or "Region" or "AccountId" => $"AWS::{token}",
        "DnsSuffix" => "AWS::URLSuffix",
        "LambdaFunctionArn" => "FunctionAlias",
        "FunctionRoleArn" or "ExecutionRoleArn" or "SchedulerRoleArn" => $"{token[..^3]}.Arn",
        "StateMachineArn" => "StateMachine",
        "StateMachineAliasArn" => "StateMachineAlias",
        "MachineLogArn" => "MachineLogGroup.Arn",
        "DeadLetterQueueArn" => "DeadLetterQueue.Arn",
        "DeadLetterQueueName" => "DeadLetterQueue.QueueName",
        "TopicArn" => "Topic",
        "ScheduleGroup" => "StateMachineName",
        _ => token,
    };

    private static JsonObject Parameter(TemplateParameter parameter)
    {
        var written = new JsonObject { ["Type"] = parameter.IsList ? "CommaDelimitedList" : parameter.IsNumber ? "Number" : "String", ["Description"] = parameter.Description };
        if (parameter.Default is not null)
        {
            written["Default"] = parameter.Default;
        }

        return written;
    }

    private static JsonObject Output(string value) => new() { ["Value"] = value };

    private void WriteFunction()
    {
        Add("FunctionLogGroup", "AWS::Logs::LogGroup", LogGroup("/aws/lambda/{{FunctionName}}"));
        AddRole("FunctionRole", model.FunctionTrust, model.FunctionPolicy);
        var function = new JsonObject
        {
            ["FunctionName"] = "{{FunctionName}}", ["Role"] = "{{FunctionRoleArn}}", ["Runtime"] = FunctionPublisher.Runtime, ["Handler"] = FunctionPublisher.Handler,
            ["Architectures"] = new JsonArray(_options.Architecture), ["MemorySize"] = "{{MemorySize}}", ["Timeout"] = "{{Timeout}}",
            ["Code"] = new JsonObject { ["S3Bucket"] = "{{CodeBucket}}", ["S3Key"] = "{{CodeKey}}" },
            ["Environment"] = new JsonObject { ["Variables"] = new JsonObject(model.Environment.Select(v => KeyValuePair.Create(v.Name, (JsonNode?)v.Value))) },
            ["TracingConfig"] = new JsonObject { ["Mode"] = "Active" },
        };
        if (_options.Vpc)
        {
            function["VpcConfig"] = new JsonObject { ["SubnetIds"] = "{{SubnetIds}}", ["SecurityGroupIds"] = "{{SecurityGroupIds}}" };
        }

        if (_options.Kms)
        {
            function["KmsKeyArn"] = "{{KmsKeyArn}}";
        }

        Add("Function", "AWS::Lambda::Function", function)["DependsOn"] = "FunctionLogGroup";
        // A version keeps the code that it was published with, so each package needs its own version resource.
        var version = $"FunctionVersion{Convert.ToHexStringLower(Convert.FromBase64String(_options.PackageSha256))[..12]}";
        Keep(Add(version, "AWS::Lambda::Version", new() { ["FunctionName"] = "{{Function}}", ["CodeSha256"] = _options.PackageSha256 }));
        Add("FunctionAlias", "AWS::Lambda::Alias", new()
        {
            ["FunctionName"] = "{{Function}}", ["Name"] = "live",
            ["FunctionVersion"] = new JsonObject { ["Fn::GetAtt"] = new JsonArray(version, "Version") },
        });
    }

    private void WriteMachine()
    {
        Add("MachineLogGroup", "AWS::Logs::LogGroup", LogGroup("/aws/vendedlogs/states/{{StateMachineName}}"));
        AddRole("ExecutionRole", model.ExecutionTrust, model.ExecutionPolicy);
        Add("StateMachine", "AWS::StepFunctions::StateMachine", new()
        {
            ["StateMachineName"] = "{{StateMachineName}}", ["StateMachineType"] = "STANDARD", ["RoleArn"] = "{{ExecutionRoleArn}}",
            ["DefinitionString"] = model.Definition,
            ["LoggingConfiguration"] = new JsonObject
            {
                ["Level"] = "ALL", ["IncludeExecutionData"] = false,
                ["Destinations"] = new JsonArray(new JsonObject { ["CloudWatchLogsLogGroup"] = new JsonObject { ["LogGroupArn"] = "{{MachineLogArn}}" } }),
            },
            ["TracingConfiguration"] = new JsonObject { ["Enabled"] = true },
        });
        // The revision changes with the definition and the role, which publishes a new version.
        Keep(Add("StateMachineVersion", "AWS::StepFunctions::StateMachineVersion", new()
        {
            ["StateMachineArn"] = "{{StateMachineArn}}",
            ["StateMachineRevisionId"] = new JsonObject { ["Fn::GetAtt"] = new JsonArray("StateMachine", "StateMachineRevisionId") },
        }));
        Add("StateMachineAlias", "AWS::StepFunctions::StateMachineAlias", new()
        {
            ["Name"] = "live", ["RoutingConfiguration"] = new JsonArray(new JsonObject { ["StateMachineVersionArn"] = "{{StateMachineVersion}}", ["Weight"] = 100 }),
        });
    }

    private void WriteBucket()
    {
        if (!_options.HasBucket)
        {
            return;
        }

        var encryption = _options.Kms
            ? new JsonObject { ["SSEAlgorithm"] = "aws:kms", ["KMSMasterKeyID"] = "{{KmsKeyArn}}" }
            : new JsonObject { ["SSEAlgorithm"] = "AES256" };
        Keep(Add("ManifestBucket", "AWS::S3::Bucket", new()
        {
            ["BucketEncryption"] = new JsonObject
            {
                ["ServerSideEncryptionConfiguration"] =
                    new JsonArray(new JsonObject { ["ServerSideEncryptionByDefault"] = encryption, ["BucketKeyEnabled"] = _options.Kms }),
            },
            ["PublicAccessBlockConfiguration"] = new JsonObject
            {
                ["BlockPublicAcls"] = true, ["BlockPublicPolicy"] = true, ["IgnorePublicAcls"] = true, ["RestrictPublicBuckets"] = true,
            },
            ["OwnershipControls"] = new JsonObject { ["Rules"] = new JsonArray(new JsonObject { ["ObjectOwnership"] = "BucketOwnerEnforced" }) },
            ["LifecycleConfiguration"] = new JsonObject
            {
                ["Rules"] = new JsonArray(new JsonObject
                {
                    ["Id"] = "expire", ["Status"] = "Enabled", ["ExpirationInDays"] = TemplateFacts.ManifestDays,
                    ["AbortIncompleteMultipartUpload"] = new JsonObject { ["DaysAfterInitiation"] = 1 },
                }),
            },
        }));
        Add("ManifestBucketPolicy", "AWS::S3::BucketPolicy", new()
        {
            ["Bucket"] = "{{ManifestBucket}}",
            ["PolicyDocument"] = TemplateFacts.OnlyTls("s3:*", "arn:{{Partition}}:s3:::{{ManifestBucket}}", "arn:{{Partition}}:s3:::{{ManifestBucket}}/*"),
        });
    }

    private void WriteSchedules()
    {
        Add("DeadLetterQueue", "AWS::SQS::Queue", new() { ["SqsManagedSseEnabled"] = true, ["MessageRetentionPeriod"] = TemplateFacts.DeadLetterSeconds });
        Add("DeadLetterQueuePolicy", "AWS::SQS::QueuePolicy", new()
        {
            ["Queues"] = new JsonArray("{{DeadLetterQueue}}"), ["PolicyDocument"] = TemplateFacts.OnlyTls("sqs:*", "{{DeadLetterQueueArn}}"),
        });
        AddRole("SchedulerRole", model.SchedulerTrust, model.SchedulerPolicy);
        Add("ScheduleGroup", "AWS::Scheduler::ScheduleGroup", new() { ["Name"] = "{{ScheduleGroup}}" });
        Add("NightSchedule", "AWS::Scheduler::Schedule", Schedule("night", "{{ScheduleExpression}}", "{{StateMachineAliasArn}}", "{}"))["DependsOn"] = "ScheduleGroup";
        Add("DeadlineSchedule", "AWS::Scheduler::Schedule", Schedule("deadline", "{{DeadlineExpression}}", "{{LambdaFunctionArn}}", TemplateModel.DeadlineEvent))["DependsOn"] = "ScheduleGroup";
    }

    private static JsonObject Schedule(string name, string expression, string target, string input) => new()
    {
        ["Name"] = name, ["GroupName"] = "{{ScheduleGroup}}", ["ScheduleExpression"] = expression, ["ScheduleExpressionTimezone"] = "{{ScheduleTimeZone}}",
        ["State"] = "{{ScheduleState}}", ["FlexibleTimeWindow"] = new JsonObject { ["Mode"] = "OFF" },
        ["Target"] = new JsonObject
        {
            ["Arn"] = target, ["RoleArn"] = "{{SchedulerRoleArn}}", ["Input"] = input,
            ["RetryPolicy"] = new JsonObject { ["MaximumEventAgeInSeconds"] = TemplateFacts.ScheduleAgeSeconds, ["MaximumRetryAttempts"] = TemplateFacts.ScheduleRetries },
            ["DeadLetterConfig"] = new JsonObject { ["Arn"] = "{{DeadLetterQueueArn}}" },
        },
    };

    private void WriteAlarms()
    {
        Add("Topic", "AWS::SNS::Topic", _options.Kms ? new() { ["KmsMasterKeyId"] = "{{KmsKeyArn}}" } : []);
        Add("TopicPolicy", "AWS::SNS::TopicPolicy", new() { ["Topics"] = new JsonArray("{{TopicArn}}"), ["PolicyDocument"] = TemplateFacts.TopicPolicy() });
        Add("TopicSubscription", "AWS::SNS::Subscription", new() { ["TopicArn"] = "{{TopicArn}}", ["Protocol"] = "email", ["Endpoint"] = "{{AlarmEmail}}" });
        foreach (var alarm in TemplateModel.Alarms)
        {
            Add($"{alarm.Name}Alarm", "AWS::CloudWatch::Alarm", new()
            {
                ["AlarmName"] = $"{{{{FunctionName}}}}-{alarm.Name}", ["AlarmDescription"] = alarm.Description, ["Namespace"] = alarm.Namespace, ["MetricName"] = alarm.Metric,
                ["Dimensions"] = new JsonArray(new JsonObject { ["Name"] = alarm.Dimension.Name, ["Value"] = alarm.Dimension.Value }),
                ["Statistic"] = TemplateFacts.Statistic(alarm), ["Period"] = TemplateFacts.AlarmPeriod, ["EvaluationPeriods"] = 1, ["Threshold"] = alarm.Threshold,
                ["ComparisonOperator"] = TemplateFacts.Comparison, ["TreatMissingData"] = TemplateFacts.Missing, ["AlarmActions"] = new JsonArray("{{TopicArn}}"),
            });
        }

        Add("Dashboard", "AWS::CloudWatch::Dashboard", new() { ["DashboardName"] = "{{FunctionName}}", ["DashboardBody"] = TemplateFacts.Compact(TemplateModel.Dashboard) });
    }

    private JsonObject LogGroup(string name)
    {
        var group = new JsonObject { ["LogGroupName"] = name, ["RetentionInDays"] = "{{LogRetentionDays}}" };
        if (_options.Kms)
        {
            group["KmsKeyId"] = "{{KmsKeyArn}}";
        }

        return group;
    }

    private void AddRole(string name, JsonObject trust, JsonObject policy) => Add(name, "AWS::IAM::Role", new()
    {
        ["AssumeRolePolicyDocument"] = trust,
        ["Policies"] = new JsonArray(new JsonObject { ["PolicyName"] = "cm-etl", ["PolicyDocument"] = policy }),
    });

    private JsonObject Add(string name, string type, JsonObject properties)
    {
        var resource = new JsonObject { ["Type"] = type, ["Properties"] = properties };
        _resources[name] = resource;
        return resource;
    }

    // Running executions use the version that they started with, and a redrive reads the manifest.
    private static void Keep(JsonObject resource)
    {
        resource["DeletionPolicy"] = "Retain";
        resource["UpdateReplacePolicy"] = "Retain";
    }
}
