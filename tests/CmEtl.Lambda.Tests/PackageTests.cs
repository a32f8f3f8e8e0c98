using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CmEtl.AwsBench;
using Xunit.Abstractions;

namespace CmEtl.Lambda.Tests;

/// <summary>The package for Lambda.</summary>
[Collection(SharedServer.Name)]
public sealed partial class PackageTests(DataServer server, ITestOutputHelper output)
{
    /// <summary>glibc of Amazon Linux 2023 (https://docs.aws.amazon.com/linux/al2023/ug/core-glibc.html).</summary>
    private static readonly Version Glibc = new(2, 34);

    [Fact]
    public void It_holds_the_program_and_nothing_else_and_runs_on_Amazon_Linux()
    {
        using var folder = new FunctionFolder(File.ReadAllBytes(FunctionPackage.Zip));

        Assert.Equal([folder.Bootstrap], Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
        var program = Encoding.Latin1.GetString(File.ReadAllBytes(folder.Bootstrap));
        Assert.All(GlibcVersion().Matches(program), m => Assert.True(Version.Parse(m.Groups[1].Value) <= Glibc, m.Value));
        output.WriteLine($"zip {new FileInfo(FunctionPackage.Zip).Length / 1e6:F1} MB");
    }

    [Fact]
    public async Task The_first_reply_comes_quickly()
    {
        var watch = Stopwatch.StartNew();
        await using var world = await World.StartAsync(server);
        watch.Restart();
        World.Message("CmEtl.Permanent", await world.Host.InvokeAsync(new { action = "none" }));
        var first = watch.ElapsedMilliseconds;
        await world.CallAsync(new { action = "test_postgres" });
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first reply {first} ms, with a database connection {watch.ElapsedMilliseconds} ms"));

        Assert.InRange(first, 0, 5_000);
    }

    [GeneratedRegex(@"\bGLIBC_(2\.\d+)")]
    private static partial Regex GlibcVersion();
}
