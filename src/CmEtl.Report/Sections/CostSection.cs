using CmEtl.Aws.Cost;
using CmEtl.Engine;

namespace CmEtl.Report;

/// <summary>Estimates what the run would cost on AWS, from the measured time of its chunks.</summary>
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
            <p class="note">What this run would cost on Step Functions and Lambda if it took the same time there: {Figures.Count(chunks, "chunk")} of
            {Figures.Duration(TimeSpan.FromSeconds(seconds))} on average, and {Figures.Duration(TimeSpan.FromSeconds(steps))} for Task 01 and the plan.
            A function of {Figures.Count(EtlCost.DefaultMemory)} MiB, list prices of us-east-1 without free tier, no retries. Database, logs and network are not included.{Function(model)}</p>
            {Table.Of("Estimated cost on AWS", ["State machine", "Definition", "#Lambda", "#Step Functions", "#Transitions", "#Total"], rows)}
            <p class="note">Other prices and sizes: <code>Get-CmChunkPlan -RunId {model.Status.RunId} -Summary | Get-CmEtlCost</code></p></section>

            """);
    }

    private static Html Row(string name, bool impossible, EtlCostEstimate cost) => Table.Row(
        Html.Of($"{name}"), Table.Prose(cost.DefinitionFile), Table.Number(impossible ? "–" : Figures.Dollars(cost.Lambda)),
        Table.Number(impossible ? "–" : Figures.Dollars(cost.StepFunctions)), Table.Number(Figures.Count(cost.Transitions)),
        Table.Number(impossible ? "longer than 900 s" : Figures.Dollars(cost.Total)));

    // The ledger does not record who assigned the chunks. Workers that claim chunks have a number, and workers of a state machine do not.
    private static string Function(ReportModel model) =>
        model.Report.Chunks.All(c => c is { State: not ChunkState.Done } || c.Worker.EndsWith("-single", StringComparison.Ordinal))
            ? " Its chunks were assigned one by one, as a state machine does. If the run was an execution, this estimates its actual cost." : "";
}
