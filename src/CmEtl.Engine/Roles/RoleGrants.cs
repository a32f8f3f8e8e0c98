using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// Grants the rights of <c>sql/roles</c> part by part, because tables and ledger may have different owners, and each owner grants rights on
/// its own objects. The script that is shown is the script that is run.
/// </summary>
internal sealed partial class RoleGrants(EtlSettings settings, Database database, SqlLibrary sql)
{
    private const string NoReplicas = "Without these rights, runs do not back off for replicas that lag behind, and the limits of sql/roles/limits.sql are not set.";
    private const string NoSignals = "Without these rights, an operator cannot end the sessions of workers, and the limits of sql/roles/limits.sql are not set.";

    /// <summary>Grants the parts that the connected role can grant, in one transaction.</summary>
    public async Task<IReadOnlyList<RoleGrant>> ApplyAsync(EtlRole role, string to, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var parts = await PartsAsync(connection, role, to, cancel);
        if (!parts.Exists(p => p.May))
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.NotTheOwner, $"Role {settings.User} cannot grant the rights of the {role} role because it owns none of the objects concerned. Nothing was granted.",
                string.Join(" ", parts.Where(p => p.Optional is null).Select(p => $"Rights on {p.On}: {p.Remedy(role, to)}.")))
            {
                Subject = settings.User,
            };
        }

        await using (var transaction = await connection.BeginTransactionAsync(cancel))
        {
            foreach (var part in parts.Where(p => p.May))
            {
                await connection.ExecuteAsync(part.Sql, cancel);
            }

            await transaction.CommitAsync(cancel);
        }

        return [.. parts.Select(p => new RoleGrant(role, to, p.On, p.May, p.Owner, p.Remedy(role, to)))];
    }

    /// <summary>All parts as one script, each with the role that can run it.</summary>
    public async Task<string> ScriptAsync(EtlRole role, string to, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var script = new StringBuilder();
        foreach (var part in await PartsAsync(connection, role, to, cancel))
        {
            script.Append(string.Create(null, $"-- As {(part.Owner.Length > 0 ? part.Owner : "its owner")}, on {part.On}:\n"));
            script.Append(part.Sql.Trim()).Append("\n\n");
        }

        return script.ToString();
    }

    private async Task<List<RolePart>> PartsAsync(NpgsqlConnection connection, EtlRole role, string to, CancellationToken cancel)
    {
        if (!(await connection.QueryAsync(sql["checks/role_exists"], r => r.GetBoolean(0), cancel, ("role", to))).Single())
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.RoleNotFound, $"The role {PlainText.Printable(to)} does not exist on this server. Nothing was granted.",
                "Create it with CREATE ROLE name LOGIN; and give it a password or another authentication method in pg_hba.conf. Then grant again.") { Subject = to };
        }

        var grantors = (await connection.QueryAsync(
            sql["checks/grantors"], r => (Name: r.Get<string>("name"), Owners: r.Get<string>("owners"), May: r.Get<bool>("may")), cancel,
            ("conflict_schema", settings.ConflictSchema), ("analytics_schema", settings.AnalyticsSchema), ("ledger_schema", settings.LedgerSchema)))
            .ToDictionary(g => g.Name);
        var word = role.ToString().ToLowerInvariant();
        RolePart Part(string name, string on, string? optional, params string[] files)
        {
            var (_, owners, may) = grantors.GetValueOrDefault(name);
            return new(name, on, string.Join('\n', files.Select(f => Render(f, word, to))), owners ?? "", may, optional);
        }

        return role == EtlRole.Owner
            ? [Part("database", $"database {settings.Database}", null, "owner")]
            :
            [
                Part("conflict", $"schema {settings.ConflictSchema}", null, $"{word}_conflict"),
                Part("analytics", $"schema {settings.AnalyticsSchema}", null, $"{word}_analytics"),
                Part("ledger", $"schema {settings.LedgerSchema}", null, $"{word}_ledger"),
                Part("server", "the server", role == EtlRole.Worker ? NoReplicas : NoSignals, $"{word}_server", "limits"),
            ];
    }

    /// <summary>
    /// A script as psql would send it: without meta-commands, and with literals for values, because GRANT takes no parameters.
    /// </summary>
    private string Render(string file, string word, string to)
    {
        var text = PsqlCommand().Replace(SqlLibrary.File($"roles/{file}"), "");
        return sql.With([new(word, to), .. word == "worker" ? [] : new KeyValuePair<string, string>[] { new("worker", to) }])
            .Fill(Value().Replace(text, match => Literal(match.Groups[1].Value switch
            {
                "conflict" => settings.ConflictSchema,
                "ledger" => settings.LedgerSchema,
                _ => to,
            })));
    }

    private static string Literal(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^\\.*\n", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex PsqlCommand();

    [GeneratedRegex(":'([a-z]+)'", RegexOptions.CultureInvariant)]
    private static partial Regex Value();
}
