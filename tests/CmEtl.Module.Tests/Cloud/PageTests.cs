namespace CmEtl.Tests;

/// <summary>What docs/aws.md tells people to type, word for word.</summary>
public sealed class PageTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [NodeFact]
    public void The_first_night_is_deployed_as_the_page_says()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "aws.md"));
        var block = page.Split("```powershell\n")[1].Split("```")[0];
        // The package is there, and a run on the page's database would find none.
        var lines = block.Split('\n').Where(l => !l.StartsWith("./build.ps1", StringComparison.Ordinal) && !l.StartsWith("$machine | Start-CmEtl", StringComparison.Ordinal));
        var folder = Directory.CreateTempSubdirectory().FullName;
        Directory.CreateSymbolicLink(Path.Combine(folder, "output"), Path.GetDirectoryName(AwsBench.FunctionPackage.Zip)!);
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_LAMBDA", cloud.Lambda.Endpoint.ToString());
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SFN", cloud.StepFunctions.Url.ToString());
        try
        {
            cloud.Shell.RunClean($"$null = $ExecutionContext.SessionState.Path.SetLocation('{folder}')\n" + string.Join('\n', lines));

            Assert.Equal(6, Directory.GetFiles(Path.Combine(folder, "policies")).Length);
            Assert.NotEmpty(cloud.Shell.RunClean("$machine.StateMachineArn"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_LAMBDA", null);
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SFN", null);
            Directory.Delete(folder, recursive: true);
        }
    }
}
