using System.Globalization;
using System.Text.RegularExpressions;
using CmEtl.Engine;
using Npgsql;

namespace CmEtl.Sandbox;

/// <summary>Runs the embedded scripts of <c>sql/sandbox</c>.</summary>
internal static partial class SandboxSql
{
    private static readonly string[] Schemas = ["conflict_schema", "conflict_visit_maps", "analytics_schema"];

    /// <summary>Creates both schemas.</summary>
    public static async Task CreateSchemasAsync(NpgsqlConnection connection, IProgress<string>? progress, CancellationToken cancel)
    {
        progress?.Report("Creating the tables");
        foreach (var name in Schemas)
        {
            await RunAsync(connection, name, Text(name), cancel);
        }
    }

    /// <summary>Runs the numbered generator scripts in order. Variables are integers in psql's syntax.</summary>
    public static async Task GenerateAsync(
        NpgsqlConnection connection, int visits, int seed, IProgress<string>? progress, CancellationToken cancel)
    {
        var names = typeof(SandboxSql).Assembly.GetManifestResourceNames().Where(name => char.IsAsciiDigit(name[0]))
            .Order(StringComparer.Ordinal).ToList();
        foreach (var (step, name) in names.Index())
        {
            progress?.Report(string.Create(
                CultureInfo.InvariantCulture, $"Generating {visits:N0} visits, step {step + 1} of {names.Count}: {Title(name)}"));
            var text = Variable().Replace(
                Text(name), match => (match.Value == ":visits" ? visits : seed).ToString(CultureInfo.InvariantCulture));
            await RunAsync(connection, name, text, cancel);
        }
    }

    // 05_visit_plan is the visit plan.
    private static string Title(string name) => name[(name.IndexOf('_') + 1)..].Replace('_', ' ');

    private static async Task RunAsync(NpgsqlConnection connection, string name, string text, CancellationToken cancel)
    {
        try
        {
            await using var command = new NpgsqlCommand(text, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(cancel);
        }
        catch (PostgresException error) when (!cancel.IsCancellationRequested)
        {
            throw new CmEtlException(ErrorKind.Permanent, ErrorIds.SandboxScriptFailed,
                $"The sandbox script {name} failed with SQLSTATE {error.SqlState}.",
                "To see the server's message, run the script in psql against a sandbox with Visits 0.", error.SqlState);
        }
    }

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(SandboxSql).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"(?<!:):(visits|seed)\b")]
    private static partial Regex Variable();
}
