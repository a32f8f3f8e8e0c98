using System.Diagnostics;
using System.Text.Json;

namespace CmEtl.Tests;

public sealed class CliTests
{
    [Fact]
    public void Text_is_written_unchanged_and_a_caught_error_is_none()
    {
        var result = CliProcess.Run("'one', 'two'; try { throw 'no' } catch { 'caught' }");

        Assert.Equal(new CliProcess(0, string.Concat(((string[])["one", "two", "caught"]).Select(l => l + Environment.NewLine)), ""), result);
    }

    [Theory]
    [InlineData("Get-CmChunkPlan -RunId ''", 1)]
    [InlineData("exit 7", 7)]
    public void The_exit_code_shows_the_result(string text, int expected)
    {
        Assert.Equal(expected, CliProcess.Run(text).ExitCode);
    }

    [Fact]
    public void Wrong_usage_is_explained()
    {
        var result = CliProcess.Run("--nope");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--help", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_and_version_are_there()
    {
        Assert.Contains("--output", CliProcess.Run("--help").Output, StringComparison.Ordinal);
        Assert.Matches(@"^\d+\.\d+\.\d+", CliProcess.Run("--version").Output);
    }

    [Fact]
    public void An_error_is_one_block_on_standard_error()
    {
        var result = CliProcess.Run("'before'; Get-CmEtlStatus -Port 70000; 'after'");

        Assert.Equal(3, result.ExitCode);
        Assert.StartsWith("before", result.Output, StringComparison.Ordinal);
        Assert.Contains("ERROR: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("id: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_one_object_or_an_array()
    {
        using var one = JsonDocument.Parse(CliProcess.Run("--output", "json", "[pscustomobject]@{ Name = 'x'; Color = [ConsoleColor]::Red; Rows = 5000000000 }").Output);
        // Messages do not mix with the output.
        var result = CliProcess.Run("-o", "json", "New-CmSandbox -WhatIf; 1, 2");
        using var two = JsonDocument.Parse(result.Output);

        Assert.Equal("Red", one.RootElement.GetProperty("Color").GetString());
        Assert.Equal(5_000_000_000, one.RootElement.GetProperty("Rows").GetInt64());
        Assert.Equal([1, 2], two.RootElement.EnumerateArray().Select(e => e.GetInt32()));
        Assert.Contains("What if", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_quotes_values_that_need_it()
    {
        var result = CliProcess.Run("--output=csv", "[pscustomobject]@{ A = 1; B = 'x,\"y\"' }");

        Assert.Equal(["A,B", "1,\"x,\"\"y\"\"\""], result.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("table", "1,234,567")]
    [InlineData("list", "ConflictRows : 1234567")]
    public void A_record_is_readable(string view, string shown)
    {
        var text = CliProcess.Run("--output", view, "[CmEtl.PowerShell.CmSandbox]::new('/tmp/x', 2000, 1234567, [CmEtl.PowerShell.CmConnection]::new('localhost', 5432, 'homecare', 'etl'))");

        Assert.Equal(0, text.ExitCode);
        Assert.Contains(shown, text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_gets_its_arguments_and_gives_its_exit_code()
    {
        var script = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.ps1");
        File.WriteAllText(script, "param([string] $Name, [switch] $Loud) \"$Name $Loud\"; exit 4");
        try
        {
            var result = CliProcess.Run(script, "-Name", "it's me", "-Loud");

            Assert.Equal("it's me True", result.Output.Trim());
            Assert.Equal(4, result.ExitCode);
        }
        finally
        {
            File.Delete(script);
        }
    }

    [Fact]
    public void Ordinary_cmdlets_are_there()
    {
        var result = CliProcess.Run("1, 2 | Measure-Object -Sum | Select-Object Sum | ConvertTo-Csv; [pscustomobject]@{ A = 1 } | Format-Table");

        Assert.Equal(["\"Sum\"", "\"3\"", "A", "-", "1"],
            result.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim()));
        Assert.Equal("", result.Error);
    }

    [Theory]
    [InlineData("1..3")]
    [InlineData("'text'")]
    [InlineData("--output json 1..3")]
    [InlineData("--help")]
    public void A_full_disk_is_an_error_and_no_crash(string arguments)
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        var start = new ProcessStartInfo("bash", ["-c", $"dotnet \"$0\" {(arguments.StartsWith('-') ? arguments : $"\"{arguments}\"")} > /dev/full", Repository.Cli]) { RedirectStandardError = true };
        using var program = Process.Start(start)!;
        var error = program.StandardError.ReadToEnd();
        program.WaitForExit();

        Assert.Equal(1, program.ExitCode);
        Assert.Contains("could not be written", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_terminal_there_is_no_prompt()
    {
        var result = CliProcess.Run("Remove-CmSandbox");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Path", result.Error, StringComparison.Ordinal);
    }
}
