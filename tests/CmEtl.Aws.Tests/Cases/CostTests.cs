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

    /// <summary>10 chunks of 60 s, a tenth of them with two attempts: 11 times the time and calls, and one additional transition.</summary>
    [Fact]
    public void A_retry_costs_time_a_call_and_a_transition()
    {
        var (once, twice) = (new EtlCost().Inline(10, 60), new EtlCost { RetriesPerChunk = 0.1 }.Inline(10, 60));
        Assert.Equal((1200m, 1320m), (once.GigabyteSeconds, twice.GigabyteSeconds));
        Assert.Equal(1, twice.Transitions - once.Transitions);
    }

    [Fact]
    public void Logs_requests_and_network_are_in_the_total()
    {
        var cost = new EtlCost { LogKilobytesPerCall = 1024, NatGateways = 1, InterfaceEndpoints = 4 }.Distributed(1020, 1, 10);
        // 1,024 calls of a megabyte, 24 h of $0.045 and of four times $0.01, five writes and a read.
        Assert.Equal((0.5m, 24 * 0.085m, 0.0000254m), (cost.Logs, cost.Network, cost.S3));
        Assert.Equal(cost.Lambda + cost.StepFunctions + cost.Logs + cost.Network + cost.S3, cost.Total);
        Assert.Equal((0, 0, 0), (new EtlCost().Inline(1, 1).Logs, new EtlCost().Inline(1, 1).Network, new EtlCost().Inline(1, 1).S3));
    }

    [Fact]
    public void Prices_are_the_callers() => Assert.Equal(2, new EtlCost(new EtlPrices(1, 0, 0), 1024, stepSeconds: 1).Sequential(1).Total);
}
