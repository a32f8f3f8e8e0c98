using System.Text.RegularExpressions;
using Amazon.Lambda;
using Amazon.StepFunctions;
using CmEtl.Aws.Policies;

namespace CmEtl.Aws.Tests;

/// <summary>What the exported policies allow, evaluated as IAM does.</summary>
public sealed class PolicySetTests
{
    private const string Function = "arn:aws:lambda:us-east-1:123456789012:function:cm-etl";
    private const string Secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:cm-etl-db";

    /// <summary>The given ARN, the ARN that the machine calls, and whether that is allowed.</summary>
    [Theory]
    [InlineData(Function, Function, true)]
    [InlineData(Function, $"{Function}:live", true)]
    [InlineData($"{Function}:live", $"{Function}:live", true)]
    [InlineData($"{Function}:live", $"{Function}:test", false)]
    [InlineData($"{Function}:live", Function, false)]
    [InlineData($"{Function}:7", $"{Function}:8", true)]
    [InlineData(Function, $"{Function}-other", false)]
    public void The_machine_may_call_the_function_by_the_arn_it_is_deployed_with(string given, string called, bool allowed)
    {
        foreach (var file in new[] { "execution_role.json", "execution_role_distributed.json" })
        {
            Assert.Equal(allowed, Render(given)[file].Allows("lambda:InvokeFunction", called));
        }
    }

    /// <summary>The given ARN, the ARN of the secret, and whether the function may read it.</summary>
    [Theory]
    [InlineData(Secret, $"{Secret}-a1B2c3", true)]
    [InlineData($"{Secret}-a1B2c3", $"{Secret}-a1B2c3", true)]
    [InlineData($"{Secret}-a1B2c3", $"{Secret}-a1B2c4", false)]
    [InlineData($"{Secret}-master", $"{Secret}-master-a1B2c3", true)]
    [InlineData(Secret, $"{Secret}-other-a1B2c3", false)]
    public void The_function_reads_its_secret_with_and_without_the_suffix(string given, string secret, bool allowed) =>
        Assert.Equal(allowed, Render(Function, new() { ["DatabaseSecretArn"] = given })["function_role.json"].Allows("secretsmanager:GetSecretValue", secret));

    [Theory]
    [InlineData("cm-etl", true)]
    [InlineData("other", false)]
    public void The_function_publishes_to_its_topic_only(string topic, bool allowed) =>
        Assert.Equal(allowed, Render(Function, Everything)["function_role.json"].Allows("sns:Publish", $"arn:aws:sns:us-east-1:123456789012:{topic}"));

    [Fact]
    public void A_statement_is_there_only_when_its_part_is_used()
    {
        var (none, all) = (Sids(Render(Function)), Sids(Render(Function, Everything, PolicyFeatures.Tracing | PolicyFeatures.Vpc)));
        string[] optional =
        [
            "Trace", "TraceTheFunction", "JoinTheVpc", "NoNetworkForTheCode", "FindTheNetwork", "ReadTheDatabasePassword", "DecryptTheDatabasePassword",
            "ConnectToTheDatabase", "DecryptTheEnvironment", "EncryptTheEnvironment", "WriteManifest", "EncryptTheManifest", "ReadManifest", "WriteResults",
            "UseTheBucketKey", "KeepWhatCouldNotStart", "PassTheExecutionRole", "PassTheFunctionRole",
            "PublishNotifications",
        ];
        Assert.Equal(optional.Order(), all.Except(none).Order());
        Assert.Empty(none.Except(all));
    }

    /// <summary>The deployer has a right for every request that the cmdlets send to Step Functions and Lambda.</summary>
    [Fact]
    public void The_deployer_may_send_every_request_of_the_cmdlets()
    {
        var deployer = Render(Function)["deployer.json"];
        var actions = typeof(IAmazonStepFunctions).GetMethods().Select(m => $"states:{Operation(m.Name)}")
            .Concat(typeof(IAmazonLambda).GetMethods().Select(m => $"lambda:{Operation(m.Name)}"));
        Assert.Empty(actions.Except(deployer.Statements.SelectMany(s => IamPolicy.Strings(s["Action"]))));
        // Deletes versions, but never the function.
        Assert.True(deployer.Allows("lambda:DeleteFunction", $"{Function}:3"));
        Assert.False(deployer.Allows("lambda:DeleteFunction", Function));

        // The IAM action of Invoke has another name:
        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html.
        static string Operation(string method) => method == "InvokeAsync" ? "InvokeFunction" : method.Replace("Async", "", StringComparison.Ordinal);
    }

    [Fact]
    public void An_operator_only_reads()
    {
        var actions = Render(Function, Everything)["operator_read_only.json"].Statements.SelectMany(s => IamPolicy.Strings(s["Action"])).ToList();
        Assert.All(actions, a => Assert.Matches("^(states|lambda|logs|cloudwatch):(Describe|Get|List|Filter)[A-Z]", a));
        // These two return environment variables, and one of them returns the code.
        Assert.Empty(actions.Intersect(["lambda:GetFunction", "lambda:GetFunctionConfiguration"]));
        var operations = typeof(IAmazonStepFunctions).GetMethods().Select(m => m.Name.Replace("Async", "", StringComparison.Ordinal))
            .Where(n => Regex.IsMatch(n, "^(Describe|List|Get)"));
        Assert.Empty(operations.Select(o => $"states:{o}").Except(actions));
    }

    [Theory]
    [InlineData("aws", "us-east-1", "amazonaws.com")]
    [InlineData("aws-us-gov", "us-gov-west-1", "amazonaws.com")]
    [InlineData("aws-cn", "cn-north-1", "amazonaws.com.cn")]
    public void Every_arn_is_of_the_functions_partition(string partition, string region, string suffix)
    {
        var policies = new PolicySet(
            $"arn:{partition}:lambda:{region}:123456789012:function:cm-etl:live", "cm-etl", Everything, PolicyFeatures.Tracing | PolicyFeatures.Vpc);
        var text = string.Concat(policies.Render().Values);
        Assert.All(Regex.Matches(text, "arn:(aws[a-z-]*):(?!kms|sqs|sns|iam|secretsmanager)").Select(m => m.Groups[1].Value), p => Assert.Equal(partition, p));
        Assert.Contains($"\"s3.{region}.{suffix}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("${", text, StringComparison.Ordinal);
    }

    /// <summary>The page explains the purpose of each statement.</summary>
    [Fact]
    public void Every_statement_states_its_purpose()
    {
        var page = File.ReadAllText(Path.Combine(Definitions.Folder, "README.md"));
        var described = Regex.Matches(page, @"^\| `(\w+)` \| (.{15,}) \|$", RegexOptions.Multiline).Select(m => m.Groups[1].Value).ToHashSet();
        var sids = PolicyTemplate.Files.SelectMany(f => new IamPolicy(File.ReadAllText(Path.Combine(Definitions.Folder, "policies", f))).Statements)
            .Select(s => (string)s["Sid"]!);
        Assert.Empty(sids.Except(described));
        Assert.Equal(PolicyTemplate.Files.Order(),
            Directory.GetFiles(Path.Combine(Definitions.Folder, "policies")).Select(f => Path.GetFileName(f)).Order());
    }

    private static Dictionary<string, string> Everything => new()
    {
        ["ExecutionRoleArn"] = "arn:aws:iam::123456789012:role/e", ["FunctionRoleArn"] = "arn:aws:iam::123456789012:role/f",
        ["DatabaseSecretArn"] = Secret, ["SecretKmsKeyArn"] = "arn:aws:kms:us-east-1:123456789012:key/1",
        ["KmsKeyArn"] = "arn:aws:kms:us-east-1:123456789012:key/2", ["ManifestBucket"] = "bucket",
        ["ManifestKmsKeyArn"] = "arn:aws:kms:us-east-1:123456789012:key/3", ["DatabaseResourceId"] = "db-ABC", ["DatabaseUser"] = "cm_worker",
        ["DeadLetterQueueArn"] = "arn:aws:sqs:us-east-1:123456789012:dead", ["NotificationTopicArn"] = "arn:aws:sns:us-east-1:123456789012:cm-etl",
    };

    private static Dictionary<string,
        IamPolicy> Render(string function, Dictionary<string, string>? values = null, PolicyFeatures features = PolicyFeatures.None) =>
        new PolicySet(function, "cm-etl", values ?? [], features).Render().ToDictionary(p => p.Key, p => new IamPolicy(p.Value));

    private static HashSet<string> Sids(Dictionary<string, IamPolicy> policies) =>
        [.. policies.Values.SelectMany(p => p.Statements).Select(s => (string)s["Sid"]!)];
}
