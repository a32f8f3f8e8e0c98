using System.IO.Compression;
using CmEtl.AwsBench;

namespace CmEtl.Tests;

/// <summary>
/// Every cmdlet that calls AWS, with every fault of the service: one typed error that says what to do, and no other output.
/// </summary>
public sealed class FaultTests(FaultTests.Shells shells) : IClassFixture<FaultTests.Shells>
{
    private const string Execution = "arn:aws:states:us-east-1:123456789012:execution:m:night-1";
    private const string Machine = "arn:aws:states:us-east-1:123456789012:stateMachine:m";

    private static readonly string[] Commands =
    [
        $"Start-CmEtl -StateMachineArn {Machine} -RunId night-1",
        $"Start-CmEtl -StateMachineArn {Machine} -Wait",
        $"Start-CmEtl -StateMachineArn {Machine} -Redrive",
        $"Start-CmEtl -ExecutionArn {Execution} -Redrive -Wait",
        $"Stop-CmEtl -ExecutionArn {Execution}",
        $"Get-CmEtlStatus -ExecutionArn {Execution}",
        $"Get-CmEtlStatus -ExecutionArn {Execution} -IncludeLog",
        $"Deploy-CmStateMachine {CloudFixture.FunctionArn} -RoleArn {CloudFixture.ExecutionRole}",
        $"Deploy-CmStateMachine {CloudFixture.FunctionArn} -RoleArn {CloudFixture.ExecutionRole} -WhatIf",
        "Deploy-CmStateMachine -Rollback -Alias live",
        $"Publish-CmLambda $zip -RoleArn {CloudFixture.FunctionRole} -Alias live",
        $"Publish-CmLambda $zip -RoleArn {CloudFixture.FunctionRole} -WhatIf",
        "Publish-CmLambda -Rollback -Alias live",
        "Invoke-CmChunk 1 -RunId night-1 -FunctionName cm-etl",
        "Test-CmEtlConfig -FunctionName cm-etl",
    ];

    public static TheoryData<Fault> Faults => [.. Enum.GetValues<Fault>()];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Every_cmdlet_ends_with_one_typed_error(Fault fault)
    {
        var endless = fault is Fault.Trickle or Fault.Silence;
        // An invocation may take as long as a function may: 15 minutes.
        await Task.WhenAll(Commands.Where(c => !endless || !c.EndsWith("-FunctionName cm-etl", StringComparison.Ordinal))
            .Select((command, i) => Task.Run(() =>
        {
            using var server = new FaultServer(fault);

            var output = shells.All[i].Run($"$zip = '{shells.Zip}'; {command} -EndpointUrl {server.Url}");

            Assert.Empty(output);
            var error = Assert.Single(shells.All[i].Errors);
            var id = error.FullyQualifiedErrorId.Split(',')[0];
            Assert.True(endless ? id == "ServiceTimeout" : id is "UnexpectedReply" or "ServiceUnreachable", $"{command}: {error.FullyQualifiedErrorId} {error}");
            Assert.Equal("CmEtlException", error.Exception.GetType().Name);
            Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
            Assert.InRange(server.Requests, 1, 3);
        })));
    }

    /// <summary>A shell for each command, because most of the time is spent waiting.</summary>
    public sealed class Shells : IDisposable
    {
        public Shells()
        {
            Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "AKIDBENCH");
            Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "bench-secret");
            Environment.SetEnvironmentVariable("AWS_REGION", "us-east-1");
            using var zip = ZipFile.Open(Zip, ZipArchiveMode.Create);
            using var writer = new StreamWriter(zip.CreateEntry("bootstrap").Open());
            writer.Write("#!/bin/sh");
        }

        public string Zip { get; } = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.zip");

        internal IReadOnlyList<Shell> All { get; } = [.. Commands.Select(_ => new Shell())];

        public void Dispose()
        {
            foreach (var shell in All)
            {
                shell.Dispose();
            }

            File.Delete(Zip);
        }
    }
}
