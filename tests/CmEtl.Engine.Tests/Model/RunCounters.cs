namespace CmEtl.Engine.Tests.Model;

/// <summary>The counts of a complete run.</summary>
public sealed record RunCounters(long Claimed, long Confirmed, long Unconfirmed, long Deferred, long Doubtful, long GpsRejects,
    long Unusable, long WidthCuts);
