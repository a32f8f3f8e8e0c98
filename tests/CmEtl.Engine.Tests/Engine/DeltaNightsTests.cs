using System.Globalization;
using Xunit.Abstractions;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>
/// A sequence of delta runs with random changes before each. After every run the table must equal that of a full run on a copy.
/// CMETL_DELTA_NIGHTS sets the number of runs, CMETL_SEED the seed.
/// </summary>
[Collection(EngineTestGroup.Name)]
public sealed class DeltaNightsTests(EngineServer server, ITestOutputHelper output)
{
    // A change of a table's definition can be made only once.
    private static readonly string[] Repeatable =
    [
        .. DeltaChange.All.Where(c => c.Value.Before is null && !c.Value.Change.Contains("ALTER TABLE", StringComparison.Ordinal))
            .Select(c => c.Key).Order(),
        "visits swapped for the same", "visits swapped for others", "caregivers swapped for the same",
    ];

    [Fact]
    public async Task The_table_is_that_of_a_full_run_night_after_night()
    {
        var nights = int.Parse(Environment.GetEnvironmentVariable("CMETL_DELTA_NIGHTS") ?? "3", CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("CMETL_SEED") ?? Random.Shared.Next().ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        output.WriteLine($"CMETL_SEED={seed} CMETL_DELTA_NIGHTS={nights}");
        var random = new Random(seed);
        await using var database = await server.CopyAfterAsync("after_delta", d => d.CompleteAsync(change: DeltaTests.Delta));
        for (var night = 1; night <= nights; night++)
        {
            var changes = Enumerable.Range(0, random.Next(0, 4)).Select(_ => Repeatable[random.Next(Repeatable.Length)]).ToList();
            output.WriteLine($"night {night}: {string.Join(", ", changes)}");
            foreach (var change in changes)
            {
                await DeltaTests.ExecuteAsync(database, DeltaChange.All[change].Change);
            }

            await using var copy = await server.CopyOfAsync(database);
            await copy.CompleteAsync(new StartRequest { New = true }, DeltaTests.Full);
            var delta = await database.CompleteAsync(change: DeltaTests.Delta);
            Assert.True(await TableHash.OfPairsAsync(copy) == await TableHash.OfPairsAsync(database),
                $"Night {night} of seed {seed} differs ({delta.RunId}).");
        }
    }
}
