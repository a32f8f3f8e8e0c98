using Npgsql;

namespace CmEtl.Engine.Tests.Model;

/// <summary>
/// Task 02 in memory, row by row, as the specification describes it. Deliberately slow and simple, as an independent second implementation.
/// </summary>
public static class ReferenceModel
{
    /// <summary>Computes the state after a complete new run on the current tables.</summary>
    public static async Task<ExpectedTable> ComputeAsync(NpgsqlConnection connection, Window window, SchemaNames? schemas = null)
    {
        schemas ??= SchemaNames.Default;
        var stored = await TableReader.ReadAllAsync(connection, schemas.Conflict, "conflictvisitmaps");
        var shape = await TableShape.ReadAsync(connection, schemas.Conflict, "conflictvisitmaps");
        var inputs = await ReferenceInputs.LoadAsync(connection, window, schemas);
        var rows = stored.Select(inputs.Judge).ToDictionary(row => row.Id, StringComparer.Ordinal);

        long Count(Outcome outcome) => rows.Values.LongCount(row => row.Outcome == outcome);
        var counters = new RunCounters(
            rows.Count - Count(Outcome.Untouched), Count(Outcome.Confirmed), Count(Outcome.Unconfirmed), Count(Outcome.Deferred),
            rows.Values.LongCount(row => row.IsDoubtful), inputs.Sum(rows.Values, visit => visit.GpsRejects),
            inputs.Sum(rows.Values, visit => visit.UnusableValues(shape)), rows.Values.Sum(row => (long)row.WidthCuts));
        return new ExpectedTable(shape, rows, counters);
    }
}
