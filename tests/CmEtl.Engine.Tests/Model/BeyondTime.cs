namespace CmEtl.Engine.Tests.Model;

/// <summary>A time or day outside the years 1 to 9999, infinity included: no calendar has it, so no rule can use it.</summary>
public sealed record BeyondTime(string Text)
{
    public override string ToString() => Text;
}
