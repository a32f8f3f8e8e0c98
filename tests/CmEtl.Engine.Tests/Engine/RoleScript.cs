using Npgsql;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>One of the scripts in sql/roles, run as its owner would run it in psql.</summary>
internal static class RoleScript
{
    public const string Password = "only for tests";

    /// <param name="connection">The owner's.</param>
    /// <param name="script">worker, operator, owner or limits; also the script's variable for the role.</param>
    /// <param name="role">The role; made when it is not there.</param>
    public static async Task ApplyAsync(NpgsqlConnection connection, string script, string role)
    {
        await ExecuteAsync(connection, $"""
            DO $$ BEGIN
              IF to_regrole('{role}') IS NULL THEN CREATE ROLE {role} LOGIN PASSWORD '{Password}'; END IF;
            END $$
            """);
        var variables = new Dictionary<string, string>
        {
            ["conflict"] = "conflict", ["analytics"] = "analytics", ["ledger"] = "cm_etl", ["worker"] = role, ["operator"] = role,
        };
        await ExecuteAsync(connection, new SqlLibrary(variables)[$"roles/{script}"], (script, role), ("conflict", "conflict"));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, params (string Name, string Value)[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var (name, value) in parameters.Where(p => sql.Contains($"@{p.Name}", StringComparison.Ordinal)))
        {
            command.Parameters.AddWithValue(name, value);
        }

        await command.ExecuteNonQueryAsync();
    }
}
