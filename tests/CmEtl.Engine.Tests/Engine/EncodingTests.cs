using CmEtl.Engine.Tests.Cases;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>A database whose encoding is SQL_ASCII stores any bytes.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class EncodingTests(EngineServer server)
{
    [Fact]
    public async Task Unvalidated_text_is_a_warning_and_in_a_key_an_error()
    {
        await using var database = await server.CreateAsciiAsync();
        var world = await ScenarioBuilder.CreateAsync(database.Connection);
        await world.PairAsync();
        Assert.Equal(FindingSeverity.Warning, await EncodingAsync());
        Assert.True((await database.RunAsync()).State == RunState.Completed);

        // Other columns may contain any bytes.
        await database.ExecuteAsync("UPDATE analytics.dimcaregiver SET \"Caregiver Lastname\" = convert_from('\\xe9'::bytea, 'SQL_ASCII')");
        var status = await database.RunAsync(new StartRequest { New = true });
        Assert.True(status.State == RunState.Completed, status.Reason);

        await database.ExecuteAsync("UPDATE conflict.conflictvisitmaps SET \"SSN\" = convert_from('\\xe9'::bytea, 'SQL_ASCII')");
        Assert.Equal(FindingSeverity.Error, await EncodingAsync());
        var error = await Assert.ThrowsAsync<CmEtlException>(() => database.RunAsync(new StartRequest { New = true }));
        Assert.Contains("SQL_ASCII", error.Message, StringComparison.Ordinal);

        async Task<FindingSeverity> EncodingAsync() =>
            Assert.Single(await database.Engine().CheckAsync(CancellationToken.None), f => f.Check == "Encoding").Severity;
    }
}
