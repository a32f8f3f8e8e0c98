namespace CmEtl.Engine.Tests.Model;

public sealed record SchemaNames(string Conflict = "conflict", string Analytics = "analytics")
{
    public static SchemaNames Default { get; } = new();
}
