namespace CmEtl.Aws.Tests;

/// <summary>An error of the stub: with status 200 of the function, otherwise of the service.</summary>
internal sealed class StubError(string name, string message, int status = 200) : Exception(message)
{
    public string Name { get; } = name;

    public int Status { get; } = status;
}
