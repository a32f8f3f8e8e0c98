using System.Text.Json.Nodes;
using CmEtl.Aws.Definitions;
using CmEtl.Aws.Deployment;
using CmEtl.Aws.Policies;

namespace CmEtl.Aws.Templates;

/// <summary>
/// The content that both template languages share: the definition, the policies and the settings of the function, from the same sources as
/// in the cmdlets. Values that are known only at deployment are tokens in double braces, which each language replaces with its own
/// expression.
/// </summary>
internal sealed class TemplateModel
{
    private const string FunctionDimension = "FunctionName";
    private const string Own = "CmEtl";

    private readonly Dictionary<string, string> _values;
    private readonly PolicyFeatures _features;

    public TemplateModel(TemplateOptions options)
    {
        Options = options;
        _features = PolicyFeatures.Tracing | (options.Vpc ? PolicyFeatures.Vpc : PolicyFeatures.None);
        string[] known =
        [
            "Partition", "Region", "AccountId", "DnsSuffix", "FunctionName", "StateMachineName", "LambdaFunctionArn", "LambdaFunctionArnPattern", "ScheduleGroup",
            "DeadLetterQueueArn", "DeadlineFunctionArn",
            .. options.Login == DatabaseLogin.Iam ? (string[])["DatabaseResourceId", "DatabaseUser"] : ["DatabaseSecretArn", "DatabaseSecretArnPattern"],
            .. options.Kms ? ["KmsKeyArn"] : (string[])[],
            .. options.HasBucket ? ["ManifestBucket"] : (string[])[],
        ];
        _values = known.ToDictionary(n => n, Token);
        // The function is called through its alias, and the secret is read by the given ARN.
        (_values["LambdaFunctionArnPattern"], _values["DeadlineFunctionArn"]) = (_values["LambdaFunctionArn"], _values["LambdaFunctionArn"]);
        if (options.Login == DatabaseLogin.Secret)
        {
            _values["DatabaseSecretArnPattern"] = _values["DatabaseSecretArn"];
        }

        if (options.Kms)
        {
            (_values["SecretKmsKeyArn"], _values["ManifestKmsKeyArn"]) = (_values["KmsKeyArn"], _values["KmsKeyArn"]);
        }

        (_values["ManifestPrefix"], _values["ResultPrefix"]) = (PipelineDefinition.ManifestPrefix, PipelineDefinition.ResultPrefix);
    }

    public TemplateOptions Options { get; }

    /// <summary>The definition with the values of the export and the names of the template.</summary>
    public string Definition
    {
        get
        {
            var values = new Dictionary<string, string>(Options.Substitutions);
            foreach (var name in Options.Definition.Placeholders.Where(_values.ContainsKey))
            {
                values[name] = _values[name];
            }

            // The service integrations of other partitions have their own ARNs.
            return TemplateFacts.Compact(JsonNode.Parse(PipelineDefinition.Render(Options.Definition, values))!)
                .Replace("\"arn:aws:states:::", $"\"arn:{Token("Partition")}:states:::", StringComparison.Ordinal);
        }
    }

    /// <summary>Permissions of the function. The template creates its log group, so the function does not need this permission.</summary>
    public JsonObject FunctionPolicy => Policy("function_role.json", "CreateItsLog");

    public JsonObject FunctionTrust => Policy("function_role_trust.json");

    /// <summary>Permissions of the state machine.</summary>
    public JsonObject ExecutionPolicy => Policy(Options.HasBucket ? "execution_role_distributed.json" : "execution_role.json");

    public JsonObject ExecutionTrust => Policy("execution_role_trust.json");

    /// <summary>Permissions of the scheduler.</summary>
    public JsonObject SchedulerPolicy => Policy("scheduler_role.json");

    public JsonObject SchedulerTrust => Policy("scheduler_role_trust.json");

    /// <summary>The function's environment variables.</summary>
    public IEnumerable<(string Name, string Value)> Environment =>
    [
        ("POSTGRES_HOST", Token("DatabaseHost")), ("POSTGRES_PORT", Token("DatabasePort")), ("POSTGRES_DATABASE", Token("DatabaseName")),
        ("POSTGRES_USER", Token("DatabaseUser")),
        Options.Login == DatabaseLogin.Iam ? ("CMETL_RDS_IAM", "true") : ("CMETL_PASSWORD_SECRET_ARN", Token("DatabaseSecretArn")),
        .. Options.RootCertificate ? [(PackageFile.RootCertificateVariable, PackageFile.RootCertificate)] : Array.Empty<(string, string)>(),
        .. Options.Kms && Options.HasBucket ? [("CMETL_MANIFEST_KMS_KEY_ID", Token("KmsKeyArn"))] : Array.Empty<(string, string)>(),
    ];

    public IEnumerable<TemplateParameter> Parameters =>
    [
        new("CodeBucket", "Name of the S3 bucket that contains the function's package."),
        new("CodeKey", "Key of the package in this bucket.", Options.PackageName),
        new("FunctionName", "Name of the function.", Options.FunctionName),
        new("StateMachineName", "Name of the state machine.", Options.StateMachineName),
        new("MemorySize", "Memory of the function in MiB.", $"{FunctionPublisher.DefaultMemory}", IsNumber: true),
        new("Timeout", "Timeout of the function in seconds.", $"{FunctionPublisher.DefaultTimeout}", IsNumber: true),
        new("DatabaseHost", "Name of the database server, or of the RDS Proxy."),
        new("DatabasePort", "Port of the database server.", "5432", IsNumber: true),
        new("DatabaseName", "Name of the database."),
        new("DatabaseUser", "Database user of the function.", "cm_worker"),
        Options.Login == DatabaseLogin.Iam
            ? new("DatabaseResourceId", "Resource id of the instance, cluster or RDS Proxy: db-..., cluster-... or prx-....")
            : new("DatabaseSecretArn", "ARN of the secret with the password, with its random suffix."),
        .. Options.Vpc
            ? [new("SubnetIds", "Ids of private subnets with a route to the database.", IsList: true), new("SecurityGroupIds", "Ids of security groups that may connect to the database.", IsList: true)]
            : Array.Empty<TemplateParameter>(),
        .. Options.Kms
            ? [new("KmsKeyArn", "ARN of the KMS key. Its policy must allow CloudWatch Logs and CloudWatch alarms to use it.")]
            : Array.Empty<TemplateParameter>(),
        new("ScheduleExpression", "Schedule expression of the run.", "cron(0 2 * * ? *)"),
        new("DeadlineExpression", "Schedule expression of the check that there is a verified run.", "cron(0 6 * * ? *)"),
        new("DeadlineHours", "Maximum age in hours of the verified run at the time of the check.", "12", IsNumber: true),
        new("ScheduleTimeZone", "Time zone of both schedules.", "UTC"),
        new("ScheduleState", "ENABLED or DISABLED.", "ENABLED"),
        new("LogRetentionDays", "Number of days that logs are kept.", "90", IsNumber: true),
        new("AlarmEmail", "E-mail address for alarms.")
    ];

    /// <summary>
    /// The alarms. Names and dimensions of AWS's metrics:
    /// https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html,
    /// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html and
    /// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html.
    /// A test compares them with aws-cdk-lib.
    /// </summary>
    public static IEnumerable<TemplateAlarm> Alarms
    {
        get
        {
            var machine = ("StateMachineArn", Token("StateMachineArn"));
            var function = (FunctionDimension, Token("FunctionName"));
            return
            [
                new("ExecutionsFailed", "A run failed. Get-CmEtlStatus -ExecutionArn ... -IncludeLog shows why.", "AWS/States", "ExecutionsFailed", machine),
                new("ExecutionsTimedOut", "An execution timed out.", "AWS/States", "ExecutionsTimedOut", machine),
                new("ExecutionsThrottled", "Step Functions throttled an execution.", "AWS/States", "ExecutionThrottled", machine),
                new("FunctionErrors", "The function fails frequently. The state machine retries individual errors.", "AWS/Lambda", "Errors", function, Threshold: 10),
                new("FunctionThrottled", "The function was throttled. Increase its reserved concurrency, or reduce MaxConcurrency.", "AWS/Lambda", "Throttles", function),
                new("FunctionFailures", "The function failed, and a retry would not succeed.", Own, "FailuresFinal", function),
                new("RunOverdue", "There is no verified run at the time of the scheduled check.", Own, "RunsOverdue", function),
                new("ScheduleFailed", "A schedule could not start a run or the check. See the dead-letter queue.", "AWS/SQS",
                    "ApproximateNumberOfMessagesVisible", ("QueueName", Token("DeadLetterQueueName"))),
            ];
        }
    }

    /// <summary>
    /// The dashboard's body: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html.
    /// </summary>
    public static JsonObject Dashboard
    {
        get
        {
            var function = (FunctionDimension, Token("FunctionName"));
            return new()
            {
                ["widgets"] = new JsonArray(
                    Widget(0, 0, "Rows", [(Own, "RowsUpdated", function), (Own, "RowsUnconfirmed", function)]),
                    Widget(12, 0, "Chunks", [(Own, "ChunksDone", function), (Own, "Failures", function), (Own, "FailuresFinal", function)]),
                    Widget(0, 6, "Runs",
                        [.. Alarms.Where(a => a.Namespace == "AWS/States").Select(a => (a.Namespace, a.Metric, a.Dimension)),
                        (Own, "RunsVerified", function)]),
                    Widget(12, 6, "Function", [("AWS/Lambda", "Errors", function), ("AWS/Lambda", "Throttles", function), ("AWS/Lambda", "ConcurrentExecutions", function)])),
            };
        }
    }

    /// <summary>The event of the schedule that checks for a verified run.</summary>
    public static string DeadlineEvent => $$"""{"action":"require_run","within_hours":{{Token("DeadlineHours")}}}""";

    public static string Token(string name) => $"{{{{{name}}}}}";

    private static JsonObject Widget(int x, int y, string title,
        (string Namespace, string Metric, (string Name, string Value) Dimension)[] metrics) => new()
    {
        ["type"] = "metric", ["x"] = x, ["y"] = y, ["width"] = 12, ["height"] = 6,
        ["properties"] = new JsonObject
        {
            ["title"] = title, ["region"] = Token("Region"), ["stat"] = "Sum", ["period"] = 300,
            ["metrics"] = new JsonArray([.. metrics.Select(m => new JsonArray(m.Namespace, m.Metric, m.Dimension.Name, m.Dimension.Value))]),
        },
    };

    private JsonObject Policy(string file, string? without = null)
    {
        var policy = JsonNode.Parse(PolicyTemplate.Render(file, _values, _features))!.AsObject();
        policy["Statement"] =
            new JsonArray(
            [.. policy["Statement"]!.AsArray().Where(s => without is null || (string?)s!["Sid"] != without).Select(s => s!.DeepClone())]);
        return policy;
    }
}
