using CmEtl.Engine;

namespace CmEtl.Sandbox.Tests;

public class PostgresFinderTests
{
    private static readonly PostgresFinder Nowhere = new()
    {
        Environment = _ => null,
        InstallFolders = [],
        Fetch = (_, _) => Task.FromResult<PostgresPrograms?>(null),
    };

    [Fact]
    public async Task A_named_folder_without_programs_is_one_clear_error()
    {
        var options = new SandboxOptions { Visits = 0, PostgresBin = Path.GetTempPath() };
        var error = await Assert.ThrowsAsync<CmEtlException>(() => PostgresSandbox.StartAsync(options, null, default));
        Assert.Equal((ErrorKind.Configuration, "PostgresNotFound"), (error.Kind, error.ErrorId));
        Assert.Contains(Path.GetTempPath(), error.Message);
    }

    [Fact]
    public async Task Nothing_anywhere_says_where_it_looked_and_how_to_install()
    {
        var finder = Nowhere with { InstallFolders = [("/no/such/parent", "*")] };
        var error = await Assert.ThrowsAsync<CmEtlException>(() => finder.FindAsync(null, null, default));
        Assert.Contains("/no/such/parent", error.Message);
        Assert.All(["apt", "brew", "winget"], tool => Assert.Contains(tool, error.Remedy));
    }

    [Fact]
    public async Task The_variable_goes_before_the_path_and_the_path_before_install_folders()
    {
        var root = Directory.CreateTempSubdirectory("cmetl-");
        var variable = Programs(root, "variable");
        var onPath = Programs(root, "path");
        Programs(root, "9/bin");
        var newest = Programs(root, "17/bin");
        var finder = Nowhere with { InstallFolders = [(root.FullName, "*")] };

        Assert.Equal(newest, (await finder.FindAsync(null, null, default)).Folder);
        finder = finder with { Environment = name => name == "PATH" ? onPath : null };
        Assert.Equal(onPath, (await finder.FindAsync(null, null, default)).Folder);
        finder = finder with { Environment = name => name == "PATH" ? onPath : variable };
        Assert.Equal(variable, (await finder.FindAsync(null, null, default)).Folder);
        root.Delete(recursive: true);
    }

    private static string Programs(DirectoryInfo root, string name)
    {
        var folder = root.CreateSubdirectory(name).FullName;
        foreach (var program in new[] { "initdb", "pg_ctl", "postgres" })
        {
            File.WriteAllText(Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program), "");
        }

        return folder;
    }
}
