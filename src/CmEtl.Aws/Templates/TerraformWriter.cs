using System.Text.Json;
using System.Text.Json.Nodes;
using CmEtl.Aws.Deployment;

namespace CmEtl.Aws.Templates;

/// <summary>
/// The model in Terraform's JSON syntax, for the provider hashicorp/aws. Resources and arguments:
/// https://registry.terraform.io/providers/hashicorp/aws/latest/docs. Policies are strings, and all resources of a type are one object.
/// </summary>
internal sealed class TerraformWriter(TemplateModel model)
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
        return TokenText.Render(
            new JsonObject
            {
                ["//"] = "CmEtl: function, state machine, schedule, alarms. Written by Export-CmTemplate. Change its variables instead of this file.",
                ["terraform"] = new JsonObject
                {
                    ["required_version"] = ">= 1.5",
                    ["required_providers"] = new JsonObject { ["aws"] = new JsonObject { ["source"] = "hashicorp/aws", ["version"] = ">= 6.0" } },
                },
                ["variable"] = new JsonObject(model.Parameters.Select(p => KeyValuePair.Create(Snake(p.Name), (JsonNode?)Variable(p)))),
                ["data"] = new JsonObject
                {
                    ["aws_partition"] = Current(), ["aws_region"] = Current(), ["aws_caller_identity"] = Current(),
                },
                ["resource"] = _resources,
                ["output"] = new JsonObject
                {
                    ["lambda_function_arn"] = Output("{{LambdaFunctionArn}}"), ["state_machine_arn"] = Output("{{StateMachineAliasArn}}"), ["topic_arn"] = Output("{{TopicArn}}"),
                },
            },
            text => JsonValue.Create(TokenText.Replace(text, "$${", Expression)))!.AsObject();
    }

    private static string Expression(string token) => token switch
    {
        "Partition" => "data.aws_partition.current.partition",
        "DnsSuffix" => "data.aws_partition.current.dns_suffix",
        "Region" => "data.aws_region.current.region",
        "AccountId" => "data.aws_caller_identity.current.account_id",
        "LambdaFunctionArn" => "aws_lambda_alias.live.arn",
        "Function" => "aws_lambda_function.etl.function_name",
        "FunctionVersion" => "aws_lambda_function.etl.version",
        "FunctionRole" or "ExecutionRole" or "SchedulerRole" => $"aws_iam_role.{token[..^4].ToLowerInvariant()}.id",
        "FunctionRoleArn" => "aws_iam_role.function.arn",
        "ExecutionRoleArn" => "aws_iam_role.execution.arn",
        "SchedulerRoleArn" => "aws_iam_role.scheduler.arn",
        "StateMachineArn" => "aws_sfn_state_machine.etl.arn",
        "StateMachineVersion" => "aws_sfn_state_machine.etl.state_machine_version_arn",
        "StateMachineAliasArn" => "aws_sfn_alias.live.arn",
        "MachineLogArn" => "aws_cloudwatch_log_group.machine.arn",
        "DeadLetterQueueArn" => "aws_sqs_queue.dead_letter.arn",
        "DeadLetterQueueName" => "aws_sqs_queue.dead_letter.name",
        "DeadLetterQueueUrl" => "aws_sqs_queue.dead_letter.url",
        "ManifestBucket" => "aws_s3_bucket.manifest.bucket",
        "TopicArn" => "aws_sns_topic.alarms.arn",
        "ScheduleGroup" => "var.state_machine_name",
        _ => $"var.{Snake(token)}",
    };

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static JsonObject Current() => new() { ["current"] = new JsonObject() };

    private static JsonObject Output(string value) => new() { ["value"] = value };

    private static JsonObject Variable(TemplateParameter parameter)
    {
        var written = new JsonObject { ["type"] = parameter.IsList ? "list(string)" : parameter.IsNumber ? "number" : "string", ["description"] = parameter.Description };
        if (parameter.Default is { } value)
        {
            written["default"] = parameter.IsNumber ? JsonNode.Parse(value) : value;
        }

        return written;
    }

    private void WriteFunction()
    {
        Add("aws_cloudwatch_log_group", "function", LogGroup("/aws/lambda/{{FunctionName}}"));
        AddRole("function", model.FunctionTrust, model.FunctionPolicy);
        var function = new JsonObject
        {
            ["function_name"] = "{{FunctionName}}", ["role"] = "{{FunctionRoleArn}}", ["runtime"] = FunctionPublisher.Runtime, ["handler"] = FunctionPublisher.Handler,
            ["architectures"] = new JsonArray(_options.Architecture), ["memory_size"] = "{{MemorySize}}", ["timeout"] = "{{Timeout}}",
            ["s3_bucket"] = "{{CodeBucket}}", ["s3_key"] = "{{CodeKey}}", ["source_code_hash"] = _options.PackageSha256, ["publish"] = true,
            ["environment"] = new JsonObject { ["variables"] = new JsonObject(model.Environment.Select(v => KeyValuePair.Create(v.Name, (JsonNode?)v.Value))) },
            ["tracing_config"] = new JsonObject { ["mode"] = "Active" },
            ["depends_on"] = new JsonArray("aws_cloudwatch_log_group.function", "aws_iam_role_policy.function"),
        };
        if (_options.Vpc)
        {
            function["vpc_config"] = new JsonObject { ["subnet_ids"] = "{{SubnetIds}}", ["security_group_ids"] = "{{SecurityGroupIds}}" };
        }

        if (_options.Kms)
        {
            function["kms_key_arn"] = "{{KmsKeyArn}}";
        }

        Add("aws_lambda_function", "etl", function);
        Add("aws_lambda_alias", "live", new() { ["name"] = "live", ["function_name"] = "{{Function}}", ["function_version"] = "{{FunctionVersion}}" });
    }

    private void WriteMachine()
    {
        Add("aws_cloudwatch_log_group", "machine", LogGroup("/aws/vendedlogs/states/{{StateMachineName}}"));
        AddRole("execution", model.ExecutionTrust, model.ExecutionPolicy);
        Add("aws_sfn_state_machine", "etl", new()
        {
            ["name"] = "{{StateMachineName}}", ["type"] = "STANDARD", ["role_arn"] = "{{ExecutionRoleArn}}", ["definition"] = model.Definition, ["publish"] = true,
            ["logging_configuration"] = new JsonObject { ["level"] = "ALL", ["include_execution_data"] = false, ["log_destination"] = "{{MachineLogArn}}:*" },
            ["tracing_configuration"] = new JsonObject { ["enabled"] = true }, ["depends_on"] = new JsonArray("aws_iam_role_policy.execution"),
        });
        Add("aws_sfn_alias", "live", new()
        {
            ["name"] = "live", ["routing_configuration"] = new JsonArray(new JsonObject { ["state_machine_version_arn"] = "{{StateMachineVersion}}", ["weight"] = 100 }),
        });
    }

    private void WriteBucket()
    {
        if (!_options.HasBucket)
        {
            return;
        }

        const string Bucket = "{{ManifestBucket}}";
        Add("aws_s3_bucket", "manifest", new() { ["bucket_prefix"] = "cm-etl-" });
        Add("aws_s3_bucket_server_side_encryption_configuration", "manifest", new()
        {
            ["bucket"] = Bucket,
            ["rule"] = new JsonArray(new JsonObject
            {
                ["bucket_key_enabled"] = _options.Kms,
                ["apply_server_side_encryption_by_default"] = _options.Kms
                    ? new JsonObject { ["sse_algorithm"] = "aws:kms", ["kms_master_key_id"] = "{{KmsKeyArn}}" }
                    : new JsonObject { ["sse_algorithm"] = "AES256" },
            }),
        });
        Add("aws_s3_bucket_public_access_block", "manifest", new()
        {
            ["bucket"] = Bucket, ["block_public_acls"] = true, ["block_public_policy"] = true, ["ignore_public_acls"] = true, ["restrict_public_buckets"] = true,
        });
        Add("aws_s3_bucket_ownership_controls", "manifest", new() { ["bucket"] = Bucket, ["rule"] = new JsonObject { ["object_ownership"] = "BucketOwnerEnforced" } });
        Add("aws_s3_bucket_lifecycle_configuration", "manifest", new()
        {
            ["bucket"] = Bucket,
            ["rule"] = new JsonArray(new JsonObject
            {
                ["id"] = "expire", ["status"] = "Enabled", ["filter"] = new JsonArray(new JsonObject()),
                ["expiration"] = new JsonArray(new JsonObject { ["days"] = TemplateFacts.ManifestDays }),
                ["abort_incomplete_multipart_upload"] = new JsonArray(new JsonObject { ["days_after_initiation"] = 1 }),
            }),
        });
        Add("aws_s3_bucket_policy", "manifest", new()
        {
            ["bucket"] = Bucket, ["policy"] = TemplateFacts.Compact(TemplateFacts.OnlyTls("s3:*", "arn:{{Partition}}:s3:::{{ManifestBucket}}", "arn:{{Partition}}:s3:::{{ManifestBucket}}/*")),
        });
    }

    private void WriteSchedules()
    {
        Add("aws_sqs_queue", "dead_letter", new() { ["name"] = "{{FunctionName}}-dead-letter", ["sqs_managed_sse_enabled"] = true, ["message_retention_seconds"] = TemplateFacts.DeadLetterSeconds });
        Add("aws_sqs_queue_policy", "dead_letter", new()
        {
            ["queue_url"] = "{{DeadLetterQueueUrl}}", ["policy"] = TemplateFacts.Compact(TemplateFacts.OnlyTls("sqs:*", "{{DeadLetterQueueArn}}")),
        });
        AddRole("scheduler", model.SchedulerTrust, model.SchedulerPolicy);
        Add("aws_scheduler_schedule_group", "etl", new() { ["name"] = "{{ScheduleGroup}}" });
        Add("aws_scheduler_schedule", "night", Schedule("night", "{{ScheduleExpression}}", "{{StateMachineAliasArn}}", "{}"));
        Add("aws_scheduler_schedule", "deadline", Schedule("deadline", "{{DeadlineExpression}}", "{{LambdaFunctionArn}}", TemplateModel.DeadlineEvent));
    }

    private static JsonObject Schedule(string name, string expression, string target, string input) => new()
    {
        ["name"] = name, ["group_name"] = "{{ScheduleGroup}}", ["schedule_expression"] = expression, ["schedule_expression_timezone"] = "{{ScheduleTimeZone}}",
        ["state"] = "{{ScheduleState}}", ["flexible_time_window"] = new JsonObject { ["mode"] = "OFF" },
        ["target"] = new JsonObject
        {
            ["arn"] = target, ["role_arn"] = "{{SchedulerRoleArn}}", ["input"] = input,
            ["retry_policy"] = new JsonObject { ["maximum_event_age_in_seconds"] = TemplateFacts.ScheduleAgeSeconds, ["maximum_retry_attempts"] = TemplateFacts.ScheduleRetries },
            ["dead_letter_config"] = new JsonObject { ["arn"] = "{{DeadLetterQueueArn}}" },
        },
        ["depends_on"] = new JsonArray("aws_scheduler_schedule_group.etl", "aws_iam_role_policy.scheduler"),
    };

    private void WriteAlarms()
    {
        var topic = new JsonObject { ["name"] = "{{FunctionName}}-alarms" };
        if (_options.Kms)
        {
            topic["kms_master_key_id"] = "{{KmsKeyArn}}";
        }

        Add("aws_sns_topic", "alarms", topic);
        Add("aws_sns_topic_policy", "alarms", new() { ["arn"] = "{{TopicArn}}", ["policy"] = TemplateFacts.Compact(TemplateFacts.TopicPolicy()) });
        Add("aws_sns_topic_subscription", "alarms", new() { ["topic_arn"] = "{{TopicArn}}", ["protocol"] = "email", ["endpoint"] = "{{AlarmEmail}}" });
        foreach (var alarm in TemplateModel.Alarms)
        {
            Add("aws_cloudwatch_metric_alarm", Snake(alarm.Name), new()
            {
                ["alarm_name"] = $"{{{{FunctionName}}}}-{alarm.Name}", ["alarm_description"] = alarm.Description, ["namespace"] = alarm.Namespace, ["metric_name"] = alarm.Metric,
                ["dimensions"] = new JsonObject { [alarm.Dimension.Name] = alarm.Dimension.Value }, ["statistic"] = TemplateFacts.Statistic(alarm),
                ["period"] = TemplateFacts.AlarmPeriod, ["evaluation_periods"] = 1, ["threshold"] = alarm.Threshold, ["comparison_operator"] = TemplateFacts.Comparison,
                ["treat_missing_data"] = TemplateFacts.Missing, ["alarm_actions"] = new JsonArray("{{TopicArn}}"),
            });
        }

        Add("aws_cloudwatch_dashboard", "etl", new() { ["dashboard_name"] = "{{FunctionName}}", ["dashboard_body"] = TemplateFacts.Compact(TemplateModel.Dashboard) });
    }

    private JsonObject LogGroup(string name)
    {
        var group = new JsonObject { ["name"] = name, ["retention_in_days"] = "{{LogRetentionDays}}" };
        if (_options.Kms)
        {
            group["kms_key_id"] = "{{KmsKeyArn}}";
        }

        return group;
    }

    private void AddRole(string name, JsonObject trust, JsonObject policy)
    {
        Add("aws_iam_role", name, new() { ["name"] = $"{{{{FunctionName}}}}-{name}", ["assume_role_policy"] = TemplateFacts.Compact(trust) });
        Add("aws_iam_role_policy", name, new() { ["name"] = "cm-etl", ["role"] = $"{{{{{char.ToUpperInvariant(name[0])}{name[1..]}Role}}}}", ["policy"] = TemplateFacts.Compact(policy) });
    }

    private void Add(string type, string name, JsonObject arguments)
    {
        var all = _resources[type]?.AsObject();
        if (all is null)
        {
            _resources[type] = all = [];
        }

        all[name] = arguments;
    }
}
