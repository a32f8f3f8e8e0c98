namespace CmEtl.Sandbox.Tests;

public class NpmPostgresTests
{
    [NetworkFact]
    public async Task Programs_from_npm_start_a_server()
    {
        var finder = new PostgresFinder { Environment = _ => null, InstallFolders = [] };
        var programs = await finder.FindAsync(null, null, default);
        await using var sandbox = await PostgresSandbox.StartAsync(new() { Visits = 0, PostgresBin = programs.Folder }, null, default);
        Assert.Contains("node_modules", programs.Folder);
        Assert.StartsWith("16.", await Db.ScalarAsync<string>(sandbox, "SHOW server_version"));
    }
}
