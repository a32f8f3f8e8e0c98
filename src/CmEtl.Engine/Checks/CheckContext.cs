using Npgsql;

namespace CmEtl.Engine;

/// <summary>The input of every check of the preflight: settings, statements, one connection, and the findings so far.</summary>
internal sealed record CheckContext(EtlSettings Settings, SqlLibrary Sql, NpgsqlConnection Connection, List<Finding> Findings)
{
    /// <summary>The schemas, with the parameter names of the statements in <c>sql/checks</c>.</summary>
    public (string, object?)[] Schemas =>
    [
        ("conflict_schema", Settings.ConflictSchema), ("analytics_schema", Settings.AnalyticsSchema), ("ledger_schema", Settings.LedgerSchema),
    ];

    /// <summary>Runs a statement with the schemas as parameters.</summary>
    public Task<List<T>> ReadAsync<T>(string statement, Func<NpgsqlDataReader, T> read, CancellationToken cancel) =>
        Connection.QueryAsync(Sql[statement], read, cancel, Schemas);

    public void Error(string check, string message, string remedy) => Findings.Add(new(FindingSeverity.Error, check, message, remedy));

    public void Warn(string check, string message, string remedy) => Findings.Add(new(FindingSeverity.Warning, check, message, remedy));

    public void Info(string check, string message) => Findings.Add(new(FindingSeverity.Information, check, message, ""));
}
