using System.Globalization;
using CmEtl.Engine.Tests.Model;
using CsCheck;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>
/// Random data with extreme and unusable values. Compares every column of every row with the model, in every mode and both schema
/// generations. CMETL_WORLDS sets the number of data sets for each. A failure is reduced to the changes that cause it, and prints the seed.
/// </summary>
[Collection(AccountingTestGroup.Name)]
public sealed class RandomWorldTests(EngineServer server)
{
    private static readonly int Worlds = int.Parse(Environment.GetEnvironmentVariable("CMETL_WORLDS") ?? "2", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("TwoPhase", "A")]
    [InlineData("SinglePass", "A")]
    [InlineData("SkipUnchanged", "A")]
    [InlineData("Delta", "A")]
    [InlineData("TwoPhase", "B")]
    [InlineData("SkipUnchanged", "B")]
    [InlineData("Delta", "B")]
    public Task The_table_is_that_of_the_model(string mode, string generation) => WorldChange.Any.List[1, 12].SampleAsync(
        async changes =>
        {
            await using var database = await OpenAsync(generation, mode == "Delta");
            await database.ExecuteAsync(string.Join(";\n", changes));
            var expected = await ReferenceModel.ComputeAsync(database.Connection, await database.WindowAsync());
            var start = await database.NowAsync();

            // Such data need not be plausible.
            var status = await database.RunAsync(change: s => Settings(s, mode));
            Assert.True(status.State == RunState.Completed, status.Reason);

            var comparison = await TableComparer.CompareAsync(expected, database.Connection, start, keepsUnchanged: mode is "Delta" or "SkipUnchanged");
            Assert.True(comparison.Total == 0, comparison.ToString());
            Assert.Equal(Counts(expected.Counters, mode), Counts(
                new RunCounters(
                    status.RowsConfirmed + status.RowsUnconfirmed + status.RowsDeferred, status.RowsConfirmed, status.RowsUnconfirmed,
                    status.RowsDeferred,
                    status.RowsDoubtful, status.GpsRejects, status.UnusableValues, status.WidthCuts), mode));
        },
        iter: Worlds, threads: 1, print: changes => string.Join(";\n", changes));

    // A visit counts in every chunk that refers to it, except in a delta run that does not recompute it.
    private static RunCounters Counts(RunCounters counts, string mode) =>
        mode == "TwoPhase" ? counts : counts with { GpsRejects = 0, Unusable = 0, WidthCuts = 0 };

    private static EtlSettings Settings(EtlSettings settings, string mode) => mode switch
    {
        "TwoPhase" => settings with { TargetChunkSize = 100_000, MaxChunkSize = 100_000 },
        "SinglePass" => DeltaTests.Full(settings),
        "SkipUnchanged" => DeltaTests.Full(settings) with { SkipUnchanged = true },
        _ => DeltaTests.Delta(settings),
    };

    private Task<EngineDatabase> OpenAsync(string generation, bool afterDelta) => (generation, afterDelta) switch
    {
        ("A", false) => server.CopyAsync(),
        ("A", true) => server.CopyAfterAsync("after_delta", d => d.CompleteAsync(change: DeltaTests.Delta)),
        (_, false) => server.CopyAfterAsync("generation_b", ConvertAsync),
        _ => server.CopyAfterAsync("generation_b_after_delta", async d =>
        {
            await ConvertAsync(d);
            await d.CompleteAsync(change: DeltaTests.Delta);
        }),
    };

    private static Task ConvertAsync(EngineDatabase database) => database.ExecuteAsync($"SET TimeZone = 'UTC'; {GenerationBTests.Convert}");
}
