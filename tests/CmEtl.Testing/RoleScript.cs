using System.Data.Common;
using System.Reflection;
using System.Security.Cryptography;

namespace CmEtl.Testing;

/// <summary>The scripts in sql/roles, run as their owner would run them in psql, for the roles of the tests.</summary>
public static class RoleScript
{
    /// <summary>The role that runs the pipeline.</summary>
    public const string Worker = "cm_worker";

    /// <summary>Password of every role created here.</summary>
    public static string Password { get; } = RandomNumberGenerator.GetHexString(32);

    /// <summary>Creates the worker, with its limits.</summary>
    /// <param name="connection">A connection of the owner.</param>
    public static async Task CreateWorkerAsync(DbConnection connection)
    {
        await ApplyAsync(connection, "worker", Worker);
        await ApplyAsync(connection, "limits", Worker);
    }

    /// <param name="connection">A connection of the owner.</param>
    /// <param name="script">worker, operator, owner or limits.</param>
    /// <param name="role">The role. It is created if it does not exist.</param>
    public static async Task ApplyAsync(DbConnection connection, string script, string role)
    {
        await ExecuteAsync(connection, $"""
            DO $$ BEGIN
              IF to_regrole('{role}') IS NULL THEN CREATE ROLE {role} LOGIN PASSWORD '{Password}'; END IF;
            END $$
            """);
        await ExecuteAsync(connection, Render(script, role));
    }

    private static string Render(string script, string role)
    {
        var assembly = Assembly.GetExecutingAssembly();
        // worker.sql and operator.sql include their parts with a command of psql.
        var files = assembly.GetManifestResourceNames().Where(n => n.StartsWith($"roles/{script}_", StringComparison.Ordinal)).DefaultIfEmpty($"roles/{script}");
        var text = string.Join('\n',
            files.SelectMany(f => ReadLines(assembly.GetManifestResourceStream(f)!)).Where(l => !l.StartsWith('\\')));
        (string Name, string Value)[] variables =
            [("conflict", "conflict"), ("analytics", "analytics"), ("ledger", "cm_etl"), ("worker", role), ("operator", role), ("owner", role)];
        return variables.Aggregate(text, (sql, v) => sql
            .Replace($":\"{v.Name}\"", $"\"{v.Value}\"", StringComparison.Ordinal)
            .Replace($":'{v.Name}'", $"'{v.Value}'", StringComparison.Ordinal));
    }

    private static string[] ReadLines(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n');
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
