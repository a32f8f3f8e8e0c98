using CmEtl.Aws.Cost;

namespace CmEtl.Aws.Tests;

public sealed class CostTests
{
    [Fact]
    public void Thirty_chunks_of_six_minutes_at_two_gigabytes_cost_36_cents()
    {
        var estimate = new EtlCost(memoryMegabytes: 2048).Inline(30, 360);
        Assert.Equal(21600, estimate.GigabyteSeconds);
        Assert.Equal(0.36m, Math.Round(estimate.Total, 2));
        Assert.Equal(68, estimate.Transitions);
        Assert.Equal(0.0017m, estimate.StepFunctions);
    }

    [Fact]
    public void Fifteen_minutes_in_one_call_cost_3_cents() => Assert.Equal(0.03m, Math.Round(new EtlCost().Sequential(900).Total, 2));

    [Fact]
    public void Batches_cost_transitions_but_no_more_function()
    {
        var (inline, distributed) = (new EtlCost().Inline(1000, 60), new EtlCost().Distributed(1000, 60, 10));
        Assert.Equal(inline.Lambda, distributed.Lambda);
        Assert.Equal(200, distributed.Transitions - inline.Transitions);
    }

    [Fact]
    public void Prices_are_the_callers() => Assert.Equal(2, new EtlCost(new EtlPrices(1, 0, 0), 1024, stepSeconds: 1).Sequential(1).Total);
}
