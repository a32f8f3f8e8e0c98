namespace CmEtl.Engine.Tests.Model;

/// <summary>A range of calendar days, both inclusive.</summary>
public sealed record Window(DateOnly From, DateOnly To)
{
    public bool Contains(DateOnly? day) => day >= From && day <= To;
}
