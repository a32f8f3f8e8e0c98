namespace CmEtl.Engine.Tests.Engine;

/// <summary>An operator may approve a completed run that was judged implausible, and no other run.</summary>
[Collection(DeltaTestGroup.Name)]
public sealed class ApprovalTests(EngineServer server)
{
    private const string Reason = "the agency has left, its conflicts are over";

    [Fact]
    public async Task An_operator_approves_and_is_recorded()
    {
        await using var database = await server.CopyAsync();
        var doubted = await DoubtedAsync(database);

        var approved = await AsOperator(database).ApproveAsync(null, Reason, CancellationToken.None);

        Assert.Equal((doubted.RunId, RunState.Completed, true), (approved.RunId, approved.State, approved.SweepSafe));
        Assert.Equal((EngineServer.Operator, Reason), (approved.ApprovedBy, approved.ApprovedReason));
        Assert.Equal($"approved by {EngineServer.Operator}: {Reason}", approved.Reason);
        Assert.Equal(doubted.Implausible, approved.Implausible);
        Assert.NotNull(approved.ApprovedAt);
        Assert.Null(RunEnd.ProblemOf(approved));
        Assert.Equal($"(\"{EngineServer.Operator}\",\"{Reason}\")".Replace($"\"{EngineServer.Operator}\"", EngineServer.Operator, StringComparison.Ordinal),
            await database.TextAsync("SELECT actor, reason FROM cm_etl.event WHERE kind = 'run approved'"));
    }

    [Fact]
    public async Task The_next_run_is_compared_with_an_approved_run()
    {
        await using var database = await server.CopyAfterRunAsync();
        await DoubtedAsync(database);
        await database.Engine().ApproveAsync(null, Reason, CancellationToken.None);

        var next = await database.RunAsync(change: s => s with { MaxUnconfirmedGrowth = 0.1, MaxUnconfirmedPercent = 100 });
        Assert.Contains("the median of the last 2 runs", next.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twice_is_refused()
    {
        await using var database = await server.CopyAsync();
        await DoubtedAsync(database);
        await database.Engine().ApproveAsync(null, Reason, CancellationToken.None);

        await RefusedAsync(database, null, "is already sweep-safe");
    }

    [Fact]
    public async Task A_run_that_needs_no_approval_is_refused()
    {
        await using var database = await server.CopyAfterRunAsync();

        await RefusedAsync(database, null, "is already sweep-safe");
    }

    [Fact]
    public async Task A_run_that_is_not_completed_is_refused()
    {
        await using var database = await server.CopyAsync();
        await BadRow.PlantAsync(database, "true");
        await database.RunAsync();
        await RefusedAsync(database, null, "is failed, not completed");
        await database.Engine().StopAsync(null, true, false, "", CancellationToken.None);
        await RefusedAsync(database, null, "is abandoned");
    }

    [Fact]
    public async Task An_old_run_is_refused()
    {
        await using var database = await server.CopyAsync();
        await DoubtedAsync(database);
        await database.ExecuteAsync("UPDATE cm_etl.run SET finished_at = finished_at - interval '13 hours', sweep_safe_until = sweep_safe_until - interval '13 hours'");

        await RefusedAsync(database, null, "is too old");
    }

    [Fact]
    public async Task A_run_that_a_newer_one_has_taken_the_place_of_is_refused()
    {
        await using var database = await server.CopyAsync();
        var old = await DoubtedAsync(database);
        await database.RunAsync();

        await RefusedAsync(database, old.RunId, "another run was started after it");
        Assert.True((await database.Engine().ApproveAsync(null, Reason, CancellationToken.None)).SweepSafe);
        await RefusedAsync(database, old.RunId, "another run was started after it");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("two\nlines")]
    public async Task An_approval_requires_a_reason(string reason)
    {
        await using var database = await server.CopyAsync();
        await DoubtedAsync(database);

        var error = await Assert.ThrowsAsync<CmEtlException>(() => database.Engine().ApproveAsync(null, reason, CancellationToken.None));

        Assert.Equal(ErrorIds.InvalidReason, error.ErrorId);
        Assert.False((await database.Engine().GetStatusAsync(null, CancellationToken.None)).SweepSafe);
    }

    [Fact]
    public async Task A_run_that_does_not_exist_is_refused()
    {
        await using var database = await server.CopyAfterRunAsync();

        var error = await Assert.ThrowsAsync<CmEtlException>(() => database.Engine().ApproveAsync("other", Reason, CancellationToken.None));

        Assert.Equal(ErrorIds.RunNotFound, error.ErrorId);
    }

    private static EtlEngine AsOperator(EngineDatabase database) => database.Engine(s => s with { User = EngineServer.Operator });

    private static async Task<EtlStatus> DoubtedAsync(EngineDatabase database)
    {
        await database.ExecuteAsync("DELETE FROM analytics.dimcaregiver WHERE hashtext(\"Caregiver Id\") % 2 = 0");
        var status = await database.RunAsync();
        Assert.Equal((RunState.Completed, false), (status.State, status.SweepSafe));
        return status;
    }

    private static async Task RefusedAsync(EngineDatabase database, string? runId, string why)
    {
        var error = await Assert.ThrowsAsync<CmEtlException>(() => AsOperator(database)
            .ApproveAsync(runId, Reason, CancellationToken.None));
        Assert.Equal(ErrorIds.RunNotApprovable, error.ErrorId);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }
}
