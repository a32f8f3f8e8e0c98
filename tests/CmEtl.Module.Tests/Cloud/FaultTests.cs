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

    private static readonly Fault[] Endless = [Fault.Trickle, Fault.Silence];

    public static TheoryData<Fault> Faults => [.. Enum.GetValues<Fault>().Except(Endless)];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Every_cmdlet_ends_with_one_typed_error(Fault fault) =>
        await Task.WhenAll(Commands.Select((command, i) => Task.Run(() => EndsWith(shells.All[i], command, fault, "UnexpectedReply", "ServiceUnreachable"))));

    /// <summary>At the time limit of the client, which is the same for all of them, so they wait for it together.</summary>
    [Fact]
    public async Task Every_cmdlet_ends_although_the_response_does_not()
    {
        // An invocation may take as long as a function may: 15 minutes.
        var commands = Commands.Where(c => !c.EndsWith("-FunctionName cm-etl", StringComparison.Ordinal)).ToList();
        Assert.Equal(Commands.Length - 2, commands.Count);
        // With threads of their own, because the thread pool would start them one after the other.
        await Task.WhenAll(Endless.SelectMany(_ => commands, (fault, command) => Task.Factory.StartNew(
            () =>
            {
                using var shell = new Shell();
                EndsWith(shell, command, fault, "ServiceTimeout");
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    private void EndsWith(Shell shell, string command, Fault fault, params string[] ids)
    {
        using var server = new FaultServer(fault);

        var output = shell.Run($"$zip = '{shells.Zip}'; {command} -EndpointUrl {server.Url}");

        Assert.Empty(output);
        var error = Assert.Single(shell.Errors);
        Assert.True(ids.Contains(error.FullyQualifiedErrorId.Split(',')[0]), $"{fault}: {command}: {error.FullyQualifiedErrorId} {error}");
        Assert.Equal("CmEtlException", error.Exception.GetType().Name);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.InRange(server.Requests, 1, 3);
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
