using System.Text.RegularExpressions;

namespace CmEtl.Tests;

/// <summary>The commands of docs/aws.md, word for word, with an account on loopback and the packed function.</summary>
[Collection(ModuleServer.Name)]
public sealed partial class PageTests(CloudFixture cloud, SandboxFixture sandbox)
    : IClassFixture<CloudFixture>, IClassFixture<SandboxFixture>
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "aws.md"));

    [NodeFact]
    public void The_page_can_be_typed_from_top_to_bottom()
    {
        var folder = Directory.CreateTempSubdirectory("cmetl-").FullName;
        Directory.CreateSymbolicLink(Path.Combine(folder, "output"), Path.GetDirectoryName(AwsBench.FunctionPackage.Zip)!);
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_LAMBDA", cloud.Lambda.Endpoint.ToString());
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SFN", cloud.StepFunctions.Url.ToString());
        try
        {
            cloud.Shell.RunClean($"$null = $ExecutionContext.SessionState.Path.SetLocation('{folder}')");
            foreach (var block in PowerShellBlock().Matches(Page).Select(m => m.Groups[1].Value))
            {
                using var slow = block.Contains("Stop-CmEtl", StringComparison.Ordinal) ? new SlowUpdates(sandbox, seconds: 1) : null;
                cloud.Shell.RunClean(ForHere(block));
            }

            Assert.Equal(9, Directory.GetFiles(Path.Combine(folder, "policies")).Length);
            Assert.Equal("Succeeded", Text("$night.State"));
            Assert.Equal("Completed", Text("$night.Run.State"));
            Assert.Equal("Aborted", Text("(Get-CmEtlStatus -ExecutionArn $long.ExecutionArn).State"));
            Assert.Contains(Text("(Get-CmEtlCost -Chunks 30 -SecondsPerChunk 360)[1].Total.ToString('0.00')"), Page, StringComparison.Ordinal);

            var bash = CliProcess.Run(CliCommand().Match(Page).Groups[1].Value);
            Assert.True(bash.ExitCode == 0, bash.Error);
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_LAMBDA", null);
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SFN", null);
            Directory.Delete(folder, recursive: true);
        }
    }

    // The package already exists, and its function must use the sandbox instead of the page's database.
    private string ForHere(string block)
    {
        var variables = sandbox.Worker.Environment.Append(new("CMETL_SSL_MODE", "prefer")).Select(v => $"'{v.Key}' = '{v.Value}'");
        return EnvironmentTable().Replace(BuildLine().Replace(block, ""), $"-Environment @{{ {string.Join("; ", variables)} }}");
    }

    private string Text(string expression) => Assert.Single(cloud.Shell.RunClean(expression)).ToString();

    [GeneratedRegex("^```powershell\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex PowerShellBlock();

    [GeneratedRegex("^\\./cmetl '(.*)'$", RegexOptions.Multiline)]
    private static partial Regex CliCommand();

    [GeneratedRegex("^\\./build.*$", RegexOptions.Multiline)]
    private static partial Regex BuildLine();

    [GeneratedRegex("-Environment @\\{.*?\\}")]
    private static partial Regex EnvironmentTable();
}
