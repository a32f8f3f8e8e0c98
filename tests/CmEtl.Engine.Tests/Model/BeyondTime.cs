namespace CmEtl.Engine.Tests.Model;

/// <summary>A time or day outside the years 1 to 9999, including infinity. No rule can use it.</summary>
public sealed record BeyondTime(string Text)
{
    public override string ToString() => Text;
}
