using System.Reflection;
using System.Text.RegularExpressions;

namespace CmEtl.Cli;

/// <summary>The command line.</summary>
internal sealed partial record CliOptions
{
    public const string Usage = """
        cmetl [options] 'PowerShell text'
        cmetl [options] script.ps1 [arguments]

        Runs PowerShell with the CmEtl module imported. Objects go to standard output; errors, warnings and progress to standard error.

          -o, --output table|list|json|csv   how objects are written (default: table; text is written as it is)
          -h, --help                         this text
              --version                      version of cmetl

        Exit codes: 0 done, and every run completed and sweep-safe; 1 something failed; 2 wrong usage; 3 settings or configuration;
        4 busy; a run 5 failed, 6 was stopped, 7 was abandoned, 8 was not seen to end, 9 is implausible, 10 is not sweep-safe;
        11 stale analytics; 12 an execution failed; a run 13 was not done in its time, 14 is sweep-safe, but a hook failed;
        130 interrupted. A script's own 'exit n' is passed on.
        CMETL_MODULE names another module manifest than the one beside the program.

        Examples:
          cmetl 'New-CmSandbox -Visits 20000 | Start-CmEtl -Wait'
          cmetl --output json 'Get-CmEtlStatus'
        """;

    public bool Help { get; private init; }

    public bool Version { get; private init; }

    public OutputFormat Output { get; private init; } = OutputFormat.Table;

    /// <summary>What to run, as PowerShell text.</summary>
    public string Text { get; private init; } = "";

    public static string VersionText =>
        typeof(CliOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static CliOptions Parse(string[] args)
    {
        var options = new CliOptions();
        var i = 0;
        for (; i < args.Length && args[i].StartsWith('-'); i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var n, var v] ? (n, v) : (args[i], null);
            switch (name)
            {
                case "-h" or "--help":
                    return options with { Help = true };
                case "--version":
                    return options with { Version = true };
                case "-o" or "--output":
                    value ??= ++i < args.Length ? args[i] : throw new UsageException("--output needs a value.");
                    options = options with { Output = ParseOutput(value) };
                    break;
                default:
                    throw new UsageException($"unknown option '{args[i]}'.");
            }
        }

        return i < args.Length
            ? options with { Text = ToText(args[i..]) }
            : throw new UsageException("nothing to run.");
    }

    private static OutputFormat ParseOutput(string value) =>
        Enum.TryParse<OutputFormat>(value, ignoreCase: true, out var format) && Enum.IsDefined(format)
            ? format
            : throw new UsageException($"--output is one of table, list, json and csv, not '{value}'.");

    private static string ToText(string[] words)
    {
        if (!words[0].EndsWith(".ps1", StringComparison.OrdinalIgnoreCase) || words[0].Contains(' ', StringComparison.Ordinal)
            && !File.Exists(words[0]))
        {
            return string.Join(' ', words);
        }

        if (!File.Exists(words[0]))
        {
            throw new UsageException($"there is no script '{words[0]}'.");
        }

        // 'exit' in a script called with & only sets $LASTEXITCODE; $? is false when it was not 0.
        var arguments = string.Join(' ', words[1..].Select(Argument));
        return $"& {Quote(Path.GetFullPath(words[0]))} {arguments}; if (-not $? -and $LASTEXITCODE) {{ exit $LASTEXITCODE }}";
    }

    private static string Argument(string word) => ParameterName().IsMatch(word) ? word : Quote(word);

    private static string Quote(string word) => $"'{word.Replace("'", "''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^-[A-Za-z]\w*(:\$(true|false))?$")]
    private static partial Regex ParameterName();
}
