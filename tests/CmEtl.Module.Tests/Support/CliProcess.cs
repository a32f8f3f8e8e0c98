using System.Diagnostics;

namespace CmEtl.Tests;

/// <summary>A finished run of the program.</summary>
internal sealed record CliProcess(int ExitCode, string Output, string Error)
{
    public static CliProcess Run(params string[] arguments) => Run([], arguments);

    public static CliProcess Run(Dictionary<string, string> environment, params string[] arguments) =>
        RunProgram(Repository.Cli, environment, arguments);

    public static CliProcess RunProgram(string program, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CliProcess(process.ExitCode, output, error.Result);
    }
}
