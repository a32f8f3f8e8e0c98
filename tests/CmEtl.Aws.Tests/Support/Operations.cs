using Amazon.CloudWatchLogs;
using Amazon.Lambda;
using Amazon.StepFunctions;

namespace CmEtl.Aws.Tests;

/// <summary>Every operation of both services with unusual values, and the same input for another SDK.</summary>
internal static class Operations
{
    private const string Machine = "arn:aws:states:us-east-1:123456789012:stateMachine:cm-etl";
    private const string Execution = "arn:aws:states:us-east-1:123456789012:execution:cm-etl:night-1";
    private const string MapRun = "arn:aws:states:us-east-1:123456789012:mapRun:cm-etl/Chunks:8a5f7d0e";
    private const string Function = "arn:aws:lambda:us-east-1:123456789012:function:cm-etl";
    private const string Key = "arn:aws:kms:us-east-1:123456789012:key/1";
    private const string Group = "arn:aws:logs:us-east-1:123456789012:log-group:cm-etl:*";
    private const string Odd = "a b+c/d?e=f&g%h~i'(j)*k!\u00e4";

    public static readonly (string Operation, Func<IAmazonStepFunctions, Task> Call, string Input)[] StepFunctions =
    [
        ("CreateStateMachine", c => c.CreateStateMachineAsync(new()
        {
            Name = "cm-etl", Definition = """{"StartAt":"\u00c4<>&'"}""", RoleArn = Bench.Role, Type = StateMachineType.STANDARD,
            LoggingConfiguration = new() { Level = "ERROR", IncludeExecutionData = false,
                Destinations = [new() { CloudWatchLogsLogGroup = new() { LogGroupArn = Group } }] },
            TracingConfiguration = new() { Enabled = true }, Tags = [new() { Key = "team", Value = Odd }],
        }), $$$"""
            {"name":"cm-etl","definition":"{\"StartAt\":\"\\u00c4<>&'\"}","roleArn":"{{{Bench.Role}}}","type":"STANDARD",
            "loggingConfiguration":{"level":"ERROR","includeExecutionData":false,"destinations":[{"cloudWatchLogsLogGroup":{"logGroupArn":"{{{Group}}}"}}]},
            "tracingConfiguration":{"enabled":true},"tags":[{"key":"team","value":"{{{Odd}}}"}]}
            """),
        ("CreateStateMachineAlias", c => c.CreateStateMachineAliasAsync(
            new() { Name = "live", RoutingConfiguration = [new() { StateMachineVersionArn = Machine + ":1", Weight = 100 }] }),
            $$"""{"name":"live","routingConfiguration":[{"stateMachineVersionArn":"{{Machine}}:1","weight":100}]}"""),
        ("DeleteStateMachineVersion", c => c.DeleteStateMachineVersionAsync(new() { StateMachineVersionArn = Machine + ":1" }), $$"""{"stateMachineVersionArn":"{{Machine}}:1"}"""),
        ("DescribeExecution", c => c.DescribeExecutionAsync(new() { ExecutionArn = Execution }), $$"""{"executionArn":"{{Execution}}"}"""),
        ("DescribeMapRun", c => c.DescribeMapRunAsync(new() { MapRunArn = MapRun }), $$"""{"mapRunArn":"{{MapRun}}"}"""),
        ("DescribeStateMachine", c => c.DescribeStateMachineAsync(new() { StateMachineArn = Machine }), $$"""{"stateMachineArn":"{{Machine}}"}"""),
        ("DescribeStateMachineAlias", c => c.DescribeStateMachineAliasAsync(new() { StateMachineAliasArn = Machine + ":live" }), $$"""{"stateMachineAliasArn":"{{Machine}}:live"}"""),
        ("GetExecutionHistory", c => c.GetExecutionHistoryAsync(new() { ExecutionArn = Execution, MaxResults = 1000, ReverseOrder = true, NextToken = Odd }),
            $$"""{"executionArn":"{{Execution}}","maxResults":1000,"reverseOrder":true,"nextToken":"{{Odd}}"}"""),
        ("ListExecutions", c => c.ListExecutionsAsync(new() { StateMachineArn = Machine, StatusFilter = "FAILED", MaxResults = 5, NextToken = Odd }),
            $$"""{"stateMachineArn":"{{Machine}}","statusFilter":"FAILED","maxResults":5,"nextToken":"{{Odd}}"}"""),
        ("ListMapRuns", c => c.ListMapRunsAsync(new() { ExecutionArn = Execution }), $$"""{"executionArn":"{{Execution}}"}"""),
        ("ListStateMachineAliases", c => c.ListStateMachineAliasesAsync(new() { StateMachineArn = Machine, NextToken = Odd }), $$"""{"stateMachineArn":"{{Machine}}","nextToken":"{{Odd}}"}"""),
        ("ListStateMachineVersions", c => c.ListStateMachineVersionsAsync(new() { StateMachineArn = Machine, NextToken = Odd }), $$"""{"stateMachineArn":"{{Machine}}","nextToken":"{{Odd}}"}"""),
        ("ListStateMachines", c => c.ListStateMachinesAsync(new()), "{}"),
        ("ListStateMachines", c => c.ListStateMachinesAsync(new() { MaxResults = 1000, NextToken = Odd }), $$"""{"maxResults":1000,"nextToken":"{{Odd}}"}"""),
        ("ListTagsForResource", c => c.ListTagsForResourceAsync(new() { ResourceArn = Machine }), $$"""{"resourceArn":"{{Machine}}"}"""),
        ("PublishStateMachineVersion", c => c.PublishStateMachineVersionAsync(new() { StateMachineArn = Machine, RevisionId = "r" }), $$"""{"stateMachineArn":"{{Machine}}","revisionId":"r"}"""),
        // The other client generates the token that is given here.
        ("RedriveExecution", c => c.RedriveExecutionAsync(new() { ExecutionArn = Execution, ClientToken = Guid.NewGuid().ToString() }), $$"""{"executionArn":"{{Execution}}"}"""),
        ("StartExecution", c => c.StartExecutionAsync(new() { StateMachineArn = Machine + ":live", Name = "night-1", Input = """{"new":true}""" }),
            $$"""{"stateMachineArn":"{{Machine}}:live","name":"night-1","input":"{\"new\":true}"}"""),
        ("StopExecution", c => c.StopExecutionAsync(new() { ExecutionArn = Execution, Error = "CmEtl.Stopped", Cause = Odd }), $$"""{"executionArn":"{{Execution}}","error":"CmEtl.Stopped","cause":"{{Odd}}"}"""),
        ("TagResource", c => c.TagResourceAsync(new() { ResourceArn = Machine, Tags = [new() { Key = Odd, Value = "" }] }), $$"""{"resourceArn":"{{Machine}}","tags":[{"key":"{{Odd}}","value":""}]}"""),
        ("UntagResource", c => c.UntagResourceAsync(new() { ResourceArn = Machine, TagKeys = ["a", Odd] }), $$"""{"resourceArn":"{{Machine}}","tagKeys":["a","{{Odd}}"]}"""),
        ("UpdateStateMachine", c => c.UpdateStateMachineAsync(
            new() { StateMachineArn = Machine, Definition = "{}", TracingConfiguration = new() { Enabled = false } }),
            $$"""{"stateMachineArn":"{{Machine}}","definition":"{}","tracingConfiguration":{"enabled":false} }"""),
        ("UpdateStateMachineAlias", c => c.UpdateStateMachineAliasAsync(new()
        {
            StateMachineAliasArn = Machine + ":live",
            RoutingConfiguration = [new() { StateMachineVersionArn = Machine + ":1", Weight = 90 },
                new() { StateMachineVersionArn = Machine + ":2", Weight = 10 }],
        }), $$"""
            {"stateMachineAliasArn":"{{Machine}}:live",
            "routingConfiguration":[{"stateMachineVersionArn":"{{Machine}}:1","weight":90},{"stateMachineVersionArn":"{{Machine}}:2","weight":10}]}
            """),
        ("ValidateStateMachineDefinition", c => c.ValidateStateMachineDefinitionAsync(
            new() { Definition = "{}", Type = StateMachineType.STANDARD, Severity = ValidateStateMachineDefinitionSeverity.WARNING }),
            """{"definition":"{}","type":"STANDARD","severity":"WARNING"}"""),
    ];

    public static readonly (string Operation, Func<IAmazonLambda, Task> Call, string Input)[] Lambda =
    [
        ("CreateAlias", c => c.CreateAliasAsync(new() { FunctionName = "cm-etl", Name = "live", FunctionVersion = "1",
            RoutingConfig = new() { AdditionalVersionWeights = new() { ["2"] = 0.1 } } }),
            """{"FunctionName":"cm-etl","Name":"live","FunctionVersion":"1","RoutingConfig":{"AdditionalVersionWeights":{"2":0.1}}}"""),
        ("CreateFunction", c => c.CreateFunctionAsync(new()
        {
            FunctionName = "cm-etl", Code = new() { ZipFile = new([1, 2, 250]) }, Role = Bench.Role, Runtime = "provided.al2023", Handler = "bootstrap",
                Architectures = ["arm64"],
            MemorySize = 2048, Timeout = 900, Environment = new() { Variables = new() { ["A"] = Odd } },
                VpcConfig = new() { SubnetIds = ["s"], SecurityGroupIds = ["g"] },
            KMSKeyArn = Key, TracingConfig = new() { Mode = "Active" }, Tags = new() { ["team"] = Odd }, Publish = true,
        }), $$$"""
            {"FunctionName":"cm-etl","Code":{"ZipFile":{"$bytes":"AQL6"}},"Role":"{{{Bench.Role}}}","Runtime":"provided.al2023","Handler":"bootstrap","Architectures":["arm64"],
            "MemorySize":2048,"Timeout":900,"Environment":{"Variables":{"A":"{{{Odd}}}"}},"VpcConfig":{"SubnetIds":["s"],"SecurityGroupIds":["g"]},
            "KMSKeyArn":"{{{Key}}}","TracingConfig":{"Mode":"Active"},"Tags":{"team":"{{{Odd}}}"},"Publish":true}
            """),
        ("DeleteFunction", c => c.DeleteFunctionAsync(new() { FunctionName = Function, Qualifier = "3" }), $$"""{"FunctionName":"{{Function}}","Qualifier":"3"}"""),
        ("DeleteFunctionConcurrency", c => c.DeleteFunctionConcurrencyAsync(new() { FunctionName = "cm-etl" }), """{"FunctionName":"cm-etl"}"""),
        ("GetAlias", c => c.GetAliasAsync(new() { FunctionName = Function, Name = "live" }), $$"""{"FunctionName":"{{Function}}","Name":"live"}"""),
        ("GetFunction", c => c.GetFunctionAsync(new() { FunctionName = "cm-etl" }), """{"FunctionName":"cm-etl"}"""),
        ("GetFunction", c => c.GetFunctionAsync(new() { FunctionName = Function + ":live", Qualifier = "$LATEST" }), $$"""{"FunctionName":"{{Function}}:live","Qualifier":"$LATEST"}"""),
        ("Invoke", c => c.InvokeAsync(new() { FunctionName = Function + ":live", Payload = """{"a":"ä"}""" }),
            $$"""{"FunctionName":"{{Function}}:live","Payload":{"$bytes":"eyJhIjoiw6QifQ=="} }"""),
        ("Invoke", c => c.InvokeAsync(new() { FunctionName = "cm-etl", Qualifier = "live", Payload = "{}" }), """{"FunctionName":"cm-etl","Qualifier":"live","Payload":{"$bytes":"e30="}}"""),
        ("ListAliases", c => c.ListAliasesAsync(new() { FunctionName = "cm-etl", Marker = Odd }), $$"""{"FunctionName":"cm-etl","Marker":"{{Odd}}"}"""),
        ("ListVersionsByFunction", c => c.ListVersionsByFunctionAsync(new() { FunctionName = "cm-etl", Marker = Odd }), $$"""{"FunctionName":"cm-etl","Marker":"{{Odd}}"}"""),
        ("PublishVersion", c => c.PublishVersionAsync(new() { FunctionName = "cm-etl", CodeSha256 = "c", RevisionId = "r" }), """{"FunctionName":"cm-etl","CodeSha256":"c","RevisionId":"r"}"""),
        ("PutFunctionConcurrency", c => c.PutFunctionConcurrencyAsync(new() { FunctionName = "cm-etl", ReservedConcurrentExecutions = 0 }), """{"FunctionName":"cm-etl","ReservedConcurrentExecutions":0}"""),
        ("TagResource", c => c.TagResourceAsync(new() { Resource = Function, Tags = new() { [Odd] = "" } }), $$$"""{"Resource":"{{{Function}}}","Tags":{"{{{Odd}}}":""}}"""),
        ("UntagResource", c => c.UntagResourceAsync(new() { Resource = Function, TagKeys = ["a", Odd] }), $$"""{"Resource":"{{Function}}","TagKeys":["a","{{Odd}}"]}"""),
        ("UpdateAlias", c => c.UpdateAliasAsync(new() { FunctionName = "cm-etl", Name = "live", FunctionVersion = "2", RevisionId = "r",
            RoutingConfig = new() { AdditionalVersionWeights = [] } }),
            """{"FunctionName":"cm-etl","Name":"live","FunctionVersion":"2","RevisionId":"r","RoutingConfig":{"AdditionalVersionWeights":{}}}"""),
        ("UpdateFunctionCode", c => c.UpdateFunctionCodeAsync(new() { FunctionName = "cm-etl", ZipFile = new([1, 2, 250]), Architectures = ["x86_64"], RevisionId = "r" }),
            """{"FunctionName":"cm-etl","ZipFile":{"$bytes":"AQL6"},"Architectures":["x86_64"],"RevisionId":"r"}"""),
        ("UpdateFunctionConfiguration", c => c.UpdateFunctionConfigurationAsync(new()
        {
            FunctionName = "cm-etl", Environment = new() { Variables = [] }, VpcConfig = new() { SubnetIds = [], SecurityGroupIds = [] },
                KMSKeyArn = "", TracingConfig = new() { Mode = "PassThrough" },
            MemorySize = 128, RevisionId = "r",
        }), """
            {"FunctionName":"cm-etl","Environment":{"Variables":{}},"VpcConfig":{"SubnetIds":[],"SecurityGroupIds":[]},"KMSKeyArn":"","TracingConfig":{"Mode":"PassThrough"},
            "MemorySize":128,"RevisionId":"r"}
            """),
    ];

    public static readonly (string Operation, Func<IAmazonCloudWatchLogs, Task> Call, string Input)[] Logs =
    [
        ("FilterLogEvents", c => c.FilterLogEventsAsync(new() { LogGroupName = "/aws/lambda/cm-etl", FilterPattern = Odd, StartTime = 1_700_000_000_123, EndTime = 1_700_000_001_000, Limit = 5, NextToken = Odd }),
            $$"""{"logGroupName":"/aws/lambda/cm-etl","filterPattern":"{{Odd}}","startTime":1700000000123,"endTime":1700000001000,"limit":5,"nextToken":"{{Odd}}"}"""),
        ("FilterLogEvents", c => c.FilterLogEventsAsync(new() { LogGroupName = "/aws/lambda/cm-etl" }), """{"logGroupName":"/aws/lambda/cm-etl"}"""),
    ];
}
