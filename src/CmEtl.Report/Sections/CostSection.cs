using CmEtl.Aws.Cost;
using CmEtl.Engine;

namespace CmEtl.Report;

/// <summary>What the same work costs on AWS, from the time its chunks took here.</summary>
internal static class CostSection
{
    public static Html Render(ReportModel model)
    {
        var chunks = model.Report.Chunks.Count;
        if (model.Durations.Count == 0)
        {
            return Html.Empty;
        }

        var seconds = model.Durations.Average(d => d.TotalSeconds);
        var steps = model.Steps.Sum(s => s.Duration.TotalSeconds);
        var cost = new EtlCost(stepSeconds: steps);
        var all = seconds * chunks;
        var tooLong = model.Durations[^1].TotalSeconds > EtlCost.MostSeconds;
        Html[] rows =
        [
            Row("One function call", all > EtlCost.MostSeconds, cost.Sequential(all)), Row("Map, one call per chunk", tooLong, cost.Inline(chunks, seconds)),
            Row($"Distributed Map, batches of {EtlCost.DefaultChunksPerBatch}", tooLong, cost.Distributed(chunks, seconds, EtlCost.DefaultChunksPerBatch)),
        ];
        return Html.Of($"""
            <section aria-labelledby="cost"><h2 id="cost">On AWS <span class="tag">estimate</span></h2>
            <p class="note">What this run costs on Step Functions and Lambda, were it to take there as long as it took here: {Figures.Count(chunks, "chunk")} of
            {Figures.Duration(TimeSpan.FromSeconds(seconds))} on average, and {Figures.Duration(TimeSpan.FromSeconds(steps))} for Task 01 and the plan.
            A function of {Figures.Count(EtlCost.DefaultMemory)} MiB, list prices of us-east-1 without free tier, no retries; database, logs and network are not in it.{Function(model)}</p>
            {Table.Of("Estimated cost on AWS", ["State machine", "Definition", "#Lambda", "#Step Functions", "#Transitions", "#Together"], rows)}
            <p class="note">Other prices and sizes: <code>Get-CmChunkPlan -RunId {model.Status.RunId} -Summary | Get-CmEtlCost</code></p></section>

            """);
    }

    private static Html Row(string name, bool impossible, EtlCostEstimate cost) => Table.Row(
        Html.Of($"{name}"), Table.Prose(cost.DefinitionFile), Table.Number(impossible ? "–" : Figures.Dollars(cost.Lambda)),
        Table.Number(impossible ? "–" : Figures.Dollars(cost.StepFunctions)), Table.Number(Figures.Count(cost.Transitions)),
        Table.Number(impossible ? "longer than 900 s" : Figures.Dollars(cost.Total)));

    // The ledger does not say who hands out chunks; workers that take whatever is next have a number, those that are told have none.
    private static string Function(ReportModel model) =>
        model.Report.Chunks.All(c => c is { State: not ChunkState.Done } || c.Worker.EndsWith("-single", StringComparison.Ordinal))
            ? " Its chunks were handed out one by one, as a state machine does: if it was one, this is an estimate of what it did cost." : "";
}
